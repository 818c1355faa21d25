#include <abax/account/bill_cost.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/pattern/pattern.hpp>
#include <abax/plan/contraction.hpp>

#include "../ops/support.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <random>
#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

using sets = std::vector<std::vector<std::size_t>>;
using path = std::vector<std::pair<std::size_t, std::size_t>>;

// Multiplications of contracting in this order.
double price_of_path(
    sets current, const std::vector<std::size_t>& output, const extents& e, const path& order
) {
    double total = 0;
    for (const auto& [first, second] : order) {
        std::vector<std::size_t> both = current[first];
        for (const std::size_t i : current[second])
            if (std::find(both.begin(), both.end(), i) == both.end())
                both.push_back(i);
        double volume = 1;
        for (const std::size_t i : both)
            volume *= static_cast<double>(e[i]);
        total += volume;
        current.erase(current.begin() + static_cast<std::ptrdiff_t>(std::max(first, second)));
        current.erase(current.begin() + static_cast<std::ptrdiff_t>(std::min(first, second)));
        std::vector<std::size_t> kept;
        for (const std::size_t i : both) {
            bool needed = std::find(output.begin(), output.end(), i) != output.end();
            for (const auto& other : current)
                needed = needed || std::find(other.begin(), other.end(), i) != other.end();
            if (needed)
                kept.push_back(i);
        }
        current.push_back(kept);
    }
    return total;
}

// The least over all orders, tried one by one.
double least_price(std::size_t operands, const std::function<double(const path&)>& price) {
    double best = std::numeric_limits<double>::infinity();
    path order;
    const std::function<void(std::size_t)> search = [&](std::size_t left) {
        if (left < 2) {
            best = std::min(best, price(order));
            return;
        }
        for (std::size_t i = 0; i < left; ++i)
            for (std::size_t k = i + 1; k < left; ++k) {
                order.emplace_back(i, k);
                search(left - 1);
                order.pop_back();
            }
    };
    search(operands);
    return best;
}

}  // namespace

TEST_CASE("contraction_path: up to five operands no order is cheaper, by trying all") {
    std::mt19937 random(31);
    for (int round = 0; round < 120; ++round) {
        const std::size_t operands = 2 + random() % 4;
        const std::size_t indices = 2 + random() % 5;
        extents e;
        for (std::size_t i = 0; i < indices; ++i)
            e.push_back(1 + static_cast<std::int64_t>(random() % 20));
        sets all(operands);
        std::vector<std::size_t> output;
        for (std::size_t i = 0; i < indices; ++i) {
            for (auto& set : all)
                if (random() % 2 == 0)
                    set.push_back(i);
            if (random() % 3 == 0)
                output.push_back(i);
        }
        CAPTURE(round);
        const path order = contraction_path(all, output, e);
        REQUIRE(order.size() == operands - 1);
        const double least =
            least_price(operands, [&](const path& p) { return price_of_path(all, output, e, p); });
        REQUIRE(price_of_path(all, output, e, order) == least);
    }
}

TEST_CASE("contraction_path: beyond eight operands it is greedy, and complete") {
    sets chain;
    extents e = {10};
    for (std::size_t i = 0; i < 12; ++i) {
        chain.push_back({i, i + 1});
        e.push_back(i % 2 == 0 ? 2 : 10);
    }

    const path order = contraction_path(chain, {0, 12}, e);

    REQUIRE(order.size() == 11);
    std::size_t left = 12;
    for (const auto& [first, second] : order) {
        CHECK(first < second);
        CHECK(second < left);
        --left;
    }
}

TEST_CASE("einsum of nine operands, planned greedily, has the value of a chain of products") {
    std::mt19937 random(32);
    std::vector<any_tensor> x;
    for (int i = 0; i < 9; ++i)
        x.push_back(small_numbers<double>(shape::of({3, 3}), random).any());

    const tensor<double> y(einsum("a b, b c, c d, d e, e f, f g, g h, h i, i j -> a j", x));

    std::vector<double> row(9, 0);
    for (int i = 0; i < 3; ++i)
        row[static_cast<std::size_t>(i * 4)] = 1;
    for (const any_tensor& m : x) {
        std::vector<double> next(9, 0);
        for_each_position({3, 3, 3}, [&](const extents& at) {
            next[static_cast<std::size_t>(at[0] * 3 + at[2])] +=
                row[static_cast<std::size_t>(at[0] * 3 + at[1])]
                * element_at<double>(m, {at[1], at[2]});
        });
        row = next;
    }
    CHECK(y.to_vector() == row);
}

