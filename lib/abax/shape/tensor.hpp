#pragma once

#include <abax/shape/any_tensor.hpp>
#include <abax/shape/axis_size.hpp>
#include <abax/shape/flat.hpp>
#include <abax/shape/refusal.hpp>
#include <abax/shape/static_axes.hpp>

#include <array>
#include <concepts>
#include <initializer_list>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace abax {

/// The offset of a coordinate from coordinate 0. @throws abax::error rank_mismatch; usage: outside the extents
[[nodiscard]] std::int64_t offset_of(const layout& where, std::span<const std::int64_t> coordinate);

/// The offset of a coordinate given by name, in any order, each axis exactly once; an axis that remembers factors goes
/// by its own name. @throws abax::error  unknown_axis, duplicate_axis; rank_mismatch: an axis is not given; usage: outside
/// the extents
[[nodiscard]] std::int64_t offset_of(const layout& where, std::span<const axis_size> coordinate);

/// `tensor<float>`, whose axes may have names in its value, or `tensor<float, "b s m">`, whose axes are its type's.
template <element T, static_axes Axes = names_in_value>
class tensor;

namespace detail {

/// A call that is yet to run: verbs with names in types hand it to the constructor of their result, which keeps the code of each
/// such call to a few instructions. The arguments are those of the struct that derives from it.
struct pending {
    any_tensor (*run)(const pending&);
};

}  // namespace detail

/// A tensor of elements T; its axes may have names, known at run time.
///
/// A value: copying is O(1) and shares the buffer, and nothing dangles. Writing goes through `mut()` or a verb
/// that says so (`assign`), which first copies a shared buffer.
template <element T>
class tensor<T, names_in_value> {
public:
    using value_type = T;  ///< the element type

    /// A dry tensor of rank 0: a place to put another one.
    tensor() : any_(any_tensor::dry(dtype_of<T>, {})) {}

    /// Takes a tensor whose element type is T. @throws abax::error dtype_mismatch
    explicit tensor(any_tensor x) : any_(std::move(x)) { require_dtype(any_, dtype_of<T>); }

    /// Runs a call whose result has elements of type T.
    explicit tensor(const detail::pending& call) : any_(call.run(call)) {}

    ///@{
    /// As `any_tensor`: shares the buffer, and only what has a name can be assigned to.
    tensor(const tensor&) = default;
    tensor(tensor&&) noexcept = default;
    tensor& operator=(const tensor&) & = default;
    tensor& operator=(tensor&&) & noexcept = default;
    instead::write_assign_z_range_value operator=(const tensor&) && = delete;
    ///@}
    ~tensor() = default;

    ///@{
    /// The same tensor, its element type known at run time only: no copy. Verbs and files take it so.
    [[nodiscard]] const any_tensor& any() const noexcept { return any_; }
    [[nodiscard]] any_tensor& any() noexcept { return any_; }
    operator const any_tensor&() const noexcept {
        return any_;
    }  // NOLINT(google-explicit-constructor): a veneer
    ///@}

    /// The `dtype` of T.
    [[nodiscard]] static constexpr dtype type() noexcept { return dtype_of<T>; }
    /// Names and extents.
    [[nodiscard]] const abax::shape& shape() const noexcept { return any_.shape(); }
    /// Axes, strides and offset, in elements.
    [[nodiscard]] const layout& where() const noexcept { return any_.where(); }
    /// Number of axes, 0 to 32.
    [[nodiscard]] std::size_t rank() const noexcept { return any_.rank(); }
    /// Number of elements, repeated ones included. @throws abax::error overflow
    [[nodiscard]] std::int64_t volume() const { return any_.volume(); }
    /// The extent of the axis called `label`. @throws abax::error unknown_axis
    [[nodiscard]] std::int64_t extent(std::string_view label) const { return any_.extent(label); }
    /// By position, -1 is the last: for unnamed tensors. @throws abax::error unknown_axis, usage
    [[nodiscard]] std::int64_t extent(std::int64_t position) const { return any_.extent(position); }
    /// The names of the axes in order; "" for an axis without one.
    [[nodiscard]] std::vector<std::string> names() const { return any_.names(); }
    /// What the elements take when stored densely. @throws abax::error overflow
    [[nodiscard]] std::int64_t bytes() const { return any_.bytes(); }
    /// Whether it has axes and a price, but no elements.
    [[nodiscard]] bool is_dry() const noexcept { return any_.is_dry(); }
    /// Whether any axis has a name.
    [[nodiscard]] bool is_named() const noexcept { return any_.is_named(); }
    /// Row-major and dense: elements can be read by `data()` counting up.
    [[nodiscard]] bool is_contiguous() const noexcept { return any_.is_contiguous(); }

