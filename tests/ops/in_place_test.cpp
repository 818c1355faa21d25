#include <abax/account/bill_cost.hpp>
#include <abax/ops/assign.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/in_place.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/select.hpp>

#include "support.hpp"

using namespace abax;
using namespace abax::testing;

namespace {

/// A tensor of its own memory that nobody shares, in whatever order it lies.
tensor<float> owned(const shape& axes, lie how) {
    return counted<float>(axes, how);
}

const void* memory_of(const any_tensor& x) {
    return x.storage().data();
}

}  // namespace

TEST_CASE("in place: gives what the operator gives, however the operands lie") {
    for (const lie x_lies : all_lies)
        for (const lie y_lies : all_lies) {
            CAPTURE(x_lies);
            CAPTURE(y_lies);
            const auto y = counted<float>(axes("c a", {5, 2}), y_lies);
            const auto before = owned(axes("a b c", {2, 3, 5}), x_lies);
            auto sum = owned(axes("a b c", {2, 3, 5}), x_lies);
            auto difference = copy(before);
            auto product = copy(before);
            auto quotient = copy(before);
            const void* const memory = memory_of(sum);

            sum += y;
            difference -= y;
            product *= y;
            quotient /= y;

            CHECK(sum.to_vector() == (before + y).to_vector());
            CHECK(difference.to_vector() == (before - y).to_vector());
            CHECK(product.to_vector() == (before * y).to_vector());
            CHECK(quotient.to_vector() == (before / y).to_vector());
            CHECK(sum.shape().str() == "a=2 b=3 c=5");
            CHECK(memory_of(sum) == memory);
        }
}

TEST_CASE_TEMPLATE(
    "in place: numbers take the tensor's element type", T, float, double, std::int32_t, std::int64_t
) {
    auto x = from<T>({2, 4, 7});

    x += 1;
    x *= 2;
    x -= 4;
    x /= 2;

    CHECK(x.to_vector() == std::vector<T>{1, 3, 6});
    CHECK(
        category_of([&] { x += 1e300; }) == (std::same_as<T, double> ? "nothing" : "dtype_mismatch")
    );
}

TEST_CASE("in place: any_tensor, unnamed tensors, rank 0 and no elements") {
    any_tensor x = from({{1, 2}, {3, 4}});
    x += from({{10, 20}, {30, 40}}).any();
    x *= 2;
    CHECK(tensor<std::int32_t>(x).to_vector() == std::vector<std::int32_t>{22, 44, 66, 88});

    auto scalar_like = full<float>(shape{}, 3);
    scalar_like += full<float>(shape{}, 4);
    CHECK(scalar_like.item() == 7);
    auto named_one = from<float>({1, 2}, "a");
    named_one += scalar_like;
    CHECK(named_one.to_vector() == std::vector<float>{8, 9});
    auto empty = zeros<float>("a b", {0, 3});
    empty += 1;
    empty += zeros<float>("b", {3});
    CHECK(empty.volume() == 0);
}

TEST_CASE("in place: returns the tensor, so that it can go on") {
    auto x = from<float>({1, 2});

    ((x += 1) *= 2) -= x;

    CHECK(x.to_vector() == std::vector<float>{0, 0});
}

TEST_CASE("in place: who shares the buffer does not see the write") {
    auto x = from<float>({{1, 2}, {3, 4}}, "a b");
    const auto other = x;
    const auto row = at(x, "a", 1);

    const ledger bill = bill_of([&] { x += 10; });

    CHECK(other.to_vector() == std::vector<float>{1, 2, 3, 4});
    CHECK(row.to_vector() == std::vector<float>{3, 4});
    CHECK(x.to_vector() == std::vector<float>{11, 12, 13, 14});
    const auto records = records_of(bill);
    REQUIRE(records.size() == 2);
    CHECK(records[0].operation == "copy");
    CHECK(records[1].operation == "add");
}

