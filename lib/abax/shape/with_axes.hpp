#pragma once

#include <abax/shape/tensor.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace abax {

/// What `with_axes` asks of a tensor: names in any order, "b s m", and perhaps that others are welcome, "b s ...".
struct wanted_axes {
    static_axes names;     ///< without the ellipsis, as they are written in a tensor's type
    bool is_open = false;  ///< whether there was one: the tensor may have more axes

    /// A literal. One that is no such list is kept as such, and whoever asks is told what is wrong with it.
    template <std::size_t N>
    consteval wanted_axes(const char (&literal)[N]
    )  // NOLINT(google-explicit-constructor): with_axes<"b s ..."> auto&
    {
        char text[N] = {};
        bool in_group = false;
        for (std::size_t i = 0; i + 1 < N; ++i) {
            text[i] = literal[i];
            in_group = literal[i] == '(' || (in_group && literal[i] != ')');
            if (in_group || is_open
                || std::string_view(literal + i, N - 1 - i).substr(0, 3) != "...")
                continue;
            is_open = true;
            text[i] = ' ';
            text[i + 1] = text[i + 2] = ' ';
            i += 2;
        }
        names = static_axes(text);
        const axis_table all(names.is == static_axes::state::legal ? names.view() : "");
        for (std::size_t i = 0; i < all.rank(); ++i)
            if (!all[i].is_named())  // has nothing to be found by
                names.is = static_axes::state::faulty;
    }

    /// Whether a tensor with these axes has what is asked for. What was refused before has anything: one mistake, one error.
    [[nodiscard]] constexpr bool are_met_by(const static_axes& axes) const {
        if (names.is != static_axes::state::legal || axes.is != static_axes::state::legal)
            return axes.is != static_axes::state::in_value;
        const axis_table has(axes.view());
        const axis_table wanted(names.view());
        if (!is_open && has.rank() != wanted.rank())
            return false;
        for (std::size_t i = 0; i < wanted.rank(); ++i) {
            const std::size_t at = has.find(wanted[i].label);
            if (at == has.rank()
                || (wanted[i].remembers() && !axis_table::same(wanted[i].factors, has[at].factors)))
                return false;
        }
        return true;
    }
};

namespace detail {

template <wanted_axes Wanted, static_axes Axes>
[[nodiscard]] constexpr bool met() {
    require<axes_check<Wanted.names>>();
    return Wanted.are_met_by(Axes);
}

}  // namespace detail

///@{
/// Whether a type has the axes that are wanted.
template <class X, wanted_axes Wanted>
inline constexpr bool has_axes = false;
template <element T, static_axes Axes, wanted_axes Wanted>
inline constexpr bool has_axes<tensor<T, Axes>, Wanted> = detail::met<Wanted, Axes>();
///@}

/// Any tensor whose type has these axes, in any order: `void f(const with_axes<"b s ..."> auto& x)`.
///
/// With `...` it may have others too, without it has exactly these. `m` asks for an axis called m, whatever it remembers,
/// `(m: h d)` for one that remembers h and d. A `tensor<T>`, whose names are in its value, has none here: `as<"b s m">(x)` gives
/// it some.
template <class X, wanted_axes Wanted>
concept with_axes = has_axes<std::remove_cvref_t<X>, Wanted>;

}  // namespace abax
