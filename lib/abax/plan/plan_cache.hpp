#pragma once

#include <abax/plan/arguments.hpp>
#include <abax/plan/plan.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// Plans that were made are kept: loops make the same few calls again and again. Private to the library.
namespace abax::detail {

/// All that a plan depends on, as words: equal keys, equal plans.
class plan_key {
public:
    plan_key& add(std::uint64_t word) {
        *room_for(1) = word;
        return *this;
    }
    plan_key& add(std::string_view text);
    plan_key& add(const layout& x);
    plan_key& add(axis_sizes sizes);  ///< last: nothing tells where they end
    plan_key& add(const axes_argument& which);
    void clear() noexcept { size_ = 0; }

    [[nodiscard]] std::span<const std::uint64_t> words() const noexcept {
        return {words_.data(), size_};
    }
    [[nodiscard]] std::uint64_t hash() const noexcept;

    friend bool operator==(const plan_key& a, const plan_key& b) noexcept {
        return std::equal(a.words().begin(), a.words().end(), b.words().begin(), b.words().end());
    }

private:
    // Where the next words go. They are not pushed one by one: asking for room once a layout is what is fast.
    std::uint64_t* room_for(std::size_t count) {
        if (size_ + count > words_.size())
            words_.resize(2 * (size_ + count));
        size_ += count;
        return words_.data() + (size_ - count);
    }

    std::vector<std::uint64_t> words_;  // the first `size_` count; the others wait to be used
    std::size_t size_ = 0;
};

/// The plan that this thread keeps under a key, or null. Good until the next `keep_plan`.
[[nodiscard]] const plan* find_plan(const plan_key& key);

/// Keeps a plan; of more than a few hundred the older ones are dropped.
const plan& keep_plan(const plan_key& key, plan made);

/// The plan that `make` makes, from the thread's cache if it was made before. What throws is not kept.
///
/// `describe(key)` adds all that the plan depends on.
template <class Describe, class Make>
const plan& plan_for(Describe&& describe, Make&& make) {
    thread_local plan_key key;
    key.clear();
    describe(key);
    if (const plan* kept = find_plan(key))
        return *kept;
    return keep_plan(key, make());
}

}  // namespace abax::detail
