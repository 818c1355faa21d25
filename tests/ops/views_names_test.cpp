#include <abax/ops/assign.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/rows.hpp>
#include <abax/ops/views.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

constexpr auto highest = std::numeric_limits<std::int64_t>::max();

// What a call should throw.
struct refused {
    std::string call;
    std::function<void()> body;
    category kind;
    std::string axis;
};

#define ABAX_REFUSED(call, kind, axis)                                                             \
    {                                                                                              \
#call, [=] { (void)(call); }, category::kind, axis                                         \
    }

void check(const std::vector<refused>& table, const std::string& operation) {
    for (const auto& row : table) {
        CAPTURE(row.call);
        const diagnosis e = thrown_by(row.body);
        CHECK(to_string(e.kind) == to_string(row.kind));
        CHECK(e.operation == operation);
        CHECK(e.axis == row.axis);
        CHECK_FALSE(e.message.empty());
    }
}

}  // namespace

TEST_CASE("permute: every axis once, under the name that it has") {
    const auto x = named_tensor("b s m", {2, 3, 4});
    const auto plain = counted(shape::of({2, 3, 4}));
    const auto merged = counted(axes("b (h d) (m: f g)", {2, 6, 4}, {{"h", 2}, {"f", 2}}));

    CHECK(permute(x, "m b s").shape().str() == "m=4 b=2 s=3");
    CHECK(permute(merged, "m (h d) b").shape().axes_text() == "(m: f g) (h d) b");
    CHECK(
        rearrange(permute(merged, "m (h d) b"), "(f g) (h d) b -> f g h d b").shape().str()
        == "f=2 g=2 h=2 d=3 b=2"
    );
    CHECK(permute(full<float>(shape{}, 1), "").rank() == 0);
    check(
        {ABAX_REFUSED(permute(x, "s b"), rank_mismatch, ""),
         ABAX_REFUSED(permute(x, "s b q"), unknown_axis, "q"),
         ABAX_REFUSED(permute(x, "s b m m'"), unknown_axis, "m'"),
         ABAX_REFUSED(permute(x, "s b s"), duplicate_axis, "s"),
         ABAX_REFUSED(permute(x, (axes_argument{0, 2, 1})), usage, ""),
         ABAX_REFUSED(permute(x, ""), usage, ""),
         ABAX_REFUSED(permute(merged, "m h b"), unknown_axis, "h"),
         ABAX_REFUSED(permute(merged, "b m (d h)"), unknown_axis, "(d h)"),
         ABAX_REFUSED(permute(plain, "s b m"), unknown_axis, "s"),
         ABAX_REFUSED(permute(plain, (axes_argument{0, 1})), rank_mismatch, ""),
         ABAX_REFUSED(permute(plain, (axes_argument{0, 1, 1})), duplicate_axis, ""),
         ABAX_REFUSED(permute(plain, (axes_argument{0, 1, -1, 2})), duplicate_axis, ""),
         ABAX_REFUSED(permute(plain, (axes_argument{0, 1, 3})), unknown_axis, "")},
        "permute"
    );
    CHECK(thrown_by([&] { (void)permute(x, "s"); }).message == "the new order leaves out 'b' 'm'");
}

