#include <abax/account/bill_cost.hpp>
#include <abax/ops/pack.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

std::vector<any_tensor> untyped(const std::vector<tensor<float>>& parts) {
    return {parts.begin(), parts.end()};
}

/// Nested loops that nobody tunes: the element of a part is where the pattern says, in the packed tensor.
/// `before` axes stand left of the '*', `after` right of it.
bool holds_at(
    const tensor<float>& values,
    const tensor<float>& part,
    std::size_t before,
    std::size_t after,
    std::int64_t from
) {
    bool same = true;
    for_each_position(part.shape().extents(), [&](const extents& at) {
        extents where(at.begin(), at.begin() + static_cast<std::ptrdiff_t>(before));
        std::int64_t along = 0;
        for (std::size_t i = before; i < at.size() - after; ++i)
            along = along * part.shape()[i].extent + at[i];
        where.push_back(from + along);
        where.insert(where.end(), at.end() - static_cast<std::ptrdiff_t>(after), at.end());
        same = same && element_at<float>(values.any(), where) == element_at<float>(part.any(), at);
    });
    return same;
}

struct packing {
    std::string text;
    std::size_t before;
    std::size_t after;
    std::vector<extents> parts;
    extents values;
    packed_shapes shapes;
};

const std::vector<packing> packings = {
    {"*", 0, 0, {{3}}, {3}, {{3}}},
    {"*", 0, 0, {{}}, {1}, {{}}},
    {"*", 0, 0, {{}, {2}, {2, 3}, {1, 0}}, {9}, {{}, {2}, {2, 3}, {1, 0}}},
    {"b *", 1, 0, {{2, 3}, {2}, {2, 5, 7}}, {2, 39}, {{3}, {}, {5, 7}}},
    {"* c", 0, 1, {{3, 5}, {5}, {2, 2, 2, 5}}, {12, 5}, {{3}, {}, {2, 2, 2}}},
    {"a b * c", 2, 1, {{2, 3, 5}, {2, 3, 7, 2, 5}}, {2, 3, 15, 5}, {{}, {7, 2}}},
    {"a * c d", 1, 2, {{2, 0, 3, 5}, {2, 7, 3, 5}}, {2, 7, 3, 5}, {{0}, {7}}},
    {"a *", 1, 0, {{0, 5}, {0}}, {0, 6}, {{5}, {}}},
    {"* a", 0, 1, {{3, 0}}, {3, 0}, {{3}}},
};

}  // namespace

TEST_CASE("pack: every element lies where the pattern says, however the parts lie in memory") {
    for (const packing& row : packings) {
        for (const lie how : all_lies) {
            CAPTURE(row.text);
            CAPTURE(how);
            std::vector<tensor<float>> parts;
            for (const extents& shape : row.parts)
                parts.push_back(laid<float>(shape::of(shape), how, [&](std::int64_t i) {
                    return 1000 * static_cast<std::int64_t>(parts.size()) + i;
                }));

            const packed<any_tensor> made = pack(pattern_text(row.text), untyped(parts));

            CHECK(made.values.shape().extents() == row.values);
            CHECK(made.shapes == row.shapes);
            const tensor<float> values(made.values);
            std::int64_t from = 0;
            for (std::size_t i = 0; i < parts.size(); ++i) {
                CHECK(holds_at(values, parts[i], row.before, row.after, from));
                std::int64_t share = 1;
                for (const std::int64_t extent : row.shapes[i])
                    share *= extent;
                from += share;
            }
        }
    }
}

TEST_CASE("unpack: gives back what was packed, as views of one buffer") {
    for (const packing& row : packings) {
        CAPTURE(row.text);
        std::vector<tensor<float>> parts;
        for (const extents& shape : row.parts)
            parts.push_back(counted<float>(shape::of(shape), lie::permuted));
        const auto made = pack(pattern_text(row.text), parts);

        const auto again = unpack(made.values, made.shapes, pattern_text(row.text));

        REQUIRE(again.size() == parts.size());
        for (std::size_t i = 0; i < parts.size(); ++i) {
            CHECK(again[i].shape().extents() == row.parts[i]);
            CHECK(again[i].to_vector() == parts[i].to_vector());
            CHECK(again[i].any().shares_with(made.values.any()));
        }
    }
}

