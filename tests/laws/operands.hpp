#pragma once

#include "grid.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <numeric>
#include <random>
#include <vector>

namespace abax::laws {

/// What an operand is to be.
struct spec {
    dtype type = dtype::float32;
    labels names = {};
    extents shape = {};
    std::int64_t below = 0;  ///< if not 0: ids from 0 up to, and never equal to, this
};

/// How the elements of an operand lie in memory; `mixed` is several of the others at once.
enum class lie { packed, permuted, sliced, backwards, broadcast, inside, mixed };
inline constexpr std::array all_lies{
    lie::packed,
    lie::permuted,
    lie::sliced,
    lie::backwards,
    lie::broadcast,
    lie::inside,
    lie::mixed};

[[nodiscard]] inline const char* text_of(lie how) {
    constexpr std::array names{
        "packed", "permuted", "sliced", "backwards", "broadcast", "inside", "mixed"};
    return names[static_cast<std::size_t>(how)];
}

[[nodiscard]] inline abax::shape shape_of(const labels& names, const extents& shape) {
    abax::shape axes;
    for (std::size_t i = 0; i < shape.size(); ++i)
        axes.push_back({names[i].empty() ? name() : name(names[i]), shape[i], nullptr});
    return axes;
}

/// A value that has a sign, a fraction if it can, and repeats itself now and then.
template <class T>
[[nodiscard]] T probe(std::mt19937_64& random, std::int64_t below) {
    if (below > 0)
        return static_cast<T>(random() % static_cast<std::uint64_t>(below));
    if constexpr (std::is_same_v<T, bool>)
        return random() % 2 == 0;
    else {
        const auto whole = static_cast<std::int64_t>(random() % 13) - 6;
        return std::is_floating_point_v<T> ? static_cast<T>(whole) / 2 : static_cast<T>(whole);
    }
}

/// A layout of these axes that lies as `how` says; `room` becomes the elements that the buffer needs.
[[nodiscard]] inline layout laid_out(
    const spec& what, lie how, std::mt19937_64& random, std::int64_t& room
) {
    const std::size_t rank = what.shape.size();
    const auto is = [&](lie wanted) {
        return how == wanted || (how == lie::mixed && random() % 2 == 0);
    };
    std::vector<std::size_t> order(rank);
    std::iota(order.rbegin(), order.rend(), std::size_t{0});
    if (is(lie::permuted))
        std::shuffle(order.begin(), order.end(), random);
    layout where{shape_of(what.names, what.shape), strides(rank, 0), 0};
    const bool sliced = is(lie::sliced);
    const bool inside = is(lie::inside);
    const bool backwards = is(lie::backwards);
    const bool broadcast = is(lie::broadcast);
    const std::size_t repeated = rank == 0 ? 0 : random() % rank;
    room = 1;
    for (const std::size_t i : order) {
        if (broadcast && (i == repeated || random() % 4 == 0))
            continue;  // stride 0
        const std::int64_t extent = std::max<std::int64_t>(what.shape[i], 1);
        const auto step = static_cast<std::int64_t>(sliced ? 1 + random() % 3 : 1);
        const auto before = static_cast<std::int64_t>(inside || sliced ? random() % 3 : 0);
        const bool reversed = backwards && (how == lie::backwards || random() % 2 == 0);
        where.stride[i] = reversed ? -step * room : step * room;
        where.offset += room * (before + (reversed ? step * (extent - 1) : 0));
        room *= before + step * extent + (inside ? 1 : 0);
    }
    return where;
}

/// A tensor whose elements are made of chance alone; what lies between them is 77, so that reading it shows.
[[nodiscard]] inline any_tensor made(const spec& what, lie how, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::int64_t room = 1;
    const layout where = laid_out(what, how, random, room);
    const buffer storage = buffer::allocate(static_cast<std::size_t>(room) * size_of(what.type));
    any_tensor x(what.type, where, storage);
    with_element(what.type, [&](auto zero) {
        using T = decltype(zero);
        auto* const all = reinterpret_cast<T*>(storage.data());
        std::fill(all, all + room, static_cast<T>(77));
        for_each_offset(x, [&](std::int64_t offset) {
            all[where.offset + offset] = probe<T>(random, what.below);
        });
    });
    return x;
}

/// The same values, packed.
[[nodiscard]] inline any_tensor packed_copy(const any_tensor& x) {
    const buffer storage = buffer::allocate(
        std::max<std::size_t>(1, static_cast<std::size_t>(x.volume()) * size_of(x.type()))
    );
    const std::string bits = bits_of(x);
    std::memcpy(storage.data(), bits.data(), bits.size());
    return {x.type(), layout::row_major(x.shape()), storage};
}

/// The same tensor without elements, lying the same way.
[[nodiscard]] inline any_tensor dried(const any_tensor& x) {
    return {x.type(), x.where(), buffer::dry(x.storage().bytes())};
}

/// What reading a tensor once takes: axes of stride 0 repeat what was read.
[[nodiscard]] inline std::int64_t bytes_to_read(const any_tensor& x) {
    auto bytes = static_cast<std::int64_t>(size_of(x.type()));
    for (std::size_t i = 0; i < x.rank(); ++i)
        if (x.where().stride[i] != 0 || x.shape()[i].extent == 0)
            bytes *= x.shape()[i].extent;
    return bytes;
}

}  // namespace abax::laws
