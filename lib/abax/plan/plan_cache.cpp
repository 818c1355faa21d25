#include <abax/plan/plan_cache.hpp>

#include <array>
#include <bit>
#include <cstring>
#include <deque>
#include <utility>

namespace abax::detail {

namespace {

constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;
__extension__ using product = unsigned __int128;

std::uint64_t folded(std::uint64_t a, std::uint64_t b) {
    const product whole = product{a} * b;
    return static_cast<std::uint64_t>(whole) ^ static_cast<std::uint64_t>(whole >> 64U);
}

// Word by word, as the words of the key have just been written: memcmp would read several at once, for which the
// processor has to wait until they have left its store buffer.
bool equal_words(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) {
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i] != b[i])
            return false;
    return true;
}

// A plan of rank 4 is about 5 kB.
constexpr std::size_t most_kept = 256;

// Plans by their keys: a hash table with open addressing, which is emptied when it is full.
class plan_table {
public:
    const plan* find(const plan_key& key, std::uint64_t hash) const {
        for (std::size_t at = hash % slots; positions_[at] != none; at = (at + 1) % slots) {
            const entry& kept = entries_[positions_[at]];
            if (kept.hash == hash && equal_words(kept.words, key.words()))
                return &kept.made;
        }
        return nullptr;
    }

    const plan& keep(const plan_key& key, std::uint64_t hash, plan made) {
        if (entries_.size() >= most_kept) {
            entries_.clear();
            positions_ = empty();
        }
        const auto words = key.words();
        entries_.push_back({hash, {words.begin(), words.end()}, std::move(made)});
        std::size_t at = hash % slots;
        while (positions_[at] != none)
            at = (at + 1) % slots;
        positions_[at] = static_cast<std::uint16_t>(entries_.size() - 1);
        return entries_.back().made;
    }

private:
    struct entry {
        std::uint64_t hash;
        std::vector<std::uint64_t> words;
        plan made;
    };

    // Mostly empty, so that what is looked for stands where its hash says, or next to it.
    static constexpr std::size_t slots = 8 * most_kept;
    static constexpr std::uint16_t none = UINT16_MAX;
    using positions = std::array<std::uint16_t, slots>;

    static positions empty() {
        positions all;
        all.fill(none);
        return all;
    }

    std::deque<entry> entries_;
    positions positions_ = empty();
};

plan_table& kept_plans() {
    thread_local plan_table kept;
    return kept;
}

// Interned: one text, one address.
std::uint64_t word_of(name label) {
    return std::bit_cast<std::uint64_t>(label.text().data());
}

std::uint64_t word_of(std::int64_t extent) {
    return static_cast<std::uint64_t>(extent);
}

}  // namespace

// Two chains side by side, of which neither waits for the other; whole products of 128 bits mix every bit with every other.
std::uint64_t plan_key::hash() const noexcept {
    std::uint64_t a = size_;
    std::uint64_t b = odd;
    std::size_t i = 0;
    for (; i + 4 <= size_; i += 4) {
        a = folded(words_[i] ^ a, words_[i + 1] ^ odd);
        b = folded(words_[i + 2] ^ b, words_[i + 3] ^ odd);
    }
    for (; i < size_; ++i)
        a = folded(words_[i] ^ a, odd);
    return folded(a ^ odd, b);
}

// Word by word, the last one filled up with zeros; the length comes first and tells texts apart.
plan_key& plan_key::add(std::string_view text) {
    constexpr std::size_t bytes = sizeof(std::uint64_t);
    std::uint64_t* to = room_for(1 + (text.size() + bytes - 1) / bytes);
    *to++ = text.size();
    const char* from = text.data();
    std::size_t left = text.size();
    for (; left >= bytes; left -= bytes, from += bytes)
        std::memcpy(to++, from, bytes);
    if (left > 0) {
        *to = 0;
        for (std::size_t i = 0; i < left; ++i)
            *to |= std::uint64_t{static_cast<unsigned char>(from[i])} << (8 * i);
    }
    return *this;
}

plan_key& plan_key::add(const layout& x) {
    const std::size_t rank = x.rank();
    std::uint64_t* to = room_for(2 + 3 * rank);
    std::uint64_t remembering = 0;  // a bit for each axis, of which there are at most 32
    to[1] = word_of(x.offset);
    for (std::size_t i = 0; i < rank; ++i) {
        const axis& a = x.axes[i];
        to[2 + 3 * i] = word_of(a.label);
        to[3 + 3 * i] = word_of(a.extent);
        to[4 + 3 * i] = word_of(x.stride[i]);
        remembering |= std::uint64_t{a.memory != nullptr} << i;
    }
    to[0] = remembering << 32U | rank;
    if (remembering == 0)
        return *this;
    for (const axis& a : x.axes) {
        if (a.memory == nullptr)
            continue;
        add(a.memory->size());
        for (const factor& f : *a.memory)
            add(word_of(f.label)).add(word_of(f.extent));
    }
    return *this;
}

plan_key& plan_key::add(axis_sizes sizes) {
    for (const axis_size& s : sizes)
        add(s.axis).add(word_of(s.extent));
    return *this;
}

plan_key& plan_key::add(const axes_argument& which) {
    add(which.axes().size());
    for (const axis_argument& a : which.axes()) {
        add(a.by_position() ? 1 : 0);
        if (a.by_position())
            add(word_of(a.position()));
        else
            add(a.label());
    }
    return *this;
}

const plan* find_plan(const plan_key& key) {
    return kept_plans().find(key, key.hash());
}

const plan& keep_plan(const plan_key& key, plan made) {
    return kept_plans().keep(key, key.hash(), std::move(made));
}

}  // namespace abax::detail