TEST_CASE("unpack: reads a tensor that is a view itself") {
    for (const lie how : all_lies) {
        CAPTURE(how);
        const auto x = counted<float>(shape::of({2, 7, 3}), how);

        const auto parts = unpack(x, {{2, 2}, {}, {-1, 1}}, "a * b");

        REQUIRE(parts.size() == 3);
        CHECK(parts[0].shape().extents() == extents{2, 2, 2, 3});
        CHECK(parts[0](1, 1, 0, 2) == x(1, 2, 2));
        CHECK(parts[1].shape().extents() == extents{2, 3});
        CHECK(parts[1](1, 0) == x(1, 4, 0));
        CHECK(parts[2].shape().extents() == extents{2, 2, 1, 3});
        CHECK(parts[2](0, 1, 0, 1) == x(0, 6, 1));
    }
}

TEST_CASE("unpack: writing to a part leaves the packed tensor alone") {
    const auto x = counted<float>(shape::of({5}));

    auto parts = unpack(x, {{2}, {3}}, "*");
    parts[1].mut()[0] = 100;

    CHECK(x.to_vector() == std::vector<float>{1, 2, 3, 4, 5});
    CHECK(parts[1].to_vector() == std::vector<float>{100, 4, 5});
}

TEST_CASE("pack: takes tensors one by one, in braces, in a vector, and untyped") {
    const auto a = counted<std::int64_t>(shape::of({2, 3}));
    const auto b = counted<std::int64_t>(shape::of({2}));
    const std::vector<std::int64_t> wanted = {1, 2, 3, 1, 4, 5, 6, 2};

    const auto [values, shapes] = pack("b *", a, b);
    CHECK(values.to_vector() == wanted);
    CHECK(shapes == packed_shapes{{3}, {}});
    CHECK(pack("b *", {a, b}).values.to_vector() == wanted);
    CHECK(pack("b *", std::vector{a, b}).values.to_vector() == wanted);
    const std::vector<any_tensor> both = {a.any(), b.any()};
    CHECK(tensor<std::int64_t>(pack("b *", both).values).to_vector() == wanted);
    CHECK(pack("b *", a).values.to_vector() == std::vector<std::int64_t>{1, 2, 3, 4, 5, 6});
    CHECK(unpack(both[0], {{1}, {2}}, "b *")[1].shape().extents() == extents{2, 2});
}

TEST_CASE_TEMPLATE("pack: every element type", T, float, double, std::int32_t, std::int64_t, bool) {
    const auto a = counted<T>(shape::of({2, 3}));
    const auto b = counted<T>(shape::of({2, 2, 2}), lie::backwards);

    const auto made = pack("b *", a, b);
    const auto parts = unpack(made.values, made.shapes, "b *");

    CHECK(parts[0].to_vector() == a.to_vector());
    CHECK(parts[1].to_vector() == b.to_vector());
}

namespace {

struct rejected {
    std::string text;
    std::vector<extents> parts;
    std::string category;
    std::string message;
};

}  // namespace

TEST_CASE("pack: says which tensor does not fit, and how") {
    const std::vector<rejected> table = {
        {"b *", {}, "other", "there are no tensors to pack"},
        {"b", {}, "syntax", "expected a '*' among the axes"},
        {"b * b",
         {},
         "duplicate_axis",
         "axis 'b' stands twice in one list; it is already at column 1"},
        {"a b *",
         {{2, 3}, {2}},
         "rank_mismatch",
         "the pattern has 2 axes and '*', the tensor has 1"},
        // Ranks come before extents.
        {"a b *", {{2, 3}, {5, 3}, {2}}, "rank_mismatch", {}},
        {"a * b",
         {{2, 3}, {2, 7, 3}, {2, 7, 5}},
         "size_mismatch",
         "'b' is 3 in the first tensor and 5 in tensor 3"},
        {"a *",
         {{0, 3}, {1, 3}},
         "size_mismatch",
         "'a' is 0 in the first tensor and 1 in tensor 2"},
    };
    for (const rejected& row : table) {
        CAPTURE(row.text);
        std::vector<tensor<float>> parts;
        for (const extents& shape : row.parts)
            parts.push_back(counted(shape::of(shape)));
        const auto e = thrown_by([&] { (void)pack(pattern_text(row.text), parts); });
        CHECK(e.operation == "pack");
        CHECK(to_string(e.kind) == row.category);
        CHECK((row.message.empty() || e.message == row.message));
    }
}

