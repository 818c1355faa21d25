#include <abax/ops/parse_shape.hpp>
#include <abax/ops/rearrange.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

/// "b=2 h=3", in the order of the answer.
std::string text_of(const std::vector<axis_size>& sizes) {
    std::string text;
    for (const axis_size& size : sizes)
        text +=
            (text.empty() ? "" : " ") + std::string(size.axis) + "=" + std::to_string(size.extent);
    return text;
}

}  // namespace

TEST_CASE("parse_shape: gives the extents of the names, in order") {
    const std::vector<std::pair<std::string, std::string>> table = {
        {"b h w c", "b=2 h=3 w=1 c=0"},
        {"c b h w", "c=2 b=3 h=1 w=0"},
        {"_ h _ _", "h=3"},
        {"_ _ _ _", ""},
        {"...", ""},
        {"b ...", "b=2"},
        {"... c", "c=0"},
        {"b ... w c", "b=2 w=1 c=0"},
        {"b h w c ...", "b=2 h=3 w=1 c=0"},
        {"2 3 () c", "c=0"},
        {"(b) h 1 (_)", "b=2 h=3"},
        {"b=2 s' ...", "b=2 s'=3"},
    };
    const auto x = zeros<float>(shape::of({2, 3, 1, 0}));
    for (const auto& row : table) {
        CAPTURE(row.first);
        CHECK(text_of(parse_shape(x, pattern_text(row.first))) == row.second);
        CHECK(text_of(parse_shape(x.any(), pattern_text(row.first))) == row.second);
    }
    CHECK(parse_shape(counted(shape::of({})), "").empty());
    CHECK(parse_shape(counted(shape::of({})), "...").empty());
}

TEST_CASE("parse_shape: the answer is what other verbs take as sizes") {
    const auto image = counted(shape::of({2, 3, 5, 7}));
    const auto rows = counted(shape::of({2, 15, 7}));

    const auto back = rearrange(rows, "b (h w) c -> b h w c", parse_shape(image, "_ h w _"));
    CHECK(back.shape().extents() == image.shape().extents());
    CHECK(
        repeat(counted(shape::of({4})), "a -> a b", parse_shape(image, "b ...")).shape().str()
        == "4 2"
    );
    // What the pattern of the other call does not need is checked, and what it does not have is refused.
    CHECK(
        category_of([&] {
            (void)rearrange(rows, "b (h w) c -> b h w c", parse_shape(image, "b h _ _"));
        })
        == "nothing"
    );
    CHECK(
        category_of([&] {
            (void)rearrange(rows, "b (h w) c -> b h w c", parse_shape(image, "x h _ _"));
        })
        == "unexpected_size_argument"
    );
}

TEST_CASE("parse_shape: the answer outlives the text that it was asked with") {
    std::vector<axis_size> sizes;
    {
        const pattern_text text("a_long_name_that_is_kept " + std::string("_"));
        sizes = parse_shape(counted(shape::of({2, 3})), text);
    }
    CHECK(text_of(sizes) == "a_long_name_that_is_kept=2");
}

TEST_CASE("parse_shape: says which axis is not what the pattern says") {
    const auto x = counted(shape::of({2, 3}));
    struct row {
        std::string text;
        std::string category;
        std::size_t offset;
        std::string message;
    };
    const std::vector<row> table = {
        {"a 4", "size_mismatch", 2, "the pattern says '4' of an axis of extent 3"},
        {"1 a", "size_mismatch", 0, "the pattern says '1' of an axis of extent 2"},
        {"a ()", "size_mismatch", 2, "the pattern says '()' of an axis of extent 3"},
        {"a h=4", "size_mismatch", 2, "the pattern says 'h=4' of an axis of extent 3"},
        {"a 99999999999999999999", "size_mismatch", 2, {}},
        {"a", "rank_mismatch", 0, "the pattern has 1 axis, the tensor has 2"},
        {"a b c ...",
         "rank_mismatch",
         0,
         "the pattern has 3 axes and an ellipsis, the tensor has 2"},
        {"(a b)", "other", 0, "parse_shape takes no merged axis apart"},
        // Text, then rank, then extents from left to right.
        {"4 (b c) d", "other", 2, {}},
        {"4 4 4", "rank_mismatch", 0, {}},
        {"4 4", "size_mismatch", 0, {}},
    };
    for (const row& r : table) {
        CAPTURE(r.text);
        const auto e = thrown_by([&] { (void)parse_shape(x, pattern_text(r.text)); });
        CHECK(e.operation == "parse_shape");
        CHECK(to_string(e.kind) == r.category);
        CHECK(e.offset == r.offset);
        CHECK((r.message.empty() || e.message == r.message));
    }
}

TEST_CASE("parse_shape: a mismatch carries both numbers") {
    const auto e = thrown_by([] { (void)parse_shape(counted(shape::of({2, 3})), "a 4"); });
    CHECK(e.expected_extent == 4);
    CHECK(e.got_extent == 3);
    CHECK(e.input == "2 3");
}

TEST_CASE("parse_shape: names of a named tensor are checked, '_' and '...' take any") {
    const auto x = named_tensor("b s m", {2, 3, 5});

    CHECK(text_of(parse_shape(x, "b s m")) == "b=2 s=3 m=5");
    CHECK(text_of(parse_shape(x, "_ s _")) == "s=3");
    CHECK(text_of(parse_shape(x, "... m")) == "m=5");
    CHECK(text_of(parse_shape(x, "(_) s ...")) == "s=3");
    const auto e = thrown_by([&] { (void)parse_shape(x, "_ t _"); });
    CHECK(e.kind == category::name_mismatch);
    CHECK(e.axis == "s");
    CHECK(e.offset == 2);
    // Numbers and units are for axes without a name.
    CHECK(category_of([&] { (void)parse_shape(x, "b 3 m"); }) == "name_mismatch");
    const auto merged = rearrange(x, "b s m -> b (s m)");
    CHECK(text_of(parse_shape(merged, "b _")) == "b=2");
    CHECK(category_of([&] { (void)parse_shape(merged, "b s"); }) == "name_mismatch");
}

TEST_CASE("parse_shape: leaves no record, and dry tensors have extents too") {
    const auto bill = bill_of([] {
        CHECK(text_of(parse_shape(dry<float>(axes("b s", {2, 3})), "b s")) == "b=2 s=3");
    });
    CHECK(bill.size() == 0);
}
