#include "verbs.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

using namespace abax;
using namespace abax::laws;

TEST_CASE("laws: the sample of shapes has each rank, and in it each extent on each axis") {
    std::map<std::size_t, std::set<std::pair<std::size_t, std::int64_t>>> seen;
    for (const extents& shape : sample_shapes()) {
        std::int64_t volume = 1;
        for (std::size_t i = 0; i < shape.size(); ++i) {
            seen[shape.size()].insert({i, shape[i]});
            volume *= shape[i];
        }
        CHECK(volume <= most_elements);
        if (shape.empty())
            seen[0];
    }

    REQUIRE(seen.size() == most_axes + 1);
    for (std::size_t rank = 0; rank <= most_axes; ++rank)
        CHECK(seen[rank].size() == rank * probe_extents.size());
}

TEST_CASE("laws: every verb applies to dozens of the shapes") {
    std::map<std::string, int> times;
    for_each_site(3, [&](const verb_case& v, const site&) { ++times[v.label]; });

    CHECK(times.size() == all_verbs().size());
    for (const verb_case& v : all_verbs()) {
        CAPTURE(v.label);
        CHECK(times[v.label] >= 40);
    }
}

TEST_CASE(
    "laws: every verb gives what plain loops give, under the names of the docs, however its operands lie"
) {
    for_each_site(3, [](const verb_case& v, const site& s) {
        const std::string where = text_of(v, s);
        CAPTURE(where);
        const parts in = operands_at(v, s);
        const grids before = grids_of(in);

        const grids got = grids_of(v.run(in, s));

        const grids wanted = v.oracle(before, s);
        REQUIRE(got.size() == wanted.size());
        for (std::size_t i = 0; i < got.size(); ++i)
            CHECK(difference(got[i], wanted[i]) == "");
    });
}

TEST_CASE("laws: a verb on operands that lie anyhow gives the bits that it gives on packed ones") {
    for_each_site(2, [](const verb_case& v, const site& s) {
        const std::string where = text_of(v, s);
        CAPTURE(where);
        const parts in = operands_at(v, s);
        parts packed;
        for (const any_tensor& x : in)
            packed.push_back(packed_copy(x));

        const parts got = v.run(in, s);
        const parts wanted = v.run(packed, s);

        REQUIRE(got.size() == wanted.size());
        for (std::size_t i = 0; i < got.size(); ++i) {
            CHECK(difference(grid_of(got[i]), grid_of(wanted[i])) == "");
            if (v.same_bits)
                CHECK(bits_of(got[i]) == bits_of(wanted[i]));
        }
    });
}

TEST_CASE("laws: a verb gives the same bits again") {
    for_each_site(1, [](const verb_case& v, const site& s) {
        const std::string where = text_of(v, s);
        CAPTURE(where);
        const parts in = operands_at(v, s);

        const parts first = v.run(in, s);
        const parts again = v.run(in, s);

        for (std::size_t i = 0; i < first.size(); ++i)
            CHECK(bits_of(first[i]) == bits_of(again[i]));
    });
}
