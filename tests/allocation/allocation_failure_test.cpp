#include <abax/nn/attention.hpp>
#include <abax/ops/assign.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/join.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/rows.hpp>
#include <abax/ops/select.hpp>

#include "every_allocation.hpp"

#include <functional>
#include <string_view>

using namespace abax;
using namespace abax::testing;

namespace {

struct operands {
    tensor<float> x = iota<float>(axes("b s m", {2, 3, 4}));
    tensor<float> w = iota<float>(axes("m f", {4, 5}));
    tensor<float> bias = iota<float>(axes("m", {4}));
    tensor<float> q = iota<float>(axes("b s h d", {2, 3, 2, 4}));
    tensor<float> k = iota<float>(axes("b s' h d", {2, 3, 2, 4}));
    tensor<std::int64_t> ids = iota<std::int64_t>(axes("t", {3}));

    [[nodiscard]] std::vector<any_tensor> all() const { return {x, w, bias, q, k, ids}; }
};

struct verb_row {
    std::string_view name;
    std::function<void(const operands&)> run;
    // Operations it is made of: those that had succeeded stay on the bill when a later one fails.
    std::size_t finished = 0;
};

tensor<float> block(const operands& o) {
    const auto n = layer_norm(o.x, "m", o.bias, o.bias);
    const auto inner = gelu(dot(n, o.w, "m"));
    return o.x + rename(dot(inner, rename(o.w, "m -> m'"), "f"), "m' -> m");
}

const std::vector<verb_row>& verbs() {
    static const std::vector<verb_row> rows = {
        {"rearrange, a view", [](const operands& o) { (void)rearrange(o.x, "b s m -> m s b"); }},
        {"rearrange, a copy", [](const operands& o) { (void)rearrange(o.x, "b s m -> (m s) b"); }},
        {"reduce", [](const operands& o) { (void)reduce(o.x, "b s m -> b m", by::mean); }},
        {"repeat", [](const operands& o) { (void)repeat(o.x, "b s m -> b s m r", "r"_ax = 3); }},
        {"einsum of two", [](const operands& o) { (void)einsum("b s m, m f -> b s f", o.x, o.w); }},
        {"einsum of three",
         [](const operands& o) { (void)einsum("b s m, m f, m -> b f", o.x, o.w, o.bias); }},
        {"dot", [](const operands& o) { (void)dot(o.x, o.w, "m"); }},
        {"sum", [](const operands& o) { (void)sum(o.x, "b m"); }},
        {"softmax", [](const operands& o) { (void)softmax(o.x, "s"); }},
        {"layer_norm", [](const operands& o) { (void)layer_norm(o.x, "m", o.bias, o.bias); }},
        {"argmax", [](const operands& o) { (void)argmax(o.x, "m"); }},
        {"gelu", [](const operands& o) { (void)gelu(o.x); }},
        {"plus", [](const operands& o) { (void)(o.x + o.bias); }},
        {"cast", [](const operands& o) { (void)cast<double>(o.x); }},
        {"concat",
         [](const operands& o) {
             (void)concat(std::vector{o.x, o.x}, "s");
         }},
        {"stack",
         [](const operands& o) {
             (void)stack(std::vector{o.x, o.x}, "n");
         }},
        {"take", [](const operands& o) { (void)take(o.w, o.ids, "m"); }},
        {"slice",
         [](const operands& o) {
             (void)slice(o.x, {"s", 1, 3});
         }},
        {"split",
         [](const operands& o) {
             (void)split(o.x, "m", {1, 3});
         },
         1},
        {"copy", [](const operands& o) { (void)copy(o.x); }},
        {"full",
         [](const operands&) {
             (void)full<double>(axes("a b", {2, 3}), 1.5);
         }},
        {"causal", [](const operands&) { (void)causal("s", 2, "s'", 3); }},
    };
    return rows;
}

}  // namespace

TEST_CASE(
    "allocation: whichever allocation of a verb fails, it fails whole: no record, no memory, no change"
) {
    const operands o;
    for (const verb_row& row : verbs()) {
        CAPTURE(row.name);
        // First with nothing cached, then with the pattern and its price known.
        CHECK(fail_every_allocation(o.all(), row.finished, [&] { row.run(o); }) > 0);
        (void)fail_every_allocation(o.all(), row.finished, [&] { row.run(o); });
    }
}

TEST_CASE("allocation: a verb that fails leaks nothing") {
    const operands o;
    for (const verb_row& row : verbs()) {
        CAPTURE(row.name);
        row.run(o);  // what is kept for next time is kept now
        for (std::int64_t n = 1; n < 200; ++n) {
            const std::int64_t before = live_blocks();
            {
                const failing_allocation fails(n);
                try {
                    row.run(o);
                } catch (const std::bad_alloc&) {
                } catch (const error&) {
                }
            }
            CHECK(live_blocks() == before);
        }
    }
}

TEST_CASE(
    "allocation: a block and attention leave their operands alone, and the finished parts on the bill"
) {
    const operands o;

    CHECK(fail_every_allocation(o.all(), 100, [&] { (void)block(o); }) > 10);
    CHECK(
        fail_every_allocation(o.all(), 100, [&] { (void)nn::causal_attention(o.q, o.k, o.k); }) > 10
    );
}

TEST_CASE("allocation: writing to a shared tensor that cannot be copied changes nobody") {
    const operands o;
    const auto other = full<float>(axes("b s m", {2, 3, 4}), 7.0F);
    const auto part = full<float>(axes("b s m", {2, 1, 4}), 7.0F);

    // One record may be there: that of the copy, which had succeeded.
    (void)fail_every_allocation(o.all(), 1, [&] {
        auto mine = o.x;
        *mine.mut() = 5;
    });
    (void)fail_every_allocation(o.all(), 1, [&] {
        auto mine = o.x;
        assign(mine, other);
    });
    (void)fail_every_allocation(o.all(), 1, [&] {
        auto mine = o.x;
        assign(mine, {"s", 1, 2}, part);
    });
}

TEST_CASE("allocation: an assignment that fails has not written, also in place") {
    const auto other = full<float>(axes("b s m", {2, 3, 4}), 7.0F);
    const auto part = full<float>(axes("b s m", {2, 1, 4}), 7.0F);
    const std::function<void(tensor<float>&)> writes[] = {
        [&](tensor<float>& x) { assign(x, other); },
        [&](tensor<float>& x) {
            assign(x, {"s", 1, 2}, part);
        },
    };
    for (const auto& write : writes) {
        bool succeeded = false;
        for (std::int64_t n = 1; !succeeded; ++n) {
            CAPTURE(n);
            auto x = iota<float>(axes("b s m", {2, 3, 4}));  // nobody shares it
            const auto before = x.to_vector();
            ledger bill;
            {
                const recording on(bill);
                const failing_allocation fails(n);
                try {
                    write(x);
                    succeeded = !failing_allocation::happened();
                } catch (const std::bad_alloc&) {
                } catch (const error&) {
                }
            }
            CHECK((bill.size() == 1) == (x.to_vector() != before));
        }
    }
}