TEST_CASE("squeeze: names the axes, whose extents must be 1") {
    const auto x = named_tensor("b h s w", {1, 1, 3, 1});
    const auto plain = counted(shape::of({1, 3, 1}));
    const auto merged = counted(axes("b (h d)", {2, 1}, {{"h", 1}}));

    CHECK(squeeze(x, "w b").shape().str() == "h=1 s=3");
    CHECK(squeeze(x, "h").shape().str() == "b=1 s=3 w=1");
    CHECK(squeeze(plain, {0, -1}).shape().str() == "3");
    CHECK(squeeze(plain, 2).shape().str() == "1 3");
    CHECK(squeeze(merged, "(h d)").shape().str() == "b=2");
    check(
        {ABAX_REFUSED(squeeze(x, "s"), size_mismatch, "s"),
         ABAX_REFUSED(squeeze(x, "h s"), size_mismatch, "s"),
         ABAX_REFUSED(squeeze(x, "h h"), duplicate_axis, "h"),
         ABAX_REFUSED(squeeze(x, "q"), unknown_axis, "q"),
         ABAX_REFUSED(squeeze(x, ""), usage, ""),
         ABAX_REFUSED(squeeze(x, 0), usage, ""),
         ABAX_REFUSED(squeeze(plain, 1), size_mismatch, ""),
         ABAX_REFUSED(squeeze(plain, 3), unknown_axis, ""),
         ABAX_REFUSED(squeeze(plain, "h"), unknown_axis, "h"),
         ABAX_REFUSED(squeeze(named_tensor("b", {0}), "b"), size_mismatch, "b")},
        "squeeze"
    );
    const auto e = thrown_by([&] { (void)squeeze(x, "s"); });
    CHECK(e.expected_extent == 1);
    CHECK(e.got_extent == 3);
}

TEST_CASE("unsqueeze: a named axis first or before another, an unnamed one at a position") {
    const auto x = named_tensor("b s", {2, 3});
    const auto plain = counted(shape::of({2, 3}));
    const auto merged = counted(axes("b (h d)", {2, 6}, {{"h", 2}}));
    const auto scalar = full<float>(shape{}, 1);

    CHECK(unsqueeze(x, "h").shape().str() == "h=1 b=2 s=3");
    CHECK(unsqueeze(x, "h", "b").shape().str() == "h=1 b=2 s=3");
    CHECK(unsqueeze(x, "h", "s").shape().str() == "b=2 h=1 s=3");
    CHECK(unsqueeze(merged, "w", "(h d)").shape().str() == "b=2 w=1 (h d)=6");
    CHECK(unsqueeze(plain, 0).shape().str() == "1 2 3");
    CHECK(unsqueeze(plain, 1).shape().str() == "2 1 3");
    CHECK(unsqueeze(plain, 2).shape().str() == "2 3 1");
    CHECK(unsqueeze(plain, -1).shape().str() == "2 3 1");
    CHECK(unsqueeze(plain, -3).shape().str() == "1 2 3");
    CHECK(unsqueeze(scalar, "h").shape().str() == "h=1");
    CHECK(unsqueeze(scalar, -1).shape().str() == "1");
    const auto widest = counted(shape::of(extents(32, 1)));
    check(
        {ABAX_REFUSED(unsqueeze(x, "b"), duplicate_axis, "b"),
         ABAX_REFUSED(unsqueeze(x, "h", "q"), unknown_axis, "q"),
         ABAX_REFUSED(unsqueeze(x, "h", 0), usage, ""),
         ABAX_REFUSED(unsqueeze(x, 0), usage, ""),
         ABAX_REFUSED(unsqueeze(x, "h w"), syntax, ""),
         ABAX_REFUSED(unsqueeze(x, "1"), syntax, ""),
         ABAX_REFUSED(unsqueeze(x, "(h d)"), syntax, ""),
         ABAX_REFUSED(unsqueeze(x, ""), syntax, ""),
         ABAX_REFUSED(unsqueeze(plain, "h"), name_mismatch, "h"),
         ABAX_REFUSED(unsqueeze(plain, 3), unknown_axis, ""),
         ABAX_REFUSED(unsqueeze(plain, -4), unknown_axis, "")},
        "unsqueeze"
    );
    CHECK(category_of([&] { (void)unsqueeze(widest, 0); }) == "overflow");
}

