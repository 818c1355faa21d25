#include <abax/abax.hpp>
#include <abax/ops/take_along.hpp>

#include "verbs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

/// What undoes what, and what equals what: laws that need no oracle.
using namespace abax;
using namespace abax::laws;

namespace {

struct cast_of {
    std::vector<dtype> types = {all_types.begin(), all_types.end()};
    std::size_t least_rank = 1;
    bool needs_elements = false;
};

void for_each_tensor(
    const cast_of& which, const std::function<void(const any_tensor&, const site&)>& body
) {
    std::uint64_t seed = 0;
    for (const extents& shape : sample_shapes(2)) {
        ++seed;
        const bool is_empty = std::find(shape.begin(), shape.end(), 0) != shape.end();
        if (shape.size() < which.least_rank || (which.needs_elements && is_empty))
            continue;
        site s{shape, seed % 2 == 0, which.types[seed % which.types.size()], seed, false};
        const lie how = all_lies[seed % all_lies.size()];
        const std::string where = text_of(grid{s.type, s.names(), shape, {}}) + ' ' + text_of(how)
                                + " seed " + std::to_string(seed);
        CAPTURE(where);
        body(made(s.x(), how, seed), s);
    }
}

const cast_of any_type{};
const cast_of floats{{dtype::float32, dtype::float64}};
const cast_of non_empty_floats{{dtype::float32, dtype::float64}, 1, true};

// By names, extents and elements, read one by one.
std::string apart(
    const any_tensor& a, const any_tensor& b, std::optional<double> t = std::nullopt
) {
    return difference(grid_of(a), grid_of(b), t);
}

any_tensor total(const any_tensor& x, const axes_argument& over) {
    return reduce_axes(x, over, kernels::reduction::sum);
}

}  // namespace

TEST_CASE("laws: rearranged there and back is the same, memory of factors included") {
    for_each_tensor(any_type, [](const any_tensor& x, const site& s) {
        const std::string letters = s.all_letters();
        const std::string turned = site::text(s.order(8));
        CHECK(
            apart(
                rearrange(
                    rearrange(x, pattern_text(letters + " -> " + turned)),
                    pattern_text(turned + " -> " + letters)
                ),
                x
            )
            == ""
        );

        if (!s.named || s.rank() < 2)
            return;
        // A merged axis knows its factors, so that nothing need be said on the way back.
        const std::string merged = "(" + turned + ")";
        const any_tensor one = rearrange(x, pattern_text(letters + " -> " + merged));
        CHECK(one.rank() == 1);
        CHECK(apart(rearrange(one, pattern_text(merged + " -> " + letters)), x) == "");
    });
}

