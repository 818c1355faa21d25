#include <abax/account/counter_fields.hpp>
#include <abax/account/what_if.hpp>

#include <algorithm>
#include <string>

namespace abax {

namespace {

using group = bill_cost::group;

std::string text_of(name axis) {
    return std::string(axis.text());
}

// As it would be passed: {"s'", 10}
std::string pair_text(name axis, std::int64_t extent) {
    return "{\"" + text_of(axis) + "\", " + std::to_string(extent) + '}';
}

std::string binding_text(name axis, std::int64_t extent) {
    return text_of(axis) + " = " + std::to_string(extent);
}

void add_to_list(std::string& list, const std::string& item, std::string_view separator) {
    if (!list.empty())
        list += separator;
    list += item;
}

bool is_equation_name(std::span<const group> groups, name axis) {
    return std::any_of(groups.begin(), groups.end(), [&](const group& g) {
        return std::any_of(g.what->equations.begin(), g.what->equations.end(), [&](const auto& e) {
            return e.whole == axis
                || std::find(e.factors.begin(), e.factors.end(), axis) != e.factors.end();
        });
    });
}

[[noreturn]] void refuse_twice(name axis) {
    throw error(
        {.kind = category::usage,
         .operation = "at",
         .message = text_of(axis) + " is given twice",
         .axis = text_of(axis)}
    );
}

[[noreturn]] void refuse_extent(name axis, std::int64_t extent) {
    // Some formulas are wrong at 0: softmax over nothing would have -2 operations a row.
    throw error(
        {.kind = category::usage,
         .operation = "at",
         .message = "the formulas of a bill hold for extents of 1 and more",
         .axis = text_of(axis),
         .got_extent = extent,
         .expected = "an extent of 1 or more",
         .got = binding_text(axis, extent)}
    );
}

[[noreturn]] void refuse_unknown(name axis, const std::map<name, extent_range>& recorded) {
    std::string known;
    std::string relatives;
    for (const auto& [other, range] : recorded) {
        add_to_list(known, text_of(other), " ");
        if (other.unprimed() == axis.unprimed())
            add_to_list(relatives, text_of(other), " or ");
    }
    throw error(
        {.kind = category::unknown_axis,
         .operation = "at",
         .message = "no operation of this bill has an axis " + text_of(axis),
         .axis = text_of(axis),
         .expected = known.empty() ? "no axis: this bill has none" : "one of: " + known,
         .got = text_of(axis),
         .help = relatives.empty() ? "" : "did you mean " + relatives + "?"}
    );
}

// Not s, if s' had several extents: s' could neither follow nor be given.
bool can_be_asked(name axis, const std::map<name, extent_range>& recorded) {
    return std::all_of(recorded.begin(), recorded.end(), [&](const auto& entry) {
        const auto& [other, extents] = entry;
        return extents.is_single() || (other != axis && other.unprimed() != axis);
    });
}

[[noreturn]] void refuse_several(
    name axis, extent_range range, const std::map<name, extent_range>& recorded
) {
    std::string single;
    for (const auto& [other, extents] : recorded)
        if (can_be_asked(other, recorded))
            add_to_list(single, text_of(other), ", ");
    throw error(
        {.kind = category::size_mismatch,
         .operation = "at",
         .message = text_of(axis) + " had several extents in this bill, from "
                  + std::to_string(range.min) + " to " + std::to_string(range.max)
                  + ", so one extent for all of them would be another computation",
         .axis = text_of(axis),
         .expected = "an axis that had one extent",
         .got = text_of(axis) + " = " + range.str(),
         .help = single.empty()
                   ? "record the part where it has one extent as a bill of its own"
                   : "this bill can be asked about " + single + "; for " + text_of(axis)
                         + ", record the part where it has one extent as a bill of its own"}
    );
}

[[noreturn]] void refuse_follower(
    name leader, std::int64_t had, std::int64_t gets, name follower, extent_range range
) {
    const bool can_be_given = range.is_single();
    throw error(
        {.kind = category::size_mismatch,
         .operation = "at",
         .message = text_of(follower) + " was " + range.str() + " where " + text_of(leader)
                  + " was " + std::to_string(had) + ", so it cannot be told what it becomes with "
                  + binding_text(leader, gets),
         .axis = text_of(follower),
         .expected_extent = had,
         .got_extent = range.min,
         .expected = binding_text(follower, had) + ", as " + text_of(leader),
         .got = text_of(follower) + " = " + range.str(),
         .help =
             can_be_given
                 ? "say it: at({" + pair_text(leader, gets) + ", " + pair_text(follower, range.min)
                       + "}), with the extent you mean"
                 : "leave " + text_of(leader)
                       + " out, or record the part where both have one extent as a bill of its own"}
    );
}

}  // namespace

what_if::what_if(std::span<const group> groups, given extents) : groups_(groups) {
    collect();
    for (const auto& [text, extent] : extents)
        set(text, extent);
    for (const auto& [text, extent] : extents)
        take_primed_forms_along(name(text));
    if (set_.empty())
        return;
    for (const group& g : groups_)
        for (const equation& e : g.what->equations)
            check(g, e);
}

void what_if::collect() {
    for (const group& g : groups_)
        for (std::size_t i = 0; i < g.extents.size(); ++i) {
            const std::int64_t extent = g.extents[i];
            recorded_.try_emplace(g.what->variables[i], extent_range{extent, extent})
                .first->second.include(extent);
        }
}

void what_if::set(std::string_view text, std::int64_t extent) {
    const name axis(text);
    const auto found = recorded_.find(axis);
    if (found == recorded_.end() && !is_equation_name(groups_, axis))
        refuse_unknown(axis, recorded_);
    if (found != recorded_.end() && !found->second.is_single())
        refuse_several(axis, found->second, recorded_);
    if (extent < 1)
        refuse_extent(axis, extent);
    if (!set_.emplace(axis, extent).second)
        refuse_twice(axis);
}

// A primed name leads nobody: s' alone is how one asks about more keys for the same queries.
void what_if::take_primed_forms_along(name leader) {
    const auto range = recorded_.find(leader);
    if (range == recorded_.end())
        return;
    const std::int64_t had = range->second.min;
    const std::int64_t gets = set_.at(leader);
    for (const auto& [follower, extents] : recorded_) {
        if (follower == leader || follower.unprimed() != leader || set_.contains(follower))
            continue;
        if (extents != extent_range{had, had})
            refuse_follower(leader, had, gets, follower, extents);
        set_.emplace(follower, gets);
    }
}

// The record itself knows best; else the bill, where it has one extent for the name.
std::optional<std::int64_t> what_if::extent_in(const group& g, name axis, const equation& asking)
    const {
    if (const auto found = set_.find(axis); found != set_.end())
        return found->second;
    const auto& variables = g.what->variables;
    if (const auto own = std::find(variables.begin(), variables.end(), axis);
        own != variables.end())
        return g.extents[static_cast<std::size_t>(own - variables.begin())];
    const auto known = recorded_.find(axis);
    if (known == recorded_.end())
        return std::nullopt;
    if (!known->second.is_single())
        throw error(
            {.kind = category::size_mismatch,
             .operation = "at",
             .message = "whether " + asking.str() + " still holds cannot be told: " + text_of(axis)
                      + " had several extents, " + known->second.str(),
             .axis = text_of(axis),
             .expected = "one extent",
             .got = text_of(axis) + " = " + known->second.str()}
        );
    return known->second.min;
}

void what_if::check(const group& g, const equation& e) const {
    const auto is_set = [&](name axis) { return set_.contains(axis); };
    if (!is_set(e.whole) && std::none_of(e.factors.begin(), e.factors.end(), is_set))
        return;  // held when it was recorded, and nothing in it changes
    const auto whole = extent_in(g, e.whole, e);
    if (!whole)
        return;  // priced by nothing: it is what its factors make it
    std::int64_t product = 1;
    bool is_complete = true;
    std::string bindings;
    for (const name factor : e.factors)
        if (const auto extent = extent_in(g, factor, e)) {
            product = checked_mul(product, *extent, "the product of the factors of an axis");
            add_to_list(bindings, binding_text(factor, *extent), ", ");
        } else {
            is_complete = false;
            add_to_list(bindings, text_of(factor) + " = ?", ", ");
        }
    // A factor that nothing else has can be any whole number.
    if (is_complete ? *whole == product : product != 0 && *whole % product == 0)
        return;

    std::string mends;
    if (!is_set(e.whole) && is_complete)
        add_to_list(mends, pair_text(e.whole, product), " or ");
    for (const name factor : e.factors) {
        const auto extent = extent_in(g, factor, e);
        if (is_set(factor) || !extent || *extent == 0)
            continue;
        if (const std::int64_t others = product / *extent; others != 0 && *whole % others == 0)
            add_to_list(mends, pair_text(factor, *whole / others), " or ");
    }
    throw error(
        {.kind = category::size_mismatch,
         .operation = "at",
         .message =
             e.str() + " would not hold: " + binding_text(e.whole, *whole) + ", but " + bindings,
         .axis = text_of(e.whole),
         .expected_extent = product,
         .got_extent = *whole,
         .expected = is_complete ? binding_text(e.whole, product)
                                 : "a multiple of " + std::to_string(product),
         .got = binding_text(e.whole, *whole),
         .help = mends.empty() ? "choose extents with " + e.str() : "pass " + mends + " too"}
    );
}

counters what_if::answer() const {
    counters sum;
    for (const group& g : groups_)
        sum += answer_for(g);
    return sum;
}

counters what_if::answer_for(const group& g) const {
    std::vector<std::int64_t> extents = g.extents;
    for (std::size_t i = 0; i < extents.size(); ++i)
        if (const auto found = set_.find(g.what->variables[i]); found != set_.end())
            extents[i] = found->second;
    counters result = evaluate(*g.what, extents);
    for (const auto& field : counter_fields)
        if (!set_.empty() && result.*field.value < 0)
            throw error(
                {.kind = category::other,
                 .operation = "at",
                 .message = std::string(field.name) + " of " + g.what->operation
                          + " has no meaning at these extents: "
                          + (g.what->price.*field.price).str() + " is negative",
                 .expected = "a count of 0 or more",
                 .got = to_string(result.*field.value),
                 .help = field.value == &counters::flops_mm_useful
                           ? "a causal mask needs as many keys as queries"
                           : ""}
            );
    return result *= g.calls;
}

}  // namespace abax
