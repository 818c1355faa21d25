#pragma once

#include <abax/account/ledger.hpp>
#include <abax/core/error.hpp>
#include <abax/ops/create.hpp>
#include <abax/shape/tensor.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// Tensors with awkward layouts, reading by name, and what a call throws or puts on a bill.
namespace abax::testing {

using extents = std::vector<std::int64_t>;
using place = std::map<std::string, std::int64_t>;  ///< a position for each name

/// What `body` throws; fails the test if it throws nothing.
template <class Body>
[[nodiscard]] diagnosis thrown_by(Body&& body) {
    try {
        std::forward<Body>(body)();
    } catch (const error& e) {
        return e.details();
    }
    FAIL("no error was thrown");
    return {};
}

/// The category of what `body` throws, as text, or "nothing".
template <class Body>
[[nodiscard]] std::string category_of(Body&& body) {
    try {
        std::forward<Body>(body)();
    } catch (const error& e) {
        return std::string(to_string(e.kind()));
    }
    return "nothing";
}

/// body(coordinate) for each position of a shape, the last axis fastest.
template <class Body>
void for_each_position(const extents& shape, const Body& body) {
    for (const std::int64_t extent : shape)
        if (extent == 0)
            return;
    extents at(shape.size(), 0);
    for (;;) {
        body(std::as_const(at));
        std::size_t axis = shape.size();
        while (axis > 0 && ++at[axis - 1] == shape[axis - 1])
            at[--axis] = 0;
        if (axis == 0)
            return;
    }
}

/// The element of x at a coordinate, read through its strides.
template <class T>
[[nodiscard]] T element_at(const any_tensor& x, const extents& at) {
    return reinterpret_cast<const T*>(x.data())[offset_of(x.where(), at)];
}

/// The element of x where each of its axes has the position that `where` gives its name.
template <class T>
[[nodiscard]] T element_by_name(const any_tensor& x, const place& where) {
    extents at;
    for (const axis& a : x.shape())
        at.push_back(where.at(std::string(a.label.text())));
    return element_at<T>(x, at);
}

/// body(place) for each combination of positions of these names.
template <class Body>
void for_each_place(const place& all, const Body& body) {
    extents shape;
    for (const auto& [label, extent] : all)
        shape.push_back(extent);
    for_each_position(shape, [&](const extents& at) {
        place where;
        std::size_t i = 0;
        for (const auto& [label, extent] : all)
            where[label] = at[i++];
        body(where);
    });
}

/// The extents of a named tensor by name.
[[nodiscard]] inline place extents_by_name(const any_tensor& x) {
    place result;
    for (const axis& a : x.shape())
        result[std::string(a.label.text())] = a.extent;
    return result;
}

/// How the elements of an operand lie in memory.
enum class lie { packed, permuted, sliced, backwards };
inline constexpr lie all_lies[] = {lie::packed, lie::permuted, lie::sliced, lie::backwards};

inline std::ostream& operator<<(std::ostream& out, lie how) {
    constexpr const char* names[] = {"packed", "permuted", "sliced", "backwards"};
    return out << names[static_cast<int>(how)];
}

/// The elements i -> value(i), row-major in logical order, but lying in memory as `how` says.
template <element T, class Value>
[[nodiscard]] tensor<T> laid(const shape& axes, lie how, const Value& value) {
    const std::size_t rank = axes.rank();
    layout where{axes, strides(rank, 0), 0};
    std::int64_t step = how == lie::sliced ? 2 : 1;
    for (std::size_t k = 0; k < rank; ++k) {
        const std::size_t i = how == lie::permuted ? k : rank - 1 - k;
        const std::int64_t room = axes[i].extent + (how == lie::sliced ? 1 : 0);
        where.stride[i] = how == lie::backwards ? -step : step;
        if (how == lie::backwards && axes[i].extent > 0)
            where.offset += step * (axes[i].extent - 1);
        step *= room > 0 ? room : 1;
    }
    if (how == lie::sliced)
        where.offset = 1;
    // What lies between the elements is not 0, so that reading it shows.
    const tensor<T> memory =
        full<T>(shape::of({step + 1}), std::is_same_v<T, bool> ? T(true) : T(77));
    tensor<T> result(memory.any().viewed(where));
    auto* const first = reinterpret_cast<T*>(const_cast<std::byte*>(memory.any().storage().data()));
    std::int64_t i = 0;
    for_each_position(axes.extents(), [&](const extents& at) {
        first[where.offset + offset_of(where, at)] = static_cast<T>(value(i++));
    });
    return result;
}

/// Elements equal to their own row-major position, from 1: a swapped axis cannot pass by luck.
template <element T = float>
[[nodiscard]] tensor<T> counted(const shape& axes, lie how = lie::packed) {
    if constexpr (std::is_same_v<T, bool>)
        return laid<T>(axes, how, [](std::int64_t i) { return i % 3 != 1; });
    else
        return laid<T>(axes, how, [](std::int64_t i) { return i + 1; });
}

/// Small whole numbers: sums and products of them are exact in every element type.
template <element T = float>
[[nodiscard]] tensor<T> small_numbers(
    const shape& axes, std::mt19937& random, lie how = lie::packed
) {
    return laid<T>(axes, how, [&](std::int64_t) {
        if constexpr (std::is_same_v<T, bool>)
            return random() % 2 == 0;
        else
            return static_cast<std::int64_t>(random() % 7) - 3;
    });
}

/// Names "b s m" with these extents.
[[nodiscard]] inline tensor<float> named_tensor(std::string_view names, const extents& shape) {
    return counted<float>(axes(names, shape));
}

/// What a ledger says of one record, without its time.
struct billed {
    std::string operation;
    std::string detail;
    std::string scope;
    op_class kind = op_class::view;
    counters counted;
    std::int64_t parent = -1;

    friend bool operator==(const billed&, const billed&) = default;
    friend std::ostream& operator<<(std::ostream& out, const billed& r) {
        return out << r.scope << '/' << r.operation << " [" << r.detail << "] mm "
                   << abax::to_string(r.counted.flops_mm) << " useful "
                   << abax::to_string(r.counted.flops_mm_useful) << " vec "
                   << abax::to_string(r.counted.flops_vec) << " specials "
                   << abax::to_string(r.counted.specials) << " int "
                   << abax::to_string(r.counted.int_ops) << " read "
                   << abax::to_string(r.counted.bytes_read) << " written "
                   << abax::to_string(r.counted.bytes_written) << " parent " << r.parent;
    }
};

[[nodiscard]] inline std::vector<billed> records_of(const ledger& bill) {
    std::vector<billed> all;
    for (std::size_t i = 0; i < bill.size(); ++i) {
        const record r = bill.at(i);
        all.push_back(
            {r.what->operation,
             r.what->detail,
             std::string(r.scope.text()),
             r.what->kind,
             bill.counted(i),
             r.parent}
        );
    }
    return all;
}

/// The bill of what `body` does.
template <class Body>
[[nodiscard]] ledger bill_of(Body&& body) {
    ledger bill;
    const recording on(bill);
    std::forward<Body>(body)();
    return bill;
}

}  // namespace abax::testing