TEST_CASE(
    "laws: permuted there and back, and flipped twice, is the same; so is rolled by n and by -n"
) {
    for_each_tensor(any_type, [](const any_tensor& x, const site& s) {
        const auto order = s.order(8);
        std::vector<std::size_t> back(order.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            back[order[i]] = i;
        const any_tensor turned = permute(x, s.axes(order));
        CHECK(
            apart(
                s.named ? permute(turned, s.all_letters().c_str()) : permute(turned, s.axes(back)),
                x
            )
            == ""
        );
        CHECK(apart(flip(flip(x, s.axes(s.some(9))), s.axes(s.some(9))), x) == "");
        const std::int64_t n = s.number(10, -20, 20);
        CHECK(apart(roll(roll(x, s.axis(), n), s.axis(), -n), x) == "");
        CHECK(apart(roll(x, s.axis(), s.extent()), x) == "");
        const range reversed{s.axis(), {}, {}, -1};
        CHECK(apart(slice(slice(x, reversed), reversed), x) == "");
        CHECK(apart(slice(x, reversed), flip(x, s.axes({s.at()}))) == "");
    });
}

TEST_CASE("laws: what is split, cut into chunks, unstacked or packed is put together again") {
    for_each_tensor(any_type, [](const any_tensor& x, const site& s) {
        const std::int64_t first = s.number(8, 0, s.extent());
        CHECK(apart(concat(split(x, s.axis(), {first, 0, s.extent() - first}), s.axis()), x) == "");
        const auto halves = chunk(x, s.axis(), s.extent() == 0 ? 2 : s.extent());
        CHECK(apart(concat(halves, s.axis()), x) == "");

        parts rows;
        for (const any_tensor& row : along(x, s.axis()))
            rows.push_back(row);
        for (std::size_t i = 0; i < rows.size(); ++i)
            CHECK(apart(rows[i], at(x, s.axis(), static_cast<std::int64_t>(i))) == "");
        if (!rows.empty()) {
            const any_tensor stacked = s.named ? stack(rows, site::letters[s.at()]) : stack(rows);
            std::vector<std::size_t> order(s.rank());
            std::iota(order.begin(), order.end(), std::size_t{0});
            order.erase(order.begin() + static_cast<std::ptrdiff_t>(s.at()));
            order.insert(order.begin(), s.at());
            CHECK(apart(stacked, permute(x, s.axes(order))) == "");
        }

        const any_tensor other = made({s.type, s.names(), s.shape, 0}, lie::mixed, s.seed + 1);
        const auto packed = pack("*", parts{x, other});
        const auto parts_again = unpack(packed.values, packed.shapes, "*");
        REQUIRE(parts_again.size() == 2);
        // The names of axes under '*' are not kept.
        CHECK(grid_of(parts_again[0]).values == grid_of(x).values);
        CHECK(grid_of(parts_again[1]).values == grid_of(other).values);
        CHECK(parts_again[1].shape().extents() == s.shape);
    });
}

TEST_CASE("laws: an added axis is dropped again; a padded tensor holds the one it was made of") {
    for_each_tensor(any_type, [](const any_tensor& x, const site& s) {
        if (s.named) {
            CHECK(apart(squeeze(unsqueeze(x, "z"), "z"), x) == "");
            CHECK(apart(squeeze(unsqueeze(x, "z", s.axis()), "z"), x) == "");
            CHECK(apart(at(broadcast(x, "z", 3), "z", 2), x) == "");
        } else {
            CHECK(apart(squeeze(unsqueeze(x, -1), -1), x) == "");
            CHECK(apart(squeeze(unsqueeze(x, 0), 0), x) == "");
            CHECK(apart(at(broadcast(x, 3), 0, 2), x) == "");
        }
        const std::int64_t before = s.number(8, 0, 3);
        const any_tensor padded = pad(x, s.axis(), before, s.number(9, 0, 3));
        CHECK(apart(slice(padded, {s.axis(), before, before + s.extent()}), x) == "");
        if (s.extent() == 0)
            return;
        const any_tensor windows =
            s.named ? unfold(x, s.axis(), "z", s.extent()) : unfold(x, s.axis(), s.extent());
        auto order = s.order(0);
        std::sort(order.begin(), order.end());
        order.erase(order.begin() + static_cast<std::ptrdiff_t>(s.at()));
        order.push_back(s.at());
        grid wanted = grid_of(permute(x, s.axes(order)));
        wanted.names.back() = s.label("z");
        CHECK(
            difference(
                grid_of(at(windows, s.named ? s.axis() : axis_argument(static_cast<int>(s.at())), 0)
                ),
                wanted
            )
            == ""
        );
    });
}

TEST_CASE(
    "laws: a sorted row is in order and a permutation; it is what x holds at argsort; topk begins it"
) {
    for_each_tensor(any_type, [](const any_tensor& x, const site& s) {
        const order way = s.pick(8, 2) == 0 ? order::ascending : order::descending;
        const grid sorted = grid_of(sort(x, s.axis(), way));
        const grid places = grid_of(argsort(x, s.axis(), way));
        const grid original = grid_of(x);

        testing::for_each_position(replaced(s.shape, s.at(), 1), [&](const extents& c) {
            std::vector<double> row = row_through(sorted, c, s.at());
            std::vector<double> was = row_through(original, c, s.at());
            std::vector<double> place = row_through(places, c, s.at());
            for (std::size_t i = 0; i < row.size(); ++i)
                CHECK(row[i] == was[static_cast<std::size_t>(place[i])]);
            CHECK(
                (way == order::ascending ? std::is_sorted(row.begin(), row.end())
                                         : std::is_sorted(row.rbegin(), row.rend()))
            );
            std::sort(place.begin(), place.end());
            for (std::size_t i = 0; i < place.size(); ++i)
                CHECK(place[i] == static_cast<double>(i));
        });

        CHECK(
            apart(take_along(x, argsort(x, s.axis(), way), s.axis()), sort(x, s.axis(), way)) == ""
        );
        const std::int64_t k = s.number(9, 0, s.extent());
        const auto best = topk(x, s.axis(), k, way);
        CHECK(apart(best.values, slice(sort(x, s.axis(), way), {s.axis(), 0, k})) == "");
        CHECK(apart(best.indices, slice(argsort(x, s.axis(), way), {s.axis(), 0, k})) == "");
        if (s.rank() == 1)
            CHECK(
                apart(take(x, argsort(x, s.axis(), way), s.axis()), sort(x, s.axis(), way)) == ""
            );
        if (s.extent() > 0) {
            const any_tensor up = argsort(x, s.axis());
            CHECK(apart(at(up, s.axis(), 0), argmin(x, s.axis())) == "");
            const any_tensor down = argsort(x, s.axis(), order::descending);
            CHECK(apart(at(down, s.axis(), 0), argmax(x, s.axis())) == "");
        }
    });
}

TEST_CASE(
    "laws: the last running sum is the sum; sums over some axes and then the rest are the sum over all"
) {
    for_each_tensor(any_type, [](const any_tensor& x, const site& s) {
        const axes_argument here = s.axes({s.at()});
        if (s.extent() > 0)
            CHECK(apart(at(cumsum(x, s.axis()), s.axis(), -1), total(x, here), 1e-5) == "");

        std::vector<std::size_t> all(s.rank());
        std::iota(all.begin(), all.end(), std::size_t{0});
        any_tensor by_one = x;
        for (std::size_t i = s.rank(); i-- > 0;) {
            const site rest{
                extents(s.shape.begin(), s.shape.begin() + static_cast<std::ptrdiff_t>(i + 1)),
                s.named,
                s.type,
                s.seed,
                false};
            by_one = total(by_one, rest.axes({i}));
        }
        CHECK(apart(by_one, total(x, s.axes(all)), 1e-5) == "");
        CHECK(apart(reduce_all(x, kernels::reduction::sum), total(x, s.axes(all)), 1e-5) == "");
        CHECK(apart(reduce(x, pattern_text(s.all_letters() + " ->"), by::sum), by_one, 1e-5) == "");
        if (s.type != dtype::boolean)
            CHECK(
                apart(
                    einsum(pattern_text(s.all_letters() + " ->"), parts{cast(x, dtype::float64)}),
                    cast(by_one, dtype::float64),
                    1e-5
                )
                == ""
            );
    });
}

TEST_CASE("laws: rows of softmax sum to 1; log_softmax is its logarithm, and x minus logsumexp") {
    for_each_tensor(non_empty_floats, [](const any_tensor& x, const site& s) {
        const axes_argument here = s.axes({s.at()});
        const grid sums = grid_of(total(softmax(x, s.axis()), here));
        for (const double sum : sums.values)
            CHECK(near(sum, 1, 1e-6));
        CHECK(apart(log_softmax(x, s.axis()), log(softmax(x, s.axis()))) == "");
        CHECK(apart(logsumexp(x, here), log(total(exp(x), here))) == "");
        const any_tensor hidden = full(dtype::boolean, x.shape(), 1);
        CHECK(apart(softmax(x, s.axis(), hidden), softmax(x, s.axis())) == "");
        if (s.named)
            CHECK(apart(x - logsumexp(x, here), log_softmax(x, s.axis())) == "");
        const any_tensor chosen = argmax(x, s.axis());
        CHECK(
            apart(
                cross_entropy_rows(x, s.axis(), chosen),
                -reduce_axes(log_softmax(x, s.axis()), here, kernels::reduction::max)
            )
            == ""
        );
    });
}

TEST_CASE(
    "laws: variance is the mean of squares minus the square of the mean; its root is the deviation"
) {
    for_each_tensor(non_empty_floats, [](const any_tensor& x, const site& s) {
        const axes_argument over = s.axes(s.some(8));
        const auto mean_of = [&](const any_tensor& of) {
            return reduce_axes(of, over, kernels::reduction::mean);
        };
        CHECK(apart(variance(x, over), mean_of(square(x)) - square(mean_of(x)), 1e-4) == "");
        CHECK(apart(standard_deviation(x, over), sqrt(variance(x, over))) == "");
        CHECK(apart(norm(x, over), sqrt(total(square(x), over))) == "");
        CHECK(apart(norm(x, over, norm_order::one), total(abs(x), over)) == "");
        CHECK(
            apart(
                norm(x, over, norm_order::infinity),
                reduce_axes(abs(x), over, kernels::reduction::max)
            )
            == ""
        );
    });
}

TEST_CASE("laws: where(c, x, x) is x, of both answers; and !(a & b) is !a | !b") {
    for_each_tensor(any_type, [](const any_tensor& x, const site& s) {
        const any_tensor c = made({dtype::boolean, s.names(), s.shape, 0}, lie::mixed, s.seed + 1);
        const any_tensor d = made({dtype::boolean, s.names(), s.shape, 0}, lie::mixed, s.seed + 2);
        CHECK(apart(where(c, &x, &x), x) == "");
        CHECK(apart(!(c & d), (!c) | (!d)) == "");
        CHECK(apart(c ^ d, not_equal_to(c, d)) == "");
        CHECK(equal(x, copy(x)));
        CHECK(allclose(x, packed_copy(x), {0, 0}));
        if (s.type != dtype::boolean) {
            CHECK(apart(-(-x), x) == "");
            CHECK(apart(clip(x, -2, 2), minimum(maximum(x, -2), 2)) == "");
            const any_tensor negative = -x;
            CHECK(apart(where(x < 0, &negative, &x), abs(x)) == "");
        }
    });
}

TEST_CASE(
    "laws: the diagonal of an outer product is the square; einsum of two orders is one transposed"
) {
    for_each_tensor(floats, [](const any_tensor& x, const site& s) {
        const any_tensor v = made({s.type, {"i"}, {x.volume()}, 0}, lie::mixed, s.seed);
        const any_tensor table = outer(v, rename(v, "i -> j"));
        CHECK(apart(diagonal(table, "i j -> i"), square(v)) == "");
        const any_tensor m = made({s.type, {"j", "k"}, {v.volume(), 3}, 0}, lie::mixed, s.seed);
        CHECK(
            apart(
                einsum("i j, j k -> k i", parts{table, m}),
                permute(einsum("i j, j k -> i k", parts{table, m}), "k i")
            )
            == ""
        );
        CHECK(apart(dot(table, m, "j"), einsum("i j, j k -> i k", parts{table, m}), 1e-4) == "");
    });
}

TEST_CASE("laws: the extents that parse_shape reads are those that a split takes") {
    for_each_tensor(any_type, [](const any_tensor& x, const site& s) {
        const auto sizes = parse_shape(x, pattern_text(s.all_letters()));
        REQUIRE(sizes.size() == s.rank());
        const pattern_text merge(s.all_letters() + " -> (" + s.all_letters() + ")");
        const pattern_text split("(" + s.all_letters() + ") -> " + s.all_letters());
        CHECK(apart(rearrange(rearrange(x, merge), split, sizes), x) == "");
    });
}

TEST_CASE(
    "laws: what is made of the elements of a tensor is that tensor, and its memory is never written to"
) {
    for_each_tensor(floats, [](const any_tensor& any, const site& s) {
        const tensor<double> x(cast(any, dtype::float64));
        const std::vector<double> elements = x.to_vector();
        CHECK(grid_of(x).values == elements);
        CHECK(equal(from(elements, x.shape()), x));
        std::vector<double> given = elements;
        CHECK(equal(from(std::move(given), x.shape()), x));

        tensor<double> borrowed = borrow(elements.data(), x.shape());
        borrowed += 1;
        CHECK(elements == x.to_vector());
        CHECK(apart(borrowed, x + 1) == "");
        CHECK(apart(x * zeros<double>(x.shape()), zeros_like(x)) == "");
        CHECK(apart(x * ones<double>(x.shape()), x) == "");
        if (s.rank() == 1 && !s.named)
            CHECK(equal(from(x.to_vector(), {s.extent()}), x));
    });
}

TEST_CASE("laws: a permutation holds each position once, and shuffles the rows that are taken by it"
) {
    for_each_tensor(any_type, [](const any_tensor& x, const site& s) {
        const tensor<std::int64_t> p = permutation(axis_names(s.label(s.at())), s.extent(), s.seed);
        CHECK(apart(p, permutation(axis_names(s.label(s.at())), s.extent(), s.seed)) == "");
        std::vector<std::int64_t> all = p.to_vector();
        std::sort(all.begin(), all.end());
        for (std::size_t i = 0; i < all.size(); ++i)
            CHECK(all[i] == static_cast<std::int64_t>(i));
        if (s.extent() > 0)
            CHECK(
                apart(
                    take(take(x, p, s.axis()), argsort(p.any(), s.named ? s.axis() : 0), s.axis()),
                    x
                )
                == ""
            );
    });
}
