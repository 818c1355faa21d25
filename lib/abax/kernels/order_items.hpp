#pragma once

#include <abax/core/checked.hpp>
#include <abax/kernels/kernels.hpp>
#include <abax/kernels/parallel.hpp>
#include <abax/storage/buffer.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

/// Elements as whole numbers whose order is the wanted one, each with its position: items.
///
/// Why not a comparison of the elements: one that knows NaN branches on every call, and a stable sort needs memory
/// in the middle of its work. No two items are equal, so any sort of them is stable.
namespace abax::kernels::detail {

template <class T>
using key_of = std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>;

/// A number that is smaller where `value` comes first; equal for -0 and 0; the largest of all for NaN.
template <class T>
[[nodiscard]] inline key_of<T> key(T value, bool descending) noexcept {
    using number = key_of<T>;
    constexpr number sign = number{1} << (8 * sizeof(number) - 1);
    const number turn = descending ? std::numeric_limits<number>::max() : 0;
    if constexpr (std::is_floating_point_v<T>) {
        // Negative numbers have the sign bit, and rise with their magnitude.
        const auto bits = std::bit_cast<number>(value + T{0});  // -0 + 0 = 0
        const number rising = (bits & sign) != 0 ? ~bits : bits | sign;
        return value != value ? std::numeric_limits<number>::max() : rising ^ turn;
    } else if constexpr (std::is_same_v<T, bool>) {
        return static_cast<number>(value) ^ turn;
    } else {
        return (static_cast<number>(value) ^ sign) ^ turn;
    }
}

/// A key of 32 bits above a position of 32: one number to compare and to move.
struct packed_item {
    static constexpr std::int64_t most = std::int64_t{1} << 32;  ///< positions that fit
    std::uint64_t both = 0;

    static packed_item of(std::uint32_t key, std::int64_t position) noexcept {
        return {(std::uint64_t{key} << 32U) | static_cast<std::uint64_t>(position)};
    }
    [[nodiscard]] std::int64_t position() const noexcept {
        return static_cast<std::int64_t>(both & 0xffffffffU);
    }
    [[nodiscard]] std::uint64_t key() const noexcept { return both >> 32U; }
    friend bool operator<(packed_item a, packed_item b) noexcept { return a.both < b.both; }
};

/// What does not fit a packed one.
struct wide_item {
    std::uint64_t key_ = 0;
    std::int64_t position_ = 0;

    static wide_item of(std::uint64_t key, std::int64_t position) noexcept {
        return {key, position};
    }
    [[nodiscard]] std::int64_t position() const noexcept { return position_; }
    [[nodiscard]] std::uint64_t key() const noexcept { return key_; }
    friend bool operator<(const wide_item& a, const wide_item& b) noexcept {
        return a.key_ != b.key_ ? a.key_ < b.key_ : a.position_ < b.position_;
    }
};

/// Sorts by key, byte by byte from the lowest, each byte keeping the order of the ones before it; the items come in
/// the order of their positions. Returns where the result is: `items` or `spare`.
///
/// A byte that all keys share is left out, so small numbers take few passes.
template <class Item>
[[nodiscard]] Item* radix_sorted(
    Item* items, Item* spare, std::int64_t count, std::size_t key_bytes
) noexcept {
    const auto digit = [](const Item& x, std::size_t byte) {
        return static_cast<std::size_t>((x.key() >> (8 * byte)) & 0xffU);
    };
    std::array<std::array<std::int64_t, 256>, 8> places = {};
    for (std::int64_t i = 0; i < count; ++i)
        for (std::size_t byte = 0; byte < key_bytes; ++byte)
            ++places[byte][digit(items[i], byte)];
    for (std::size_t byte = 0; byte < key_bytes; ++byte) {
        auto& place = places[byte];
        if (place[digit(items[0], byte)] == count)
            continue;
        std::int64_t next = 0;
        for (std::int64_t& p : place)
            next += std::exchange(p, next);
        for (std::int64_t i = 0; i < count; ++i)
            spare[place[digit(items[i], byte)]++] = items[i];
        std::swap(items, spare);
    }
    return items;
}

/// Rows of this length are sorted by bytes, shorter ones by comparison: 256 counters a byte have to pay.
inline constexpr std::int64_t radix_least = 128;

/// Scratch of `count` Items for each thread that may run a piece of a parallel_for. Made before it, as memory may fail.
template <class Item>
class items_by_thread {
public:
    explicit items_by_thread(std::int64_t count)
        : count_(count),
          scratch_(buffer::allocate(static_cast<std::size_t>(checked_mul<std::int64_t>(
              checked_mul<std::int64_t>(count, sizeof(Item)), thread_count()
          )))) {}

    /// Those of the thread that asks.
    [[nodiscard]] Item* here() const noexcept {
        // Within a parallel region of the caller the work is done by one thread, whatever its number.
        return reinterpret_cast<Item*>(scratch_.data()) + (thread_index() - first_) * count_;
    }

private:
    std::int64_t count_;
    buffer scratch_;
    int first_ = thread_index();
};

/// Sorts rows of one length.
template <class T, class Item>
class row_sorter {
public:
    row_sorter(std::int64_t extent, bool descending)
        : extent_(extent),
          descending_(descending),
          items_(checked_mul<std::int64_t>(extent, extent < radix_least ? 1 : 2)) {}

    /// The items of a row in order, good until this thread sorts another.
    [[nodiscard]] const Item* sorted(const T* in, std::int64_t stride) const noexcept {
        Item* const items = items_.here();
        for (std::int64_t i = 0; i < extent_; ++i)
            items[i] = Item::of(key(in[i * stride], descending_), i);
        if (extent_ >= radix_least)
            return radix_sorted(items, items + extent_, extent_, sizeof(key_of<T>));
        std::sort(items, items + extent_);
        return items;
    }

private:
    std::int64_t extent_;
    bool descending_;
    items_by_thread<Item> items_;
};

/// Finds the first k items of rows of one length.
template <class T, class Item>
class row_selector {
public:
    row_selector(std::int64_t extent, std::int64_t k, bool descending)
        : extent_(extent),
          k_(k),
          descending_(descending),
          // Room for as many again, so that the cutting back is paid by as many that came.
          room_(std::min(extent, checked_add(k, std::max<std::int64_t>(k, 256)))),
          items_(room_) {}

    /// The first k items in order, good until this thread selects again. k >= 1.
    [[nodiscard]] const Item* selected(const T* in, std::int64_t stride) const noexcept {
        Item* const items = items_.here();
        std::int64_t kept = 0;
        Item last{};  // the k-th of those that were cut: none behind it can be among the first k
        bool was_cut = false;
        for (std::int64_t i = 0; i < extent_; ++i) {
            const Item item = Item::of(key(in[i * stride], descending_), i);
            if (was_cut && !(item < last))
                continue;
            items[kept++] = item;
            if (kept < room_ || room_ == extent_)
                continue;
            std::nth_element(items, items + k_ - 1, items + kept);
            kept = k_;
            last = items[k_ - 1];
            was_cut = true;
        }
        std::nth_element(items, items + k_ - 1, items + kept);
        std::sort(items, items + k_);
        return items;
    }

private:
    std::int64_t extent_;
    std::int64_t k_;
    bool descending_;
    std::int64_t room_;
    items_by_thread<Item> items_;
};

}  // namespace abax::kernels::detail