TEST_CASE("broadcast: the new axis comes first, and is no elements") {
    const auto x = named_tensor("b s", {2, 3});
    const auto plain = counted(shape::of({2, 3}));

    CHECK(broadcast(x, "h", 12).shape().str() == "h=12 b=2 s=3");
    CHECK(broadcast(x, "h", 12).where().stride[0] == 0);
    CHECK(broadcast(plain, 12).shape().str() == "12 2 3");
    CHECK(broadcast(full<float>(shape{}, 1), "h", 3).shape().str() == "h=3");
    CHECK(broadcast(full<float>(shape{}, 1), 3).shape().str() == "3");
    CHECK(equal(broadcast(x, "h", 3), repeat(x, "b s -> h b s", "h"_ax = 3)));
    check(
        {ABAX_REFUSED(broadcast(x, "s", 2), duplicate_axis, "s"),
         ABAX_REFUSED(broadcast(x, "h", -1), size_mismatch, "h"),
         ABAX_REFUSED(broadcast(x, "2h", 2), syntax, ""),
         ABAX_REFUSED(broadcast(x, "", 2), syntax, ""),
         ABAX_REFUSED(broadcast(x, 2), usage, ""),
         ABAX_REFUSED(broadcast(plain, "h", 2), name_mismatch, "h"),
         ABAX_REFUSED(broadcast(plain, -1), size_mismatch, "")},
        "broadcast"
    );
    CHECK(category_of([&] { (void)broadcast(x, "h", highest); }) == "overflow");
    CHECK(broadcast(named_tensor("b", {0}), "h", highest).volume() == 0);
}

TEST_CASE("diagonal: names as written, in the place of the axis written first") {
    const auto x = named_tensor("b s h s'", {2, 3, 4, 3});
    const auto plain = counted(shape::of({3, 4, 3}));
    const auto merged = counted(axes("(h d) (m: e f) k", {6, 6, 6}, {{"h", 2}, {"e", 3}}));

    CHECK(diagonal(x, "s s' -> s").shape().str() == "b=2 s=3 h=4");
    CHECK(diagonal(x, "s' s -> s").shape().str() == "b=2 h=4 s=3");
    CHECK(diagonal(x, " s  s'->t ").shape().str() == "b=2 t=3 h=4");
    CHECK(diagonal(plain, 0, 2).shape().str() == "3 4");
    CHECK(diagonal(plain, -1, 0).shape().str() == "4 3");
    CHECK(diagonal(merged, "(h d) m -> m").shape().axes_text() == "m k");
    check(
        {ABAX_REFUSED(diagonal(x, "s s'"), syntax, ""),
         ABAX_REFUSED(diagonal(x, "s s' ->"), syntax, ""),
         ABAX_REFUSED(diagonal(x, "s s' -> s s'"), syntax, ""),
         ABAX_REFUSED(diagonal(x, "b s h s' -> b s h"), syntax, ""),
         ABAX_REFUSED(diagonal(x, "s -> s"), syntax, ""),
         ABAX_REFUSED(diagonal(x, ""), syntax, ""),
         ABAX_REFUSED(diagonal(x, "-> -> s"), syntax, ""),
         ABAX_REFUSED(diagonal(x, "s s -> s"), duplicate_axis, "s"),
         ABAX_REFUSED(diagonal(x, "s q -> s"), unknown_axis, "q"),
         ABAX_REFUSED(diagonal(x, "s s' -> b"), duplicate_axis, "b"),
         ABAX_REFUSED(diagonal(x, "s h -> s"), size_mismatch, "h"),
         ABAX_REFUSED(diagonal(x, 1, 3), usage, ""),
         ABAX_REFUSED(diagonal(plain, "s s' -> s"), unknown_axis, "s"),
         ABAX_REFUSED(diagonal(plain, 0, 1), size_mismatch, ""),
         ABAX_REFUSED(diagonal(plain, 0, -3), duplicate_axis, ""),
         ABAX_REFUSED(diagonal(plain, 0, 3), unknown_axis, "")},
        "diagonal"
    );
    const auto e = thrown_by([&] { (void)diagonal(x, "s h -> s"); });
    CHECK(e.expected_extent == 3);
    CHECK(e.got_extent == 4);
    CHECK(e.pattern == "s h -> s");
}