    /// The element at coordinate 0, for reading; `where()` tells the strides. @throws abax::error dry
    [[nodiscard]] const T* data() const { return reinterpret_cast<const T*>(any_.data()); }

    /// One element, by its coordinate in the order of the axes: `x(1, 0, 2)`. Nothing counts from the end.
    /// @throws abax::error rank_mismatch, usage (outside), dry
    template <std::integral... Coordinates>
    [[nodiscard]] T operator()(Coordinates... at) const {
        const std::array<std::int64_t, sizeof...(at)> coordinate{static_cast<std::int64_t>(at)...};
        return data()[offset_of(where(), coordinate)];
    }

    /// One element, by name and in any order: `x("b"_ax = 1, "s"_ax = 2)`. Each axis exactly once.
    /// @throws abax::error unknown_axis, duplicate_axis, rank_mismatch (an axis is not given), usage (outside), dry
    template <size_argument... More>
    [[nodiscard]] T operator()(axis_size first, More... more) const {
        const std::array<axis_size, 1 + sizeof...(more)> coordinate{first, more...};
        return data()[offset_of(where(), coordinate)];
    }

    /// The only element. @throws abax::error size_mismatch: more or less than one; dry
    [[nodiscard]] T item() const;

    /// The elements in row-major order, read in place whatever the strides: `for (float v : x.flat())`. The range keeps
    /// the buffer alive, so that x may be a temporary. @throws abax::error dry @cost none: on no bill
    [[nodiscard]] flat_range<T> flat() const { return flat_range<T>(any_); }

    /// The elements in row-major order, copied. @throws abax::error dry, allocation
    [[nodiscard]] std::vector<T> to_vector() const;

    /// The door for writing: the buffer is first made its own (`make_unique`). The pointer is to coordinate 0
    /// and is good until the tensor is copied or assigned to. @throws abax::error dry, allocation
    [[nodiscard]] T* mut() {
        make_unique(any_);
        return reinterpret_cast<T*>(any_.writable());
    }

private:
    any_tensor any_;
};

namespace detail {

/// Says that a value is known to have the axes of the type it is to get.
struct trusted {};

/// A dry tensor of these axes, each of extent 0.
[[nodiscard]] any_tensor placeholder(dtype type, std::string_view axes);
/// `x` without the factors that `axes`, its axes in other words, do not remember.
[[nodiscard]] any_tensor forgotten(const any_tensor& x, std::string_view axes);

/// Whether the axes of a type are legal.
template <static_axes Axes>
struct axes_check {
    static constexpr verdict judged() {
        if (Axes.is != static_axes::state::faulty)
            return verdict::of(Axes);
        const token_array tokens = walk(Axes.view(), verb::axes);
        if (const auto wrong = first_fault(Axes.view(), verb::axes, tokens.view()))
            return verdict::faulty(Axes.view(), *wrong);
        return verdict::refused(
            category::syntax,
            sentence::a_list_of_axes_in_a_type_has_no_extents_ellipses_or_more_than_150_characters,
            fragment(fragment_kind::pattern, Axes.view())
        );
    }
    static constexpr verdict says = judged();
};

/// Whether a tensor with the axes `From` may become one with the axes `To`: the same, or the same without memories.
template <element T, static_axes To, element U, static_axes From>
struct conversion_check {
    static constexpr verdict judged() {
        if (From.is == static_axes::state::refused || To.is != static_axes::state::legal)
            return verdict::silent();
        if constexpr (!std::same_as<T, U>)
            return verdict::refused(
                category::dtype_mismatch,
                sentence::the_operands_hold_other_types_of_elements__cast_one
            );
        if (From.is == static_axes::state::in_value)
            return verdict::refused(
                category::name_mismatch,
                sentence::names_in_the_value_are_checked_by_as,
                quoted(fragment_kind::wanted, To.view())
            );
        const axis_table& from = table_of<From>;
        const axis_table& to = table_of<To>;
        const auto wanted = quoted(fragment_kind::wanted, To.view());
        const auto has = quoted(fragment_kind::tensor, From.view());
        if (from.rank() != to.rank()) {
            fragment extra(fragment_kind::axis, "");
            for (std::size_t i = 0; i < from.rank(); ++i)
                if (!to.has(from[i].label))
                    extra.add(extra.length == 0 ? "" : " ").add(from[i].text);
            for (std::size_t i = 0; i < to.rank(); ++i)
                if (!from.has(to[i].label))
                    extra.add(extra.length == 0 ? "" : " ").add(to[i].text);
            return verdict::refused(
                category::rank_mismatch, sentence::assignment_keeps_the_rank, has, wanted, extra
            );
        }
        for (std::size_t i = 0; i < from.rank(); ++i)
            if (!axis_table::same(from[i].label, to[i].label)
                || (to[i].remembers() && !axis_table::same(from[i].factors, to[i].factors)))
                return verdict::refused(
                    category::name_mismatch,
                    sentence::assignment_never_permutes_or_broadcasts,
                    has,
                    wanted,
                    fragment(fragment_kind::axis, to[i].text)
                );
        return verdict::of(To);
    }
    static constexpr verdict says = judged();
};

}  // namespace detail

