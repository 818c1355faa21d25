#pragma once

#include <abax/pattern/arrangement_draft.hpp>
#include <abax/pattern/arrangement_parts.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

// What the axes of two arrangements, one after the other, have to do with each other.
namespace abax::detail {

///@{
/// The number of a name in a composition, p after q: q's names keep theirs.
[[nodiscard]] constexpr axis_id of_q(axis_id id) noexcept {
    return id;
}
[[nodiscard]] constexpr axis_id of_p(axis_id id) noexcept {
    return id >= the_ellipsis ? id : static_cast<axis_id>(id + max_names);
}
///@}

/// What an axis turns out to be: some axes of the other arrangement, or none.
struct binding {
    bool bound = false;
    std::uint8_t first = 0;
    std::uint8_t count = 0;
    axis_id label = 0;  ///< what the axes are called together; counts if bound
};
/// What an ellipsis turns out to be: neighbouring items of the other arrangement.
struct item_range {
    bool bound = false;
    std::size_t first = 0;
    std::size_t end = 0;
};

/// What each axis and each ellipsis turns out to be, and with which extents.
struct matching {
    arrangement_draft draft{};  ///< so far only the names
    std::array<binding, 2 * max_names> bindings{};
    std::array<axis_id, 2 * max_factors> pool{};  ///< what bindings refer to
    std::uint8_t pool_count = 0;
    item_range dots_of_p{};  ///< items of q's right side
    item_range dots_of_q{};  ///< items of p's left side
};

/// Matches what q makes with what p reads. Each axis stands once on q's right side and once on p's left side, so that each
/// is matched once, and what it is replaced by is never replaced in turn.
class side_matcher {
public:
    constexpr side_matcher(const arranged& p, const arranged& q, matching& found)
        : p_(p), q_(q), draft_(found.draft), found_(found) {
        copy_names(q, 0);
        copy_names(p, max_names);
    }

    constexpr void match_sides() {
        const std::size_t a_count = q_.right.item_count;
        const std::size_t x_count = p_.left.item_count;
        const std::size_t a_left = q_.right.ellipsis_position();
        const std::size_t x_left = p_.left.ellipsis_position();
        const bool a_dots = a_left < a_count;
        const bool x_dots = x_left < x_count;
        const std::size_t a_right = a_dots ? a_count - a_left - 1 : 0;
        const std::size_t x_right = x_dots ? x_count - x_left - 1 : 0;

        if (x_dots && (!a_dots || (a_left >= x_left && a_right >= x_right))) {
            if (a_count < x_left + x_right)
                compose_needs_as_many_axes_left_in_p_as_right_in_q(p_, q_);
            match_ends(x_left, x_right);
            found_.dots_of_p = {true, x_left, a_count - x_right};
        } else if (a_dots && (!x_dots || (x_left >= a_left && x_right >= a_right))) {
            if (x_count < a_left + a_right)
                compose_needs_as_many_axes_left_in_p_as_right_in_q(p_, q_);
            match_ends(a_left, a_right);
            found_.dots_of_q = {true, a_left, x_count - a_right};
        } else if (a_dots && x_dots) {
            // "a b ..." before "... y": y is b when the ellipsis is empty, else an axis of it.
            compose_cannot_tell_which_axes_the_two_ellipses_share(p_, q_);
        } else {
            if (a_count != x_count)
                compose_needs_as_many_axes_left_in_p_as_right_in_q(p_, q_);
            match_ends(a_count, 0);
        }
    }

private:
    constexpr void copy_names(const arranged& from, std::size_t first) {
        for (std::size_t i = 0; i < from.axis_count; ++i)
            draft_.names[first + i] = {from.names[i].in(from.text()), 0, from.extents[i]};
        for (std::size_t i = first_label; i < std::size_t{first_label} + from.label_count; ++i)
            draft_.names[first + i].stem = from.names[i].in(from.text());
    }

    constexpr void match_ends(std::size_t from_left, std::size_t from_right) {
        for (std::size_t i = 0; i < from_left; ++i)
            match(q_.right.items[i], p_.left.items[i]);
        for (std::size_t i = from_right; i > 0; --i)
            match(q_.right.items[q_.right.item_count - i], p_.left.items[p_.left.item_count - i]);
    }