TEST_CASE("pack: an extent that differs is shown with both numbers, under its name") {
    const auto e = thrown_by([] {
        (void)pack("a * bee", counted(shape::of({2, 3})), counted(shape::of({2, 7, 5})));
    });
    CHECK(e.axis == "bee");
    CHECK(e.expected_extent == 3);
    CHECK(e.got_extent == 5);
    CHECK(e.offset == 4);
    CHECK(e.length == 3);
    CHECK(e.input == "(2 3), (2 7 5)");
}

TEST_CASE("pack: element types do not mix") {
    const std::vector<any_tensor> both = {
        counted<float>(shape::of({2})).any(), counted<double>(shape::of({2})).any()};
    CHECK(category_of([&] { (void)pack("*", both); }) == "dtype_mismatch");
}

TEST_CASE("unpack: refuses shapes that do not add up, or leave more than one choice") {
    const std::int64_t huge = std::int64_t{1} << 40;
    struct row {
        packed_shapes shapes;
        std::string category;
        std::string message;
    };
    const std::vector<row> table = {
        {{}, "size_mismatch", "the shapes add up to 0, but the axis at '*' is 5"},
        {{{2}, {2}}, "size_mismatch", "the shapes add up to 4, but the axis at '*' is 5"},
        {{{}, {}, {}, {}, {}, {}},
         "size_mismatch",
         "the shapes add up to 6, but the axis at '*' is 5"},
        {{{2}, {-1}, {4}},
         "size_mismatch",
         "the shapes add up to 6, but the axis at '*' is 5 even without the one that is open"},
        {{{-1}, {-1}}, "ambiguous_size", "two shapes are open: {-1} and {-1}"},
        {{{-1}, {-3}, {2, -1}}, "ambiguous_size", "two shapes are open: {-1} and {2, -1}"},
        {{{-1, -1}}, "size_mismatch", "two extents are open in the shape {-1, -1}"},
        {{{-1}, {-3}}, "size_mismatch", "an extent cannot be negative: {-3}"},
        {{{-5}}, "size_mismatch", "an extent cannot be negative: {-5}"},
        {{{5}, {0, -1}}, "size_mismatch", "-1 in the shape {0, -1} could be anything"},
        {{{2}, {2, -1}},
         "size_mismatch",
         "the other shapes leave 3, which the shape {2, -1} does not divide"},
        {{{huge, huge}},
         "size_mismatch",
         "the shape {1099511627776, 1099511627776} does not fit 64 bits"},
        {{{huge, huge}, {-1}}, "size_mismatch", {}},
        {{{huge << 22}, {huge << 22}},
         "size_mismatch",
         "the shapes ask for more elements than fit 64 bits"},
        {{extents(40, 1), {4}}, "rank_mismatch", "a tensor of rank 41"},
    };
    const auto x = counted(shape::of({5, 7}));
    for (const row& r : table) {
        CAPTURE(r.message);
        const auto e = thrown_by([&] { (void)unpack(x, r.shapes, "* seven"); });
        CHECK(e.operation == "unpack");
        CHECK(to_string(e.kind) == r.category);
        CHECK((r.message.empty() || e.message == r.message));
    }
    CHECK(category_of([&] { (void)unpack(x, {{5}}, "*"); }) == "rank_mismatch");
    CHECK(category_of([&] { (void)unpack(x, {{5}}, "* a b"); }) == "rank_mismatch");
    CHECK(category_of([&] { (void)unpack(x, {{5}}, pattern_text("a b")); }) == "syntax");
    // Text, then rank, then shapes.
    CHECK(category_of([&] { (void)unpack(x, {{-1}, {-1}}, "*"); }) == "rank_mismatch");
}

TEST_CASE("unpack: the total counts even where a tensor has no elements") {
    const auto x = zeros<float>(shape::of({0, 5}));

    CHECK(category_of([&] { (void)unpack(x, {{9}, {1}}, "a *"); }) == "size_mismatch");
    CHECK(unpack(x, {{2, 2}, {-1}}, "a *")[1].shape().extents() == extents{0, 1});
    CHECK(unpack(zeros<float>(shape::of({0, 3})), {}, "* a").empty());
    // Extents beside an empty one may be as large as they like.
    const std::int64_t huge = std::int64_t{1} << 62;
    CHECK(unpack(zeros<float>(shape::of({3, 1})), {{huge, 0, huge}, {3}}, "* a")[0].volume() == 0);
}

