#include <abax/ops/assign.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/in_place.hpp>
#include <abax/ops/join.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/select.hpp>
#include <abax/ops/views.hpp>

#include "verbs.hpp"

#include <doctest/doctest.h>

/// Operands that are one tensor, or views of one: the result is as if each had elements of its own.
using namespace abax;
using namespace abax::laws;

namespace {

// body(x, site) for tensors of numbers, with names and without, that lie in memory in every way.
void for_each_tensor(const std::function<void(any_tensor, const site&)>& body) {
    std::uint64_t seed = 0;
    for (const extents& shape : sample_shapes(2))
        for (const lie how : all_lies) {
            site s{shape, ++seed % 2 == 0, all_types[seed % 4], seed, false};
            const std::string where = std::string(text_of(how)) + " seed " + std::to_string(seed);
            CAPTURE(where);
            body(made(s.x(), how, seed), s);
        }
}

any_tensor flipped(const any_tensor& x, const site& s) {
    return flip(x, s.axes(s.some(8)));
}

}  // namespace

TEST_CASE(
    "aliasing: every verb of operands of equal axes takes one tensor, and views of it, for all of them"
) {
    for_each_site(1, [](const verb_case& v, const site& s) {
        const std::vector<spec> all = v.operands(s);
        if (all.size() < 2 || s.rank() == 0)
            return;
        for (const spec& other : all)
            if (other.type != all[0].type || other.names != all[0].names
                || other.shape != all[0].shape)
                return;
        const std::string where = text_of(v, s);
        CAPTURE(where);
        const any_tensor x = operands_at(v, s)[0];
        parts in(all.size(), x);
        in.back() = s.pick(95, 2) == 0 ? flipped(x, s) : x;
        parts apart;
        for (const any_tensor& one : in)
            apart.push_back(packed_copy(one));
        const std::string before = bits_of(x);

        const parts got = v.run(in, s);
        const parts wanted = v.run(apart, s);

        for (std::size_t i = 0; i < got.size(); ++i)
            CHECK(difference(grid_of(got[i]), grid_of(wanted[i])) == "");
        CHECK(bits_of(x) == before);
    });
}

TEST_CASE("aliasing: x op= x, and x op= a view of x, read x as it was") {
    for_each_tensor([](any_tensor x, const site& s) {
        const any_tensor y = s.rank() > 0 && s.pick(40, 2) == 0 ? flipped(x, s) : x;
        const any_tensor difference_of_both = map(kernels::binary::subtract, &x, &y);
        const any_tensor doubled = map(kernels::binary::add, &x, &x);
        any_tensor own = packed_copy(x);

        map_in_place(kernels::binary::subtract, x, &y);
        map_in_place(kernels::binary::add, own, &own);

        CHECK(difference(grid_of(x), grid_of(difference_of_both)) == "");
        CHECK(difference(grid_of(own), grid_of(doubled)) == "");
    });
}

TEST_CASE("aliasing: assigning a part of x to another part of it reads x as it was") {
    for_each_tensor([](any_tensor x, const site& s) {
        if (s.rank() == 0)
            return;
        const std::int64_t n = s.extent();
        const std::int64_t count = (n + 1) / 2;
        const grid before = grid_of(x);
        const grid wanted = build(s.type, before.names, before.shape, [&](const extents& c) {
            const std::int64_t place = c[s.at()] - (n - count);
            return place < 0 ? before(c) : before(replaced(c, s.at(), place));
        });

        if (s.pick(41, 2) == 0)
            make_unique(x);  // then only the part shares its buffer
        assign(x, {s.axis(), n - count, n}, slice(x, {s.axis(), 0, count}));

        CHECK(difference(grid_of(x), wanted) == "");
    });
}

TEST_CASE("aliasing: assigning x backwards to itself turns it round") {
    for_each_tensor([](any_tensor x, const site& s) {
        if (s.rank() == 0)
            return;
        const any_tensor earlier = x;
        const any_tensor turned = flipped(x, s);
        const grid wanted = grid_of(turned);
        const std::string before = bits_of(earlier);

        assign(x, turned);

        CHECK(difference(grid_of(x), wanted) == "");
        CHECK(difference(grid_of(turned), wanted) == "");
        CHECK(bits_of(earlier) == before);
    });
}

TEST_CASE("aliasing: a failed assignment or operation in place leaves x as it was, with its buffer"
) {
    for_each_tensor([](any_tensor x, const site& s) {
        spec other = s.x();
        other.names.push_back(s.label("z"));
        other.shape.push_back(2);
        if (s.rank() == 0)
            other.names.back() = "z";
        const any_tensor wider = made(other, lie::packed, 1);
        const any_tensor of_bools = made({dtype::boolean, s.names(), s.shape, 0}, lie::packed, 1);
        const std::string before = bits_of(x);
        const std::byte* const place = x.storage().data();

        const auto failures = {
            testing::category_of([&] { assign(x, wider); }),
            testing::category_of([&] { assign(x, of_bools); }),
            testing::category_of([&] { map_in_place(kernels::binary::add, x, &wider); }),
            testing::category_of([&] { map_in_place(kernels::binary::add, x, &of_bools); })};

        for (const std::string& failure : failures)
            CHECK(failure != "nothing");
        CHECK(bits_of(x) == before);
        CHECK(x.storage().data() == place);
    });
}

TEST_CASE("aliasing: one buffer as both operands is read once, and its parts are read each") {
    for_each_tensor([](const any_tensor& x, const site& s) {
        if (s.rank() == 0)
            return;
        const auto read = [](const std::function<void()>& body) {
            return to_string(testing::bill_of(body).total().bytes_read);
        };
        const std::string once = read([&] { (void)copy(x); });
        const any_tensor turned = flipped(x, s);

        CHECK(read([&] { (void)map(kernels::binary::add, &x, &x); }) == once);
        CHECK(read([&] { (void)map(kernels::binary::add, &x, &turned); }) == once);
        CHECK(read([&] { (void)concat(parts{x, x}, s.axis()); }) == once);
        CHECK(read([&] { (void)stack(parts{x, x, turned}); }) == once);
        const std::string letters = s.all_letters();
        const pattern_text twice(letters + ", " + letters + " -> " + letters);
        CHECK(read([&] { (void)einsum(twice, parts{x, x}); }) == once);

        // Two parts of one buffer are two operands, unless they are the same part.
        const std::int64_t half = s.extent() / 2;
        if (half == 0 || x.where().stride[s.at()] == 0)
            return;
        const any_tensor front = slice(x, {s.axis(), 0, half});
        const any_tensor back = slice(x, {s.axis(), s.extent() - half, s.extent()});
        const std::int64_t both = bytes_to_read(front) + bytes_to_read(back);
        CHECK(read([&] { (void)concat(parts{front, back}, s.axis()); }) == std::to_string(both));
        CHECK(
            read([&] { (void)map(kernels::binary::add, &front, &back); }) == std::to_string(both)
        );
        CHECK(read([&] { (void)einsum(twice, parts{front, back}); }) == std::to_string(both));
    });
}
