#pragma once

#include <abax/pattern/arrangement_draft.hpp>
#include <abax/pattern/arrangement_match.hpp>
#include <abax/pattern/arrangement_parts.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

// How two arrangements become one.
namespace abax::detail {

/// p after q: q's left side and p's right side, in which every axis that was matched is replaced.
class composer {
public:
    constexpr composer(const arranged& p, const arranged& q) : p_(p), q_(q) {}

    [[nodiscard]] constexpr arranged run() {
        side_matcher(p_, q_, found_).match_sides();
        build_left();
        build_right();
        rename_apart();
        return arrangement_writer(found_.draft).write();
    }

private:
    constexpr void build_left() {
        for (const arranged_item& i : q_.left.list()) {
            if (i.spread && found_.dots_of_q.bound)
                copy_items(p_.left, found_.dots_of_q, of_p, found_.draft.left);
            else
                add_item(i, q_.left.of(i), of_q, found_.draft.left);
        }
    }
    constexpr void build_right() {
        for (const arranged_item& i : p_.right.list()) {
            if (i.spread && found_.dots_of_p.bound)
                copy_items(q_.right, found_.dots_of_p, of_q, found_.draft.right);
            else
                add_item(i, p_.right.of(i), of_p, found_.draft.right);
        }
    }

    // What an ellipsis stands for was matched with nothing else: it is taken as it is.
    constexpr void copy_items(
        const arranged_side& from, item_range which, axis_id (*number)(axis_id), arranged_side& side
    ) {
        for (std::size_t i = which.first; i < which.end; ++i) {
            const arranged_item& item = from.items[i];
            if (item.spread) {
                side.add_ellipsis();
                continue;
            }
            side.begin(number(item.label));
            for (const axis_id id : from.of(item))
                side.add(number(id));
        }
    }

    constexpr void add_item(
        const arranged_item& item,
        std::span<const axis_id> factors,
        axis_id (*number)(axis_id),
        arranged_side& side
    ) {
        if (item.spread)
            return side.add_ellipsis();
        axis_id label = number(item.label);
        if (label == no_label && factors.size() == 1 && factors[0] != the_ellipsis)
            if (const binding& b = found_.bindings[number(factors[0])]; b.bound)
                label = b.label;
        side.begin(label);
        for (const axis_id id : factors) {
            if (id == the_ellipsis)
                add_merged_ellipsis(side);
            else
                add_factor(number(id), side);
        }
    }

    // `(... a)`, which only p's right side may have here: one axis of all that p's ellipsis stands for.
    constexpr void add_merged_ellipsis(arranged_side& side) {
        if (!found_.dots_of_p.bound)
            return side.add(the_ellipsis);
        for (std::size_t i = found_.dots_of_p.first; i < found_.dots_of_p.end; ++i)
            for (const axis_id id : q_.right.of(q_.right.items[i]))
                side.add(id);
    }

    constexpr void add_factor(axis_id id, arranged_side& side) {
        const binding& b = found_.bindings[id];
        if (!b.bound)
            return side.add(id);
        for (std::size_t i = 0; i < b.count; ++i)
            side.add(found_.pool[b.first + i]);
    }

    // Whatever q calls something keeps its name; what p does gets primes until nothing else is called so.
    constexpr void rename_apart() {
        const std::span<const axis_id> axes(
            found_.draft.left.factors.data(), found_.draft.left.factor_count
        );
        for (const axis_id id : axes)
            if (is_of_p(id))
                while (is_axis(id) || is_label(found_.draft.left, id)
                       || is_label(found_.draft.right, id))
                    ++found_.draft.names[id].primes;
        for (const arranged_side* side : {&found_.draft.left, &found_.draft.right})
            for (const arranged_item& i : side->list())
                if (is_of_p(i.label))
                    while (is_axis(i.label) || is_label(*side, i.label))
                        ++found_.draft.names[i.label].primes;
    }

    static constexpr bool is_of_p(axis_id id) noexcept {
        return id >= max_names && id < the_ellipsis;
    }
    [[nodiscard]] constexpr bool is_axis(axis_id id) const {
        for (std::size_t i = 0; i < found_.draft.left.factor_count; ++i)
            if (collides(found_.draft.left.factors[i], id))
                return true;
        return false;
    }
    [[nodiscard]] constexpr bool is_label(const arranged_side& side, axis_id id) const {
        for (const arranged_item& i : side.list())
            if (i.label != no_label && i.count > 0 && collides(i.label, id))
                return true;
        return false;
    }
    [[nodiscard]] constexpr bool collides(axis_id a, axis_id b) const {
        return a != b && a < the_ellipsis && reads_as(found_.draft.names[a], found_.draft.names[b]);
    }

    const arranged& p_;
    const arranged& q_;
    matching found_{};
};

}  // namespace abax::detail