TEST_CASE("in place: a view is changed without what it is a view of") {
    const auto x = from<float>({{1, 2}, {3, 4}}, "a b");
    auto row = at(x, "a", 1);
    auto turned = rearrange(x, "a b -> b a");

    row *= 10;
    turned += 1;

    CHECK(row.to_vector() == std::vector<float>{30, 40});
    CHECK(turned.to_vector() == std::vector<float>{2, 4, 3, 5});
    CHECK(x.to_vector() == std::vector<float>{1, 2, 3, 4});
}

TEST_CASE("in place: borrowed memory and repeated elements are copied before they are written to") {
    std::vector<float> foreign = {1, 2, 3};
    auto x = borrow(foreign.data(), {3});
    x += 1;
    CHECK(foreign == std::vector<float>{1, 2, 3});
    CHECK(x.to_vector() == std::vector<float>{2, 3, 4});

    const auto small = from<float>({1, 2}, "a");
    layout wide{axes("b a", {3, 2}), {}, 0};
    wide.stride.push_back(0);
    wide.stride.push_back(1);
    tensor<float> repeated(small.any().viewed(wide));
    repeated += from<float>({0, 10, 20}, "b");
    CHECK(repeated.to_vector() == std::vector<float>{1, 2, 11, 12, 21, 22});
    CHECK(small.to_vector() == std::vector<float>{1, 2});
}

TEST_CASE("in place: the right side may be the left one, or a view of it") {
    auto x = counted<float>(axes("a b", {3, 3}));
    const void* const memory = memory_of(x);
    x += x;
    CHECK(x.to_vector() == std::vector<float>{2, 4, 6, 8, 10, 12, 14, 16, 18});
    CHECK(memory_of(x) == memory);
    const auto& itself = x;  // or Clang warns, as if x -= x were a slip
    x -= itself;
    CHECK(x.to_vector() == std::vector<float>(9, 0));

    auto y = from<float>({{1, 2}, {3, 4}}, "a b");
    y += rename(y, "a -> b, b -> a");
    CHECK(y.to_vector() == std::vector<float>{2, 5, 5, 8});

    auto z = from<float>({1, 2, 3}, "a");
    layout backwards = z.where();
    backwards.stride[0] = -1;
    backwards.offset = 2;
    z += tensor<float>(z.any().viewed(backwards));
    CHECK(z.to_vector() == std::vector<float>{4, 4, 4});

    auto w = from<float>({{1, 2}, {3, 4}}, "a b");
    w *= at(w, "a", 0);
    CHECK(w.to_vector() == std::vector<float>{1, 4, 3, 8});

    auto shared = from<float>({1, 2, 3}, "a");
    const auto kept = shared;
    shared *= shared;
    CHECK(shared.to_vector() == std::vector<float>{1, 4, 9});
    CHECK(kept.to_vector() == std::vector<float>{1, 2, 3});
}

TEST_CASE("in place: nothing stretches to make room, and an error changes nothing") {
    auto x = from<float>({{1, 2}, {3, 4}}, "a b");
    const auto kept = x.to_vector();
    struct refused {
        const char* label;
        any_tensor right;
        const char* category;
    };
    const std::vector<refused> table = {
        {"an axis more", ones<float>("a b c", {2, 2, 2}), "name_mismatch"},
        {"another axis", ones<float>("c", {2}), "name_mismatch"},
        {"an axis exchanged", ones<float>("a c", {2, 2}), "name_mismatch"},
        {"another extent", ones<float>("b", {3}), "size_mismatch"},
        {"extent 1", ones<float>("a b", {1, 2}), "size_mismatch"},
        {"no names", ones<float>({2, 2}), "name_mismatch"},
        {"no names, fewer axes", ones<float>({2}), "rank_mismatch"},
        {"no names, more axes", ones<float>({2, 2, 2}), "rank_mismatch"},
        {"doubles", ones<double>("a b", {2, 2}), "dtype_mismatch"},
        {"dry", dry<float>("a b", {2, 2}), "dry"}};
    for (const auto& row : table) {
        CAPTURE(row.label);
        const std::string got = category_of([&] { x.any() += row.right; });
        CHECK(got == row.category);
        CHECK(x.to_vector() == kept);
    }
    CHECK(
        thrown_by([&] {
            x += ones<float>("a b c", {2, 2, 2});
        }).message
        == "the left operand lacks the axis 'c', and in place nothing stretches"
    );
    auto plain = from<float>({1, 2});
    CHECK(category_of([&] { plain += ones<float>({2, 2}); }) == "rank_mismatch");
    CHECK(category_of([&] { plain += ones<float>({1}); }) == "size_mismatch");
    CHECK(category_of([&] { plain += ones<float>("a", {2}); }) == "name_mismatch");
    auto point = full<float>(shape{}, 1);
    CHECK(category_of([&] { point += ones<float>({2}); }) == "rank_mismatch");
    CHECK(category_of([&] { point += ones<float>("a", {2}); }) == "name_mismatch");
}