namespace detail {

/// The tensor that a typed one is, too.
template <element T>
using with_names_in_value = tensor<T, names_in_value>;

}  // namespace detail

/// A tensor of elements T whose axes, in this order, are part of its type: `tensor<float, "b s (m: h d)">`. Extents are known
/// at run time.
///
/// It is a `tensor<T>` whose value has the same names, so every verb that takes one takes this too, and gives a `tensor<T>`;
/// the verbs with names in angle brackets, `softmax<"s'">(x)`, are checked by the compiler and give such a type.
/// Spelling does not matter: "b s" and " b  s" are one type.
template <element T, static_axes Axes>
class tensor : public detail::with_names_in_value<T> {
    using base = detail::with_names_in_value<T>;

public:
    /// The axes that the type has.
    static constexpr static_axes static_names = Axes;

    /// A dry tensor with every extent 0: a place to put another one.
    tensor() : base(detail::placeholder(dtype_of<T>, Axes.view())) {
        require<detail::axes_check<Axes>>();
    }

    /// A value that is known to have these axes: what verbs give. `as<"b s">(x)` checks.
    [[gnu::always_inline]] tensor(detail::trusted, any_tensor x) : base(std::move(x)) {
        require<detail::axes_check<Axes>>();
    }
    /// The same for a call that gives one.
    [[gnu::always_inline]] tensor(detail::trusted, const detail::pending& call) : base(call) {}

    /// A tensor with the same axes, in this order, perhaps with more memory of their factors: O(1), the buffer is shared.
    /// Anything else does not compile: nothing is permuted or broadcast, and names in a value are checked by `as<"b s">(x)`.
    template <element U, static_axes From>
    tensor(const tensor<U, From>& x)  // NOLINT(google-explicit-constructor): a conversion
        : base(converted<U, From>(x)) {}

    ///@{
    /// As `tensor<T>`: shares the buffer, and only what has a name can be assigned to.
    tensor(const tensor&) = default;
    tensor(tensor&&) noexcept = default;
    tensor& operator=(const tensor&) & = default;
    tensor& operator=(tensor&&) & noexcept = default;
    instead::write_assign_z_range_value operator=(const tensor&) && = delete;
    ///@}
    ~tensor() = default;

private:
    template <element U, static_axes From>
    static any_tensor converted(const tensor<U, From>& x) {
        require<detail::conversion_check<T, Axes, U, From>>();
        return detail::forgotten(x.any(), Axes.view());
    }
};

extern template class tensor<float>;
extern template class tensor<double>;
extern template class tensor<std::int32_t>;
extern template class tensor<std::int64_t>;
extern template class tensor<bool>;

///@{
/// Whether X is `any_tensor` or a `tensor<T>`.
template <class X>
inline constexpr bool is_tensor = std::same_as<X, any_tensor>;
template <element T, static_axes Axes>
inline constexpr bool is_tensor<tensor<T, Axes>> = true;
///@}

/// `tensor<T>`, with axes in its type or not, or `any_tensor`.
template <class X>
concept tensor_like = is_tensor<X>;

///@{
/// Whether X has its axes in its type: `tensor<float, "b s">`.
template <class X>
inline constexpr bool axes_in_type = false;
template <element T, static_axes Axes>
inline constexpr bool axes_in_type<tensor<T, Axes>> = Axes != names_in_value;
///@}

}  // namespace abax