TEST_CASE("an einsum plan names its steps: views, products, reductions and conversions") {
    const auto kinds = [](const std::string& text,
                          const std::vector<extents>& shapes,
                          dtype type = dtype::float32) {
        std::vector<layout> layouts;
        for (const extents& e : shapes)
            layouts.push_back(layout::row_major(shape::of(e)));
        std::string all;
        for (const step& s : plan_einsum(parse(text, verb::einsum), layouts, type).steps)
            all += std::string(to_string(s.kind)) + ' ';
        return all;
    };

    CHECK(kinds("a b -> b a", {{2, 3}}) == "view ");
    CHECK(kinds("a a -> a", {{3, 3}}) == "view ");
    CHECK(kinds("a b -> a", {{2, 3}}) == "reduce ");
    CHECK(kinds("a b -> a", {{2, 3}}, dtype::int32) == "reduce convert ");
    CHECK(kinds("a b, b c -> a c", {{2, 3}, {3, 4}}) == "contract ");
    CHECK(kinds("a, b -> a b", {{2}, {3}}) == "multiply ");
    CHECK(kinds("a b, c -> a", {{2, 3}, {4}}) == "reduce reduce multiply ");
    CHECK(kinds("a b, b c, c d -> a d", {{2, 3}, {3, 4}, {4, 5}}) == "contract contract ");
    CHECK(kinds("a b c -> c (a b)", {{2, 3, 5}}) == "view ");
    CHECK(kinds("a b c -> (c a) b", {{2, 3, 5}}) == "copy ");
}

TEST_CASE("explain: shows the path, what each step reads, and its bytes and FLOPs") {
    const std::vector<layout> operands = {
        layout::row_major(axes("a b", {2, 30})),
        layout::row_major(axes("b c", {30, 4})),
        layout::row_major(axes("c d", {4, 5}))};

    const std::string text =
        explain(plan_einsum(parse("a b, b c, c d -> a d", verb::einsum), operands, dtype::float32));

    CAPTURE(text);
    CHECK(text.find("einsum  a b, b c, c d -> a d") == 0);
    CHECK(text.find("operand 2  b=30 c=4  float32") != std::string::npos);
    CHECK(text.find("step 1: contract of operand 1 and operand 2") != std::string::npos);
    CHECK(text.find("(reads 720 bytes, writes 32 bytes, 480 FLOPs)") != std::string::npos);
    CHECK(text.find("step 2: contract of") != std::string::npos);
    CHECK(text.find("operand 3") < text.rfind("step 2"));
    CHECK(text.find("result a=2 d=5  float32") != std::string::npos);
    CHECK(text.find("(reads 112 bytes, writes 40 bytes, 80 FLOPs)") != std::string::npos);
}

TEST_CASE("explain: tells a view from a copy, and integers from floats") {
    const layout x = layout::row_major(axes("b h s d", {2, 3, 4, 5}));
    const auto explained = [&](const std::string& pattern, dtype type) {
        return explain(plan_einsum(parse(pattern, verb::einsum), {&x, 1}, type));
    };

    CHECK(
        explained("b h s d -> b s h d", dtype::float32).find("(shares the buffer: 0 bytes)")
        != std::string::npos
    );
    CHECK(
        explained("b h s d -> b s (h d)", dtype::float32)
            .find("(reads 480 bytes, writes 480 bytes, 0 FLOPs)")
        != std::string::npos
    );
    CHECK(
        explained("b h s d -> b h s", dtype::int64).find("integer operations") != std::string::npos
    );
}

TEST_CASE("dot: what a plan costs is what its run puts on the bill") {
    const auto q = counted<float>(axes("b h s d", {2, 3, 4, 5}), lie::permuted);
    const auto k = counted<float>(axes("b h s' d", {2, 3, 7, 5}), lie::sliced);
    const plan p = plan_dot(q.where(), k.where(), dtype::float32, "d");

    const ledger bill = bill_of([&] { (void)dot(q, k, "d"); });

    CHECK(price_of(p) == bill.cost().total());
    CHECK(price_of(p).flops_mm.str() == "2*b*d*h*s*s'");
    CHECK_FALSE(p.is_view());
}

TEST_CASE("einsum: what a plan costs is what its run puts on the bill, step by step") {
    const auto x = named_tensor("a b", {2, 30});
    const auto y = named_tensor("b c", {30, 4});
    const auto z = named_tensor("c d e", {4, 5, 6});
    const std::vector<any_tensor> operands = {x.any(), y.any(), z.any()};
    const std::vector<layout> layouts = {x.where(), y.where(), z.where()};
    const plan p =
        plan_einsum(parse("a b, b c, c d e -> a d", verb::einsum), layouts, dtype::float32);

    const ledger bill = bill_of([&] { (void)einsum("a b, b c, c d e -> a d", operands); });

    REQUIRE(bill.size() == p.steps.size() + 1);
    CHECK(bill.at(0).what->price == price_of(p));
    for (std::size_t i = 0; i < p.steps.size(); ++i)
        CHECK(bill.at(i + 1).what->price == price_of(p, i));
}
