#include <abax/ops/assign.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/in_place.hpp>

#include "verbs.hpp"

#include <doctest/doctest.h>

using namespace abax;
using namespace abax::laws;

namespace {

// Writes other elements into x, through one of the doors there are.
void write(any_tensor& x, std::uint64_t door) {
    const bool is_bool = x.type() == dtype::boolean;
    switch (door % 3) {
    case 0: {
        make_unique(x);
        std::byte* const first = x.writable();
        with_element(x.type(), [&](auto zero) {
            using T = decltype(zero);
            for_each_offset(x, [&](std::int64_t offset) {
                T& element = reinterpret_cast<T*>(first)[offset];
                element = is_bool ? static_cast<T>(element == T{0}) : static_cast<T>(42);
            });
        });
        return;
    }
    case 1: assign(x, full(x.type(), x.shape(), is_bool ? 1 : 43)); return;
    default: map_in_place(is_bool ? kernels::binary::logical_xor : kernels::binary::add, x, 1);
    }
}

std::vector<std::string> bits_of_all(const parts& all) {
    std::vector<std::string> bits;
    for (const any_tensor& x : all)
        bits.push_back(bits_of(x));
    return bits;
}

// Axes without a name in a named tensor are refused by arithmetic; they can be written to in other ways.
std::uint64_t door_to(const any_tensor& x, std::uint64_t wanted) {
    for (const std::string& label : x.names())
        if (x.is_named() && label.empty() && wanted % 3 == 2)
            return 0;
    return wanted;
}

}  // namespace

TEST_CASE("laws: running a verb changes no operand") {
    for_each_site(1, [](const verb_case& v, const site& s) {
        const std::string where = text_of(v, s);
        CAPTURE(where);
        const parts in = operands_at(v, s);
        const auto before = bits_of_all(in);

        (void)v.run(in, s);

        CHECK(bits_of_all(in) == before);
    });
}

TEST_CASE(
    "laws: writing to a result changes neither an operand nor another result nor an earlier copy"
) {
    for_each_site(1, [](const verb_case& v, const site& s) {
        const std::string where = text_of(v, s);
        CAPTURE(where);
        const parts in = operands_at(v, s);
        const auto operands = bits_of_all(in);
        parts results = v.run(in, s);
        const parts earlier = results;
        auto expected = bits_of_all(results);
        const auto unchanged = expected;

        for (std::size_t i = 0; i < results.size(); ++i) {
            write(results[i], door_to(results[i], s.pick(40 + i, 3)));
            expected[i] = bits_of(results[i]);

            CHECK(bits_of_all(in) == operands);
            CHECK(bits_of_all(results) == expected);
        }
        CHECK(bits_of_all(earlier) == unchanged);
    });
}

TEST_CASE("laws: writing to an operand changes no result, nor a copy of it") {
    for_each_site(1, [](const verb_case& v, const site& s) {
        const std::string where = text_of(v, s);
        CAPTURE(where);
        parts in = operands_at(v, s);
        const parts earlier = in;
        const auto before = bits_of_all(earlier);
        const parts results = v.run(in, s);
        const auto expected = bits_of_all(results);

        for (std::size_t i = 0; i < in.size(); ++i) {
            write(in[i], s.pick(40 + i, 3));

            CHECK(bits_of_all(results) == expected);
            CHECK(bits_of_all(earlier) == before);
        }
    });
}

TEST_CASE("laws: only a view shares the buffer of its operand") {
    for_each_site(1, [](const verb_case& v, const site& s) {
        const std::string where = text_of(v, s);
        CAPTURE(where);
        const parts in = operands_at(v, s);

        for (const any_tensor& y : v.run(in, s)) {
            bool shares = false;
            for (const any_tensor& x : in)
                shares = shares || y.shares_with(x);
            // Patterns give a view where strides allow it.
            const bool may_be_either = v.label == "rearrange" || v.label == "repeat"
                                    || v.label.starts_with("reduce")
                                    || v.label.starts_with("einsum");
            if (!may_be_either)
                CHECK(shares == v.is_view);
        }
    });
}

TEST_CASE("laws: a result that nobody shares is written to where it lies") {
    for_each_site(1, [](const verb_case& v, const site& s) {
        const std::string where = text_of(v, s);
        CAPTURE(where);
        if (v.is_view)
            return;
        parts results = v.run(operands_at(v, s), s);

        for (any_tensor& y : results) {
            const std::byte* const before = y.data();
            if (y.where().overlaps_itself())
                continue;  // a view that a pattern gave
            make_unique(y);
            CHECK(y.data() == before);
        }
    });
}
