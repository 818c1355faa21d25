#include <abax/ops/typed_view_of.hpp>
#include <abax/ops/view_of.hpp>
#include <abax/plan/match.hpp>
#include <abax/plan/pattern_of.hpp>
#include <abax/plan/plan_cache.hpp>
#include <abax/plan/transform.hpp>

#include <optional>
#include <string>
#include <utility>

namespace abax {

namespace {

constexpr std::string_view verb_name = "view_of";

// The same checks as a rearrange, under the name of this verb.
plan planned(
    const any_tensor& x, const pattern_argument& text, axis_sizes sizes, bool gives_names
) {
    try {
        const pattern read = detail::pattern_of(text, verb::rearrange);
        plan p = plan_transform(read, x.where(), x.type(), sizes, std::nullopt, gives_names);
        p.operation = verb_name;
        return p;
    } catch (const error& e) {
        diagnosis d = e.details();
        d.operation = verb_name;
        throw error(std::move(d));
    }
}

const plan& plan_of(
    const any_tensor& x, const pattern_argument& text, axis_sizes sizes, bool gives_names = false
) {
    // The words with which the keys of other verbs begin are smaller.
    constexpr std::uint64_t first_word = std::uint64_t{1} << 32U;
    return detail::plan_for(
        [&](detail::plan_key& key) {
            key.add(
                   first_word | static_cast<std::uint64_t>(x.type()) << 8U | (gives_names ? 1U : 0U)
            )
                .add(text.text())
                .add(x.where())
                .add(sizes);
        },
        [&] { return planned(x, text, sizes, gives_names); }
    );
}

// Two neighbours in a merged axis whose strides do not chain: outer != inner * extent of inner.
struct broken_chain {
    const item* merged;
    const step_axis* outer;
    const step_axis* inner;
    std::string outer_name;
    std::string inner_name;
};

std::string shown(const atom& says, const step_axis& a) {
    if (says.kind == atom_kind::ellipsis)
        return a.what.label ? std::string(a.what.label.text()) : "an axis of '...'";
    return std::string(says.label.text());
}

// Walks the axes of the only step beside the right side, whose order they have.
std::optional<broken_chain> find_break(const pattern& text, const plan& p) {
    const auto& axes = p.steps.front().axes;
    const std::size_t members = p.operands.front().rank() + 1 - text.input().items.size();
    std::size_t at = 0;
    for (const item& i : text.output().items) {
        const step_axis* outer = nullptr;
        std::string outer_name;
        for (const atom& a : i.atoms)
            for (std::size_t k = a.kind == atom_kind::ellipsis ? members : 1; k-- > 0; ++at) {
                const step_axis& inner = axes[at];
                if (inner.what.extent == 1 || i.is_ellipsis())
                    continue;
                if (outer != nullptr && outer->stride[0] != inner.stride[0] * inner.what.extent)
                    return broken_chain{&i, outer, &inner, outer_name, shown(a, inner)};
                outer = &inner;
                outer_name = shown(a, inner);
            }
    }
    return std::nullopt;
}

[[noreturn]] void refuse(const any_tensor& x, const pattern_argument& text, const plan& p) {
    const pattern read = detail::pattern_of(text, verb::rearrange);
    const call_site where{std::string(verb_name), &read, x.shape().str()};
    const auto found = find_break(read, p);
    if (!found)  // nothing but a merged axis makes a copy of a rearrange
        throw where.anywhere({.kind = category::usage, .message = "this rearrange needs a copy"});
    const std::int64_t wanted = found->inner->stride[0] * found->inner->what.extent;
    throw where.at(
        found->merged->at,
        {.kind = category::usage,
         .message = "merging '" + found->outer_name + "' and '" + found->inner_name
                  + "' needs a copy: their strides do not chain",
         .axis = found->outer_name,
         .expected_extent = wanted,
         .got_extent = found->outer->stride[0],
         .expected = "a stride of '" + found->outer_name + "' of " + std::to_string(wanted) + ", "
                   + std::to_string(found->inner->what.extent) + " steps of '" + found->inner_name
                   + "' of " + std::to_string(found->inner->stride[0]),
         .got = "a stride of '" + found->outer_name + "' of "
              + std::to_string(found->outer->stride[0]),
         .help = "rearrange copies; or keep the two as axes of their own"}
    );
}

any_tensor viewed(
    const any_tensor& x, const pattern_argument& text, axis_sizes sizes, bool gives_names = false
) {
    const plan& p = plan_of(x, text, sizes, gives_names);
    if (!p.is_view())
        refuse(x, text, p);
    return execute(p, {&x, 1});
}

}  // namespace

any_tensor view_of(const any_tensor& x, const pattern_argument& text, axis_sizes sizes) {
    return viewed(x, text, sizes);
}

bool is_view(const any_tensor& x, const pattern_argument& text, axis_sizes sizes) {
    return plan_of(x, text, sizes).is_view();
}

namespace detail {

any_tensor run_view_of(const pending& call) {
    const auto& c = static_cast<const pending_transform&>(call);
    return view_of(c.x, pattern_argument(c.text), c.sizes);
}

any_tensor run_value_view_of(const pending& call) {
    const auto& c = static_cast<const pending_value_transform&>(call);
    const any_tensor y = viewed(c.x, pattern_argument(c.text), c.sizes, !c.x.is_named());
    return read_as(verb_name, y, c.axes);
}

}  // namespace detail

}  // namespace abax