TEST_CASE("in place: integers by the number 0, wrong numbers and bools are refused") {
    auto n = from({1, 2, 3});
    CHECK(category_of([&] { n /= 0; }) == "usage");
    CHECK(category_of([&] { n += 0.5; }) == "dtype_mismatch");
    CHECK(n.to_vector() == std::vector<std::int32_t>{1, 2, 3});
    n /= from({0, 1, -1});
    CHECK(n.to_vector() == std::vector<std::int32_t>{0, 2, -3});

    auto mask = from({true, false});
    CHECK(category_of([&] { mask += mask; }) == "dtype_mismatch");
    CHECK(category_of([&] { n &= n; }) == "dtype_mismatch");
    CHECK(category_of([&] { map_in_place(kernels::binary::less, n.any(), 1); }) == "usage");
    auto dry_n = dry<std::int32_t>({3});
    CHECK(category_of([&] { dry_n /= 0; }) == "usage");
}

TEST_CASE("in place: masks are narrowed, widened and flipped") {
    auto mask = from({true, true, false, false});
    const auto other = from({true, false, true, false});
    auto either = copy(mask);
    auto one = copy(mask);

    mask &= other;
    either |= other;
    one ^= other;

    CHECK(mask.to_vector() == std::vector<bool>{true, false, false, false});
    CHECK(either.to_vector() == std::vector<bool>{true, true, true, false});
    CHECK(one.to_vector() == std::vector<bool>{false, true, true, false});
}

TEST_CASE("in place: costs what the operator costs, and one tensor less to write") {
    auto x = counted<float>(axes("a b", {3, 4}));
    const auto y = counted<float>(axes("b", {4}));
    const auto cost_of = [](const auto& body) {
        const ledger bill = bill_of(body);
        REQUIRE(bill.size() == 1);
        return bill.cost().total();
    };
    const cost with_tensor = cost_of([&] { x += y; });
    CHECK(with_tensor.flops_vec.str() == "a*b");
    CHECK(with_tensor.bytes_read.str() == "4*a*b + 4*b");
    CHECK(with_tensor.bytes_written.str() == "4*a*b");
    CHECK(cost_of([&] { x *= 2; }).bytes_read.str() == "4*a*b");
    CHECK(cost_of([&] { x += x; }).bytes_read.str() == "4*a*b");
    auto n = counted<std::int64_t>(axes("a", {3}));
    CHECK(cost_of([&] { n *= n; }).int_ops.str() == "a");
}

TEST_CASE("in place: a dry tensor has its bill, and a dry run touches no element") {
    const auto body = [](tensor<float> x, const tensor<float>& y) {
        x += y;
        x *= 3;
        x += x;
    };
    auto wet_x = counted<float>(axes("a b", {3, 4}));
    const auto wet_y = counted<float>(axes("b", {4}));
    const auto wet = records_of(bill_of([&] { body(std::move(wet_x), wet_y); }));
    REQUIRE(wet.size() == 3);

    CHECK(
        records_of(bill_of([&] {
            body(dry<float>("a b", {3, 4}), dry<float>("b", {4}));
        }))
        == wet
    );

    auto x = from<float>({1, 2});
    const auto shared = from<float>({1, 2});
    auto sharing = shared;
    const dry_run on;
    x += 1;
    CHECK(x.to_vector() == std::vector<float>{1, 2});
    CHECK(category_of([&] { sharing += 1; }) == "dry");
}
