#include <abax/plan/align.hpp>

#include <algorithm>
#include <sstream>

namespace abax {

namespace {

std::string shapes_of(std::span<const layout* const> operands) {
    std::string text;
    for (const layout* x : operands)
        text += (text.empty() ? "(" : ", (") + x->axes.str() + ")";
    return text;
}

std::string missing_names(const shape& has, const shape& lacks) {
    std::string text;
    for (const axis& a : has)
        if (a.label && !lacks.find(a.label))
            text += (text.empty() ? "'" : " ") + axis_text(a);
    return text.empty() ? text : text + '\'';
}

// Where a call fails costs more to describe than its operands to line up, so `where()` is only asked when it has failed.

template <class CallSite>
void require_all_named(const CallSite& where, const layout& x) {
    for (const axis& a : x.axes)
        if (!a.label)
            throw where().anywhere(
                {.kind = category::name_mismatch,
                 .message = "a named tensor has an axis of extent " + std::to_string(a.extent)
                          + " without a name",
                 .expected = "axes with names",
                 .got = x.axes.str(),
                 .help = "name the axis, or drop it with a pattern"}
            );
}

// How the wider operand gets the axes of `narrow` that it lacks.
std::string missing_axes_help(
    std::string_view operation, const shape& narrow, const shape& widest
) {
    std::string help = "nothing stretches: ";
    if (operation == "multiply")
        help += "ask for outer(a, b), or ";
    for (const axis& a : narrow)
        if (!widest.find(a.label))
            return help + "give the other operand the axis, broadcast(x, \""
                 + std::string(a.label.text()) + "\", " + std::to_string(a.extent) + ")";
    return help + "give one operand the axes of the other with broadcast";
}

template <class CallSite>
void check_unnamed(const CallSite& where, const layout& a, const layout& b) {
    if (a.rank() != b.rank())
        throw where().anywhere(
            {.kind = category::rank_mismatch,
             .message = "unnamed tensors of rank " + std::to_string(a.rank()) + " and "
                      + std::to_string(b.rank()) + " do not meet: nothing stretches",
             .expected_extent = static_cast<std::int64_t>(a.rank()),
             .got_extent = static_cast<std::int64_t>(b.rank()),
             .expected = "equal ranks",
             .help = "name the axes, or repeat the smaller one"}
        );
    for (std::size_t i = 0; i < a.rank(); ++i)
        if (a.axes[i].extent != b.axes[i].extent)
            throw where().anywhere(
                {.kind = category::size_mismatch,
                 .message = "axis " + std::to_string(i + 1) + " is "
                          + std::to_string(a.axes[i].extent) + " in one operand and "
                          + std::to_string(b.axes[i].extent) + " in another",
                 .expected_extent = a.axes[i].extent,
                 .got_extent = b.axes[i].extent,
                 .expected = "equal extents",
                 .help = "nothing stretches; to repeat an axis, use repeat"}
            );
}

template <class CallSite>
strides named_strides(const CallSite& where, const layout& x, const shape& axes) {
    strides result(axes.rank(), 0);
    for (std::size_t i = 0; i < x.rank(); ++i) {
        const std::size_t at = *axes.find(x.axes[i].label);
        if (!(axes[at] == x.axes[i]))
            require_same_axis(where(), axes[at], x.axes[i]);
        result[at] = x.stride[i];
    }
    return result;
}

bool has_all_names(const shape& axes) {
    return std::all_of(axes.begin(), axes.end(), [](const axis& a) { return bool(a.label); });
}

}  // namespace

alignment align(std::string_view operation, std::span<const layout* const> operands) {
    const auto where = [&] {
        return call_site{std::string(operation), nullptr, shapes_of(operands)};
    };
    const layout* widest = operands.front();
    for (const layout* x : operands)
        if (x->rank() > widest->rank())
            widest = x;
    const bool named = widest->axes.is_named();
    alignment result{widest->axes, {}};
    result.stride.reserve(operands.size());
    for (const layout* x : operands) {
        if (x->rank() == 0) {
            result.stride.emplace_back(widest->rank(), 0);
            continue;
        }
        if (x->axes.is_named() != named)
            throw where().anywhere(
                {.kind = x->rank() == widest->rank() ? category::name_mismatch
                                                     : category::rank_mismatch,
                 .message = "a named tensor does not meet an unnamed one",
                 .help = "name its axes, in the order in which they stand: named(x, \"a b\")"}
            );
        if (!named) {
            check_unnamed(where, *widest, *x);
            result.stride.push_back(x->stride);
            continue;
        }
        require_all_named(where, *x);
        if (const std::string missing = missing_names(x->axes, widest->axes); !missing.empty()) {
            const std::string other = missing_names(widest->axes, x->axes);
            const bool x_is_right = x != operands.front();
            throw where().anywhere(
                {.kind = category::name_mismatch,
                 .message =
                     "neither operand has all axes of the other: " + (x_is_right ? other : missing)
                     + " only left, " + (x_is_right ? missing : other) + " only right",
                 .axis = missing.substr(1, missing.size() - 2),
                 .expected = "one operand whose axes contain those of all others",
                 .got = shapes_of(operands),
                 .help = missing_axes_help(operation, x->axes, widest->axes)}
            );
        }
        result.stride.push_back(named_strides(where, *x, widest->axes));
    }
    return result;
}

const shape* dense_alike(std::span<const layout* const> operands) {
    const layout* first = nullptr;
    for (const layout* x : operands) {
        if (x->rank() == 0)
            continue;
        if (!x->is_contiguous() || (first != nullptr && !(x->axes == first->axes)))
            return nullptr;
        first = first == nullptr ? x : first;
    }
    if (first == nullptr)
        return &operands.front()->axes;
    return !first->axes.is_named() || has_all_names(first->axes) ? &first->axes : nullptr;
}

std::size_t position_of(std::string_view operation, const shape& axes, const axis_argument& which) {
    const auto where = [&] { return call_site{std::string(operation), nullptr, axes.str()}; };
    if (!which.by_position()) {
        if (const auto at = axes.find(which.label()))
            return *at;
        if (axes.is_named())
            throw no_such_axis(operation, axes, which.label());
        throw where().anywhere(
            {.kind = category::unknown_axis,
             .message = "the tensor has no axis '" + std::string(which.label()) + "'",
             .axis = std::string(which.label()),
             .help = "an unnamed tensor takes positions: 0, 1, or -1 for the last"}
        );
    }
    if (axes.is_named())
        throw where().anywhere(
            {.kind = category::usage,
             .message = "a named tensor takes the axis by name, not by position",
             .help = "its axes are " + axes.axes_text()}
        );
    const auto rank = static_cast<int>(axes.rank());
    const int at = which.position() < 0 ? which.position() + rank : which.position();
    if (at < 0 || at >= rank)
        throw where().anywhere(
            {.kind = category::unknown_axis,
             .message = "there is no axis " + std::to_string(which.position()) + " in rank "
                      + std::to_string(rank)}
        );
    return static_cast<std::size_t>(at);
}

strides strides_along(
    std::string_view operation, std::string_view role, const layout& x, const shape& axes
) {
    const auto where = [&] {
        return call_site{
            std::string(operation),
            nullptr,
            "(" + axes.str() + "), " + std::string(role) + " (" + x.axes.str() + ")"};
    };
    if (x.rank() == 0)
        return strides(axes.rank(), 0);
    if (!axes.is_named() && !x.axes.is_named()) {
        check_unnamed(where, layout::row_major(axes), x);
        return x.stride;
    }
    for (const axis& a : x.axes)
        if (!a.label || !axes.find(a.label))
            throw where().anywhere(
                {.kind = category::name_mismatch,
                 .message = "the " + std::string(role) + " has the axis '" + axis_text(a)
                          + "', which the tensor lacks",
                 .axis = std::string(a.label.text()),
                 .expected = "axes among " + axes.axes_text(),
                 .got = x.axes.axes_text()}
            );
    return named_strides(where, x, axes);
}

}  // namespace abax