    // a, what q has made, and x, what p reads it as.
    constexpr void match(const arranged_item& a, const arranged_item& x) {
        a_ = &a;
        x_ = &x;
        const auto made = q_.right.of(a);
        const auto read = p_.left.of(x);
        if (read.size() == 1) {
            bind(of_p(read[0]), made, of_q, x.label == no_label ? a.label : no_label);
        } else if (made.size() == 1 && made[0] != the_ellipsis) {
            bind(made[0], read, of_p, a.label == no_label ? of_p(x.label) : no_label);
        } else if (has_ellipsis(made)) {
            compose_cannot_take_an_ellipsis_in_parentheses_apart(p_, x, q_, a);
        } else if (made.empty() || read.empty()) {
            // One product is 1, and so is each factor of the other.
            for (const axis_id id : made)
                bind(id, read, of_p, no_label);
            for (const axis_id id : read)
                bind(of_p(id), made, of_q, no_label);
        } else if (made.size() == read.size()) {
            match_factors(made, read);
        } else {
            compose_cannot_match_groups_with_different_numbers_of_factors(p_, x, q_, a);
        }
    }

    constexpr void match_factors(std::span<const axis_id> made, std::span<const axis_id> read) {
        for (std::size_t i = 0; i < made.size(); ++i) {
            const draft_name& a = draft_.names[made[i]];
            const draft_name& x = draft_.names[of_p(read[i])];
            if (!reads_as(a, x)) {
                const bool sizes_agree = x.extent == no_extent || x.extent == a.extent;
                if (!sizes_agree || is_among(x, made))
                    compose_cannot_match_groups_whose_factors_have_other_names_and_sizes(
                        p_, *x_, q_, *a_
                    );
            }
            bind(of_p(read[i]), made.subspan(i, 1), of_q, no_label);
        }
    }

    [[nodiscard]] constexpr bool is_among(
        const draft_name& n, std::span<const axis_id> factors_of_q
    ) const {
        for (const axis_id id : factors_of_q)
            if (reads_as(n, draft_.names[id]))
                return true;
        return false;
    }
    [[nodiscard]] static constexpr bool has_ellipsis(std::span<const axis_id> factors) noexcept {
        for (const axis_id id : factors)
            if (id == the_ellipsis)
                return true;
        return false;
    }

    constexpr void bind(
        axis_id axis, std::span<const axis_id> to, axis_id (*number)(axis_id), axis_id label
    ) {
        binding& b = found_.bindings[axis];
        b = {true, found_.pool_count, 0, label};
        for (const axis_id id : to) {
            found_.pool[found_.pool_count++] = number(id);
            ++b.count;
        }
        if (draft_.names[axis].extent != no_extent)
            share_extent(draft_.names[axis].extent, {found_.pool.data() + b.first, b.count});
    }

    // The axes of a merged axis of known extent: their product is that extent. The last unknown one follows; of two
    // nothing can be said, and a pattern has no words for their product.
    constexpr void share_extent(std::int64_t extent, std::span<const axis_id> among) {
        std::int64_t product = 1;  // of the known ones but 0
        bool too_large = false;
        bool has_zero = false;
        std::int64_t* unknown = nullptr;
        for (const axis_id id : among) {
            if (id == the_ellipsis || (unknown != nullptr && !knows(id)))
                compose_cannot_share_an_extent_among_factors_without_sizes(p_, *x_, q_, *a_);
            std::int64_t& known = draft_.names[id].extent;
            if (known == no_extent)
                unknown = &known;
            else if (known == 0)
                has_zero = true;
            else if (product > std::numeric_limits<std::int64_t>::max() / known)
                too_large = true;
            else
                product *= known;
        }
        if (has_zero ? extent != 0 : extent != 0 && (too_large || extent % product != 0))
            compose_finds_two_extents_for_one_axis(p_, *x_, q_, *a_);
        if (unknown != nullptr && has_zero)
            compose_cannot_share_an_extent_among_factors_without_sizes(p_, *x_, q_, *a_);
        if (unknown != nullptr)
            *unknown = extent / product;
        else if (!has_zero && extent != product)
            compose_finds_two_extents_for_one_axis(p_, *x_, q_, *a_);
    }
    [[nodiscard]] constexpr bool knows(axis_id id) const {
        return draft_.names[id].extent != no_extent;
    }

    const arranged& p_;
    const arranged& q_;
    arrangement_draft& draft_;
    matching& found_;
    const arranged_item* a_ = nullptr;  // under comparison: of q's right side
    const arranged_item* x_ = nullptr;  // and of p's left side
};

}  // namespace abax::detail
