#include <abax/ops/filled.hpp>
#include <abax/ops/from.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

namespace abax {

using namespace detail;  // what the verbs that only move elements share

namespace {

void require_volume(const shape& axes, std::size_t count) {
    const auto got = static_cast<std::int64_t>(count);
    if (axes.volume() != got)
        throw error(
            {.kind = category::size_mismatch,
             .operation = "from",
             .message =
                 std::to_string(got) + " elements for a shape of " + std::to_string(axes.volume()),
             .expected_extent = axes.volume(),
             .got_extent = got,
             .input = axes.str(),
             .expected = std::to_string(axes.volume()) + " elements",
             .got = std::to_string(got)}
        );
}

template <class T, class Elements>
tensor<T> copied(const Elements& elements, const shape& axes) {
    require_volume(axes, elements.size());
    return tensor<T>(filled("from", dtype_of<T>, axes, [&](any_tensor& result) {
        std::copy(elements.begin(), elements.end(), reinterpret_cast<T*>(result.writable()));
    }));
}

}  // namespace

namespace detail {

template <element T>
void collected<T>::require_extent(std::size_t depth, std::int64_t extent) {
    std::int64_t& wanted = extents_[depth];
    if (wanted == unknown)
        wanted = extent;
    if (wanted == extent)
        return;
    std::string at;
    for (const std::int64_t i : path_)
        at += '[' + std::to_string(i) + ']';
    throw error(
        {.kind = category::size_mismatch,
         .operation = "from",
         .message = "the list at " + at + " has " + std::to_string(extent)
                  + " entries where those before it have " + std::to_string(wanted),
         .expected_extent = wanted,
         .got_extent = extent,
         .expected = "lists of equal lengths",
         .got = std::to_string(extent),
         .help = "add or drop entries there; a tensor has no ragged rows"}
    );
}

template <element T>
tensor<T> collected<T>::under(axis_names names) const {
    // {} could be a list of any depth. It is taken for as shallow a one as it can be: what is behind the last list that
    // has been seen is no axis.
    std::vector<std::int64_t> extents = extents_;
    extents.erase(std::find(extents.begin(), extents.end(), unknown), extents.end());
    return copied<T>(elements_, axes_or_none(names, extents));
}

template class collected<float>;
template class collected<double>;
template class collected<std::int32_t>;
template class collected<std::int64_t>;
template class collected<bool>;

}  // namespace detail

template <element T>
tensor<T> from(std::span<const T> elements, const shape_argument& axes) {
    return copied<T>(elements, axes.axes());
}

template <element T>
tensor<T> from(const std::vector<T>& elements, const shape_argument& axes) {
    return copied<T>(elements, axes.axes());
}

template <element T>
tensor<T> from(std::vector<T>&& elements, const shape_argument& axes) {
    if constexpr (std::is_same_v<T, bool>) {
        return copied<T>(elements, axes.axes());
    } else {
        require_volume(axes.axes(), elements.size());
        layout where = layout::row_major(axes.axes());
        const std::size_t bytes = elements.size() * sizeof(T);
        buffer storage;
        if (dry_run::is_on()) {
            storage = buffer::dry(bytes);
        } else {
            // Shared, since what releases a buffer must be copyable.
            auto kept = std::make_shared<std::vector<T>>();
            storage = buffer::adopt(elements.data(), bytes, [kept] {});
            kept->swap(elements);  // moves no element: the buffer still points to them
        }
        any_tensor result(dtype_of<T>, where, std::move(storage));
        return tensor<T>(viewed("from", result, std::move(where)));
    }
}

template <element T>
tensor<T> borrow(const T* elements, const shape_argument& axes) {
    layout where = layout::row_major(axes.axes());
    const auto bytes = static_cast<std::size_t>(where.axes.volume()) * sizeof(T);
    return tensor<T>(any_tensor(
        dtype_of<T>, std::move(where), buffer::adopt_read_only(const_cast<T*>(elements), bytes, {})
    ));
}

#define ABAX_FROM(T)                                                                               \
    template tensor<T> from(std::span<const T>, const shape_argument&);                            \
    template tensor<T> from(const std::vector<T>&, const shape_argument&);                         \
    template tensor<T> from(std::vector<T>&&, const shape_argument&);                              \
    template tensor<T> borrow(const T*, const shape_argument&);
ABAX_FROM(float)
ABAX_FROM(double)
ABAX_FROM(std::int32_t)
ABAX_FROM(std::int64_t)
ABAX_FROM(bool)
#undef ABAX_FROM

}  // namespace abax