TEST_CASE("flip: keeps the names, and a merged axis forgets its factors") {
    const auto x = counted(axes("b (m: h d) (e f)", {2, 6, 6}, {{"h", 2}, {"e", 3}}));
    const auto plain = counted(shape::of({2, 3}));

    CHECK(flip(x, "m").shape().axes_text() == "b m (e f)");
    CHECK(flip(x, "b").shape().axes_text() == "b (m: h d) (e f)");
    CHECK(flip(plain, {0, 1}).shape().str() == "2 3");
    CHECK(flip(plain, -1).to_vector() == std::vector<float>{3, 2, 1, 6, 5, 4});
    check(
        {ABAX_REFUSED(flip(x, "(e f)"), name_mismatch, "(e f)"),
         ABAX_REFUSED(flip(x, "b b"), duplicate_axis, "b"),
         ABAX_REFUSED(flip(x, "h"), unknown_axis, "h"),
         ABAX_REFUSED(flip(x, ""), usage, ""),
         ABAX_REFUSED(flip(x, 0), usage, ""),
         ABAX_REFUSED(flip(plain, (axes_argument{0, -2})), duplicate_axis, ""),
         ABAX_REFUSED(flip(plain, 2), unknown_axis, "")},
        "flip"
    );
    CHECK(
        thrown_by([&] { (void)flip(x, "(e f)"); }).help
        == "name it first: rename(x, \"(e f) -> m\")"
    );
}

TEST_CASE("unfold: the axis counts windows, and the new last one positions within them") {
    const auto x = counted(axes("b (m: h d) (e f)", {5, 6, 6}, {{"h", 2}, {"e", 3}}));
    const auto plain = counted(shape::of({5, 2}));

    CHECK(unfold(x, "b", "w", 2).shape().axes_text() == "b (m: h d) (e f) w");
    CHECK(unfold(x, "m", "w", 2).shape().str() == "b=5 m=5 (e f)=6 w=2");
    CHECK(unfold(plain, 0, 2, 3).shape().str() == "2 2 2");
    CHECK(unfold(plain, 0, 5, highest).shape().str() == "1 2 5");
    CHECK(unfold(plain, 0, 1).shape().str() == "5 2 1");
    check(
        {ABAX_REFUSED(unfold(x, "b", "w", 6), size_mismatch, "b"),
         ABAX_REFUSED(unfold(x, "b", "w", highest), size_mismatch, "b"),
         ABAX_REFUSED(unfold(x, "b", "w", 0), usage, "b"),
         ABAX_REFUSED(unfold(x, "b", "w", -1), usage, "b"),
         ABAX_REFUSED(unfold(x, "b", "w", 2, 0), usage, "b"),
         ABAX_REFUSED(unfold(x, "b", "w", 2, -1), usage, "b"),
         ABAX_REFUSED(unfold(x, "b", "b", 2), duplicate_axis, "b"),
         ABAX_REFUSED(unfold(x, "b", "m", 2), duplicate_axis, "m"),
         ABAX_REFUSED(unfold(x, "b", "w w", 2), syntax, ""),
         ABAX_REFUSED(unfold(x, "(e f)", "w", 2), name_mismatch, "(e f)"),
         ABAX_REFUSED(unfold(x, "q", "w", 2), unknown_axis, "q"),
         ABAX_REFUSED(unfold(x, "b", 2), usage, ""),
         ABAX_REFUSED(unfold(x, 0, "w", 2), usage, ""),
         ABAX_REFUSED(unfold(plain, 0, "w", 2), name_mismatch, "w"),
         ABAX_REFUSED(unfold(plain, 2, 2), unknown_axis, ""),
         ABAX_REFUSED(unfold(named_tensor("s", {0}), "s", "w", 1), size_mismatch, "s")},
        "unfold"
    );
    const auto huge = dry<bool>(axes("s", {highest}));
    CHECK(category_of([&] { (void)unfold(huge, "s", "w", highest / 2); }) == "overflow");
    CHECK(unfold(huge, "s", "w", 1, highest / 2).shape().str() == "s=3 w=1");
}