TEST_CASE("pack: huge parts are refused before memory is asked for, or priced dry") {
    const std::int64_t huge = std::int64_t{1} << 40;
    const auto a = dry<float>(shape::of({0, huge, huge}));
    CHECK(category_of([&] { (void)pack("z *", a); }) == "overflow");

    const auto b = dry<float>(shape::of({huge}));
    CHECK(pack("*", b, b).values.shape().extents() == extents{2 * huge});
}

TEST_CASE("pack: one record of bytes, each element read and written once") {
    const auto a = counted(axes("b s", {2, 3}));
    const auto b = counted(axes("b h w", {2, 5, 7}));

    const auto bill = bill_of([&] { (void)pack("b *", a, b); });

    REQUIRE(bill.size() == 1);
    const auto records = records_of(bill);
    CHECK(records[0].operation == "pack");
    CHECK(records[0].kind == op_class::movement);
    CHECK(records[0].detail == "b 38");
    CHECK(records[0].counted.bytes_read == 4 * (6 + 70));
    CHECK(records[0].counted.bytes_written == 4 * (6 + 70));
    CHECK(records[0].counted.flops() == 0);
}

TEST_CASE("pack: the packed axis may have no name, and the bill still knows what it is made of") {
    const auto bill = bill_of([&] {
        (void)pack("b *", dry<float>(axes("b s", {2, 3})), dry<float>(axes("b h w", {2, 5, 7})));
    });

    const counters doubled = bill.cost().at({{"h", 10}});
    CHECK(doubled.bytes_read == 4 * (6 + 140));
    CHECK(doubled.bytes_written == 4 * (6 + 140));
}

TEST_CASE("pack: a tensor that is packed twice is read once and written twice") {
    const auto a = counted(shape::of({2, 3}));

    const auto bill = bill_of([&] { (void)pack("b *", a, a); });

    CHECK(bill.total().bytes_read == 4 * 6);
    CHECK(bill.total().bytes_written == 4 * 12);
}

TEST_CASE("unpack: one record of a view without a price, however many parts") {
    const auto x = counted(axes("b s", {2, 9}));

    const auto bill = bill_of([&] { (void)unpack(x, {{2}, {3}, {-1}}, "b *"); });

    REQUIRE(bill.size() == 1);
    CHECK(records_of(bill)[0].operation == "unpack");
    CHECK(records_of(bill)[0].kind == op_class::view);
    CHECK(bill.total() == counters{});
}

TEST_CASE("pack, unpack: a failure leaves no record") {
    const auto a = counted(shape::of({2, 3}));
    const auto b = counted(shape::of({5}));
    const auto bill = bill_of([&] {
        CHECK(category_of([&] { (void)pack("b *", a, b); }) != "nothing");
        CHECK(category_of([&] { (void)unpack(a, {{1}}, "b *"); }) != "nothing");
    });
    CHECK(bill.size() == 0);
}

TEST_CASE("pack, unpack: dry tensors give dry results and the same bill") {
    const auto work = [](const tensor<float>& a, const tensor<float>& b) {
        const auto made = pack("b *", a, b);
        const auto parts = unpack(made.values, made.shapes, "b *");
        CHECK(made.values.is_dry() == a.is_dry());
        CHECK(parts[1].is_dry() == a.is_dry());
        CHECK(parts[1].shape().extents() == extents{2, 5, 7});
    };
    const auto a = named_tensor("b s", {2, 3});
    const auto b = named_tensor("b h w", {2, 5, 7});
    const auto dry_a = dry<float>(a.shape());
    const auto dry_b = dry<float>(b.shape());

    const auto wet = bill_of([&] { work(a, b); });
    const auto parched = bill_of([&] { work(dry_a, dry_b); });

    CHECK(wet.size() == 2);
    CHECK(records_of(wet) == records_of(parched));
    const dry_run on;
    CHECK(pack("b *", a).values.is_dry());
}
