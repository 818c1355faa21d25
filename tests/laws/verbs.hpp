#pragma once

#include <abax/plan/arguments.hpp>

#include "grid.hpp"
#include "operands.hpp"
#include "shapes.hpp"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

/// One table of all verbs: how each is called on operands of any shape, and what comes out, by plain loops.
namespace abax::laws {

/// The element types that a verb is defined on.
enum class domain { all, numbers, floats, integers, bools };

[[nodiscard]] inline bool contains(domain takes, dtype type) {
    switch (takes) {
    case domain::numbers: return type != dtype::boolean;
    case domain::floats: return is_floating(type);
    case domain::integers: return type == dtype::int32 || type == dtype::int64;
    case domain::bools: return type == dtype::boolean;
    default: return true;
    }
}

inline constexpr std::array all_types{
    dtype::float32, dtype::float64, dtype::int32, dtype::int64, dtype::boolean};

/// Where a verb is called: the shape of its first operand, and the choices that it leaves open, made by a seed.
struct site {
    extents shape = {};
    bool named = false;
    dtype type = dtype::float32;
    std::uint64_t seed = 0;
    bool wrong_axis = false;  ///< whether the axes asked for are not there

    static constexpr std::array<const char*, 8> letters{"a", "b", "c", "d", "e", "f", "g", "h"};

    [[nodiscard]] std::size_t rank() const { return shape.size(); }
    /// A number from 0 to n - 1, the same for the same `salt`.
    [[nodiscard]] std::uint64_t pick(std::uint64_t salt, std::uint64_t n) const {
        std::mt19937_64 random(seed * 1000003 + salt);
        return random() % n;
    }
    [[nodiscard]] std::int64_t number(std::uint64_t salt, std::int64_t from, std::int64_t to)
        const {
        return from
             + static_cast<std::int64_t>(pick(salt, static_cast<std::uint64_t>(to - from + 1)));
    }
    /// The one axis that a verb works along.
    [[nodiscard]] std::size_t at() const { return pick(1, rank()); }
    [[nodiscard]] std::int64_t extent() const { return shape[at()]; }
    [[nodiscard]] std::string label(std::size_t i) const { return named ? letters[i] : ""; }
    /// `text`, or nothing on unnamed tensors.
    [[nodiscard]] std::string label(const char* text) const { return named ? text : ""; }
    [[nodiscard]] labels names() const {
        labels all;
        for (std::size_t i = 0; i < rank(); ++i)
            all.push_back(label(i));
        return all;
    }
    /// The letters of these axes, as in a pattern: "a c".
    [[nodiscard]] static std::string text(const std::vector<std::size_t>& which) {
        std::string all;
        for (const std::size_t i : which)
            all += (all.empty() ? "" : " ") + std::string(letters[i]);
        return all;
    }

    /// "a b c", whether named or not.
    [[nodiscard]] std::string all_letters() const {
        std::vector<std::size_t> all(rank());
        std::iota(all.begin(), all.end(), std::size_t{0});
        return text(all);
    }

    [[nodiscard]] axis_argument axis(std::size_t i) const {
        if (wrong_axis)
            return named ? axis_argument("nowhere") : axis_argument(static_cast<int>(rank()));
        return named ? axis_argument(letters[i])
                     : axis_argument(
                         static_cast<int>(i) - (pick(2, 2) == 0 ? static_cast<int>(rank()) : 0)
                     );
    }
    [[nodiscard]] axis_argument axis() const { return axis(at()); }
    [[nodiscard]] axes_argument axes(const std::vector<std::size_t>& which) const;

    /// All axes in some order.
    [[nodiscard]] std::vector<std::size_t> order(std::uint64_t salt) const;
    /// At least one axis, in some order.
    [[nodiscard]] std::vector<std::size_t> some(std::uint64_t salt) const;

    [[nodiscard]] spec x() const { return {type, names(), shape, 0}; }
};

using parts = std::vector<any_tensor>;

/// The arithmetic of a call: contraction, other, specials.
struct work {
    std::int64_t mm = 0;
    std::int64_t other = 0;
    std::int64_t specials = 0;
};

struct verb_case {
    std::string label;
    domain takes = domain::all;
    bool is_view = false;
    bool same_bits = true;    ///< a strided operand gives the bits of its packed copy
    bool takes_axis = false;  ///< asks the site for an axis, which may be missing
    bool meets = false;       ///< the axes of the last operand must be those of the first ones
    bool moves_only = false;  ///< reads its operands and writes its results, without arithmetic
    std::function<bool(const site&)> applies = [](const site&) { return true; };
    std::function<std::vector<spec>(const site&)> operands = [](const site& s) {
        return std::vector<spec>{s.x()};
    };
    std::function<parts(const parts&, const site&)> run = {};
    std::function<grids(const grids&, const site&)> oracle = {};
    /// From operands and results; a verb without one is only held to the general rules of the bill.
    std::function<work(const grids& in, const grids& out, const site&)> costs = {};
    /// The bytes read, where it is not each operand once.
    std::function<std::int64_t(const parts& in, const grids& out, const site&)> reads = {};
};

[[nodiscard]] inline bool has_axis(const site& s) {
    return s.rank() > 0;
}
[[nodiscard]] inline bool has_elements_along(const site& s) {
    return s.rank() > 0 && s.extent() > 0;
}

/// The value of an operand at a coordinate of axes with these names: its own axes by name, or all of them by position.
[[nodiscard]] inline double value_at(const grid& g, const labels& names, const extents& at) {
    extents own;
    for (std::size_t i = 0; i < g.rank(); ++i) {
        std::size_t k = i;
        if (!g.names[i].empty())
            for (k = 0; names[k] != g.names[i];)
                ++k;
        own.push_back(at[k]);
    }
    return g(own);
}

/// The elements of one row, along axis `at`, of the row that holds the coordinate.
[[nodiscard]] inline std::vector<double> row_through(const grid& g, extents where, std::size_t at) {
    std::vector<double> row;
    for (where[at] = 0; where[at] < g.shape[at]; ++where[at])
        row.push_back(g(where));
    return row;
}

[[nodiscard]] std::vector<verb_case> elementwise_verbs();
[[nodiscard]] std::vector<verb_case> view_verbs();
[[nodiscard]] std::vector<verb_case> movement_verbs();
[[nodiscard]] std::vector<verb_case> row_verbs();
[[nodiscard]] std::vector<verb_case> reduction_verbs();
[[nodiscard]] std::vector<verb_case> contraction_verbs();
[[nodiscard]] std::vector<verb_case> pattern_verbs();
[[nodiscard]] std::vector<verb_case> created_verbs();
[[nodiscard]] const std::vector<verb_case>& all_verbs();

/// body(verb, site) for each verb at each shape where it applies, with names and types in turn.
void for_each_site(int rounds, const std::function<void(const verb_case&, const site&)>& body);

/// What a test says about where it is.
[[nodiscard]] std::string text_of(const verb_case& v, const site& s);

/// The operands of a verb; each lies in memory in a way of its own.
[[nodiscard]] parts operands_at(
    const verb_case& v, const site& s, std::optional<lie> how = std::nullopt
);

[[nodiscard]] inline grids grids_of(const parts& all) {
    grids result;
    for (const any_tensor& x : all)
        result.push_back(grid_of(x));
    return result;
}

}  // namespace abax::laws