TEST_CASE("views of a tensor without elements stay within it, whatever its extents") {
    const auto x = dry<float>(axes("a b c d", {highest, 0, highest, 4}));

    CHECK(flip(x, "a c").volume() == 0);
    CHECK(diagonal(x, "a c -> a").shape().str() == "a=9223372036854775807 b=0 d=4");
    CHECK(unfold(x, "a", "w", highest / 2, highest / 2).volume() == 0);
}

TEST_CASE("a view is one record of class view that costs nothing, dry or not") {
    const auto run = [](const tensor<float>& x) {
        return records_of(bill_of([&] {
            (void)permute(x, "c b a");
            (void)squeeze(x, "b");
            (void)unsqueeze(x, "h");
            (void)unsqueeze(x, "h", "c");
            (void)broadcast(x, "h", 4);
            (void)diagonal(x, "a c -> a");
            (void)flip(x, "a c");
            (void)unfold(x, "a", "w", 2);
        }));
    };
    const shape axes_of_x = axes("a b c", {3, 1, 3});

    const auto wet = run(counted(axes_of_x));

    const std::vector<std::string> operations = {
        "permute", "squeeze", "unsqueeze", "unsqueeze", "broadcast", "diagonal", "flip", "unfold"};
    REQUIRE(wet.size() == operations.size());
    for (std::size_t i = 0; i < wet.size(); ++i) {
        CHECK(wet[i].operation == operations[i]);
        CHECK(wet[i].kind == op_class::view);
        CHECK(wet[i].counted == counters{});
    }
    CHECK(wet[0].detail == "c b a");
    CHECK(run(dry<float>(axes_of_x)) == wet);
    const dry_run on;
    CHECK(run(dry<float>(axes_of_x)) == wet);
}

TEST_CASE("a refused view leaves no record and changes nothing") {
    const auto x = named_tensor("b s", {2, 3});

    const ledger bill = bill_of([&] {
        CHECK(category_of([&] { (void)permute(x, "s"); }) == "rank_mismatch");
        CHECK(category_of([&] { (void)broadcast(x, "b", 2); }) == "duplicate_axis");
        CHECK(category_of([&] { (void)unfold(x, "s", "w", 9); }) == "size_mismatch");
    });

    CHECK(bill.size() == 0);
    CHECK(equal(x, named_tensor("b s", {2, 3})));
}

TEST_CASE("what reads a view is charged for the elements that it lies over") {
    const auto x = named_tensor("b s", {2, 6});
    struct row {
        std::string label;
        tensor<float> read;
        std::int64_t bytes;
    };
    const std::vector<row> table = {
        {"permuted", permute(x, "s b"), 4 * 12},
        {"broadcast: its own elements, once", broadcast(x, "h", 5), 4 * 12},
        {"diagonal", diagonal(named_tensor("s s'", {3, 3}), "s s' -> s"), 4 * 3},
        {"windows: each in full", unfold(x, "s", "w", 3), 4 * 2 * 4 * 3},
    };
    for (const auto& r : table) {
        CAPTURE(r.label);
        const auto all = records_of(bill_of([&] { (void)copy(r.read); }));
        REQUIRE(all.size() == 1);
        CHECK(all[0].counted.bytes_read == r.bytes);
        CHECK(all[0].counted.bytes_written == 4 * r.read.volume());
    }
    // The same elements from both ends are one operand.
    const auto sum = records_of(bill_of([&] { (void)(x + flip(x, "b s")); }));
    CHECK(sum.back().counted.bytes_read == 4 * 12);
}
