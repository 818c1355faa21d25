#include <abax/ops/movement.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/typed_patterns.hpp>
#include <abax/plan/align.hpp>
#include <abax/plan/contraction.hpp>
#include <abax/plan/pattern_of.hpp>
#include <abax/plan/plan_cache.hpp>
#include <abax/plan/transform.hpp>

#include <algorithm>
#include <array>

namespace abax {

namespace {

// In the order of kernels::reduction.
constexpr auto reduction_names =
    std::to_array<std::string_view>({"min", "max", "sum", "mean", "prod", "any", "all"});

// What is planned: a pattern of one of four verbs, or a call without one.
enum class call_kind : std::uint8_t {
    rearrange,
    reduce,
    repeat,
    einsum,
    dot,
    reduce_axes,
    reduce_all
};

call_kind kind_of(verb operation) {
    switch (operation) {
    case verb::reduce: return call_kind::reduce;
    case verb::repeat: return call_kind::repeat;
    case verb::einsum: return call_kind::einsum;
    default: return call_kind::rearrange;
    }
}

// The first word of a plan's key.
std::uint64_t call_word(
    call_kind kind,
    dtype type,
    std::optional<kernels::reduction> how = std::nullopt,
    bool gives_names = false
) {
    const std::uint64_t reduction = how ? static_cast<std::uint64_t>(*how) + 1 : 0;
    return (gives_names ? 1ULL : 0ULL) << 24U | static_cast<std::uint64_t>(kind) << 16U
         | static_cast<std::uint64_t>(type) << 8U | reduction;
}

any_tensor transformed(
    const any_tensor& x,
    verb operation,
    const pattern_argument& text,
    axis_sizes sizes,
    std::optional<kernels::reduction> how = std::nullopt,
    bool gives_names = false
) {
    const plan& p = detail::plan_for(
        [&](detail::plan_key& key) {
            key.add(call_word(kind_of(operation), x.type(), how, gives_names))
                .add(text.text())
                .add(x.where())
                .add(sizes);
        },
        [&] {
            return plan_transform(
                detail::pattern_of(text, operation), x.where(), x.type(), sizes, how, gives_names
            );
        }
    );
    return execute(p, {&x, 1});
}

any_tensor contract(
    const pattern_argument& text,
    std::span<const any_tensor> operands,
    axis_sizes sizes = {},
    bool gives_names = false
) {
    const auto describe = [&](detail::plan_key& key) {
        const dtype type = operands.empty() ? dtype::float32 : operands[0].type();
        key.add(call_word(call_kind::einsum, type, std::nullopt, gives_names));
        key.add(text.text()).add(operands.size());
        for (const any_tensor& x : operands)
            key.add(static_cast<std::uint64_t>(x.type())).add(x.where());
        key.add(sizes);
    };
    const plan& p = detail::plan_for(describe, [&] {
        const pattern terms = detail::pattern_of(text, verb::einsum);
        const dtype type = detail::common_dtype("einsum", operands);
        std::vector<layout> layouts;
        for (const any_tensor& x : operands)
            layouts.push_back(x.where());
        return plan_einsum(terms, layouts, type, sizes, gives_names);
    });
    return execute(p, operands);
}

}  // namespace

kernels::reduction reduction_named(std::string_view text) {
    const auto* const found = std::find(reduction_names.begin(), reduction_names.end(), text);
    if (found == reduction_names.end())
        throw error(
            {.kind = category::other,
             .operation = "reduce",
             .message = "there is no reduction '" + std::string(text) + "'",
             .expected = "min, max, sum, mean, prod, any or all",
             .got = std::string(text)}
        );
    return static_cast<kernels::reduction>(found - reduction_names.begin());
}

any_tensor stack_for(
    std::span<const any_tensor> parts, verb operation, const pattern_argument& text
) {
    const any_tensor x = stack(parts);  // its faults come before the pattern's
    if (!x.is_named())
        return x;
    const pattern read = detail::pattern_of(text, operation);
    const side& left = read.input();
    if (left.items.empty() || !left.items.front().is_simple_name())
        return x;
    layout where = x.where();
    where.axes[0].label = left.items.front().atoms.front().label;
    return x.viewed(std::move(where));
}

namespace detail {

namespace {

any_tensor run(const pending& call, verb operation, bool gives_names = false) {
    const auto& c = static_cast<const pending_transform&>(call);
    const auto how = operation == verb::reduce ? std::optional(c.how) : std::nullopt;
    return transformed(c.x, operation, pattern_argument(c.text), c.sizes, how, gives_names);
}

any_tensor run_value(const pending& call, verb operation) {
    const auto& c = static_cast<const pending_value_transform&>(call);
    return read_as(to_string(operation), run(call, operation, !c.x.is_named()), c.axes);
}

}  // namespace

any_tensor run_rearrange(const pending& call) {
    return run(call, verb::rearrange);
}
any_tensor run_repeat(const pending& call) {
    return run(call, verb::repeat);
}
any_tensor run_reduce(const pending& call) {
    return run(call, verb::reduce);
}
any_tensor run_value_rearrange(const pending& call) {
    return run_value(call, verb::rearrange);
}
any_tensor run_value_repeat(const pending& call) {
    return run_value(call, verb::repeat);
}
any_tensor run_value_reduce(const pending& call) {
    return run_value(call, verb::reduce);
}

any_tensor contracted(const literal_header& text, std::span<const any_tensor> operands) {
    return contract(pattern_argument(text), operands);
}

any_tensor contracted_value(
    const literal_header& text, std::span<const any_tensor> operands, std::string_view axes
) {
    const bool gives_names =
        std::none_of(operands.begin(), operands.end(), [](const any_tensor& x) {
            return x.is_named();
        });
    return read_as("einsum", contract(pattern_argument(text), operands, {}, gives_names), axes);
}

}  // namespace detail

any_tensor rearrange(const any_tensor& x, const pattern_argument& text, axis_sizes sizes) {
    return transformed(x, verb::rearrange, text, sizes);
}

any_tensor reduce(
    const any_tensor& x, const pattern_argument& text, kernels::reduction how, axis_sizes sizes
) {
    return transformed(x, verb::reduce, text, sizes, how);
}

any_tensor repeat(const any_tensor& x, const pattern_argument& text, axis_sizes sizes) {
    return transformed(x, verb::repeat, text, sizes);
}

any_tensor einsum(
    const pattern_argument& text, std::span<const any_tensor> operands, axis_sizes sizes
) {
    return contract(text, operands, sizes);
}

any_tensor dot(const any_tensor& a, const any_tensor& b, const axes_argument& summed) {
    if (a.type() != b.type())
        (void)detail::common_dtype("dot", std::array<any_tensor, 2>{a, b});  // says what is wrong
    const dtype type = a.type();
    const plan& p = detail::plan_for(
        [&](detail::plan_key& key) {
            key.add(call_word(call_kind::dot, type)).add(a.where()).add(b.where()).add(summed);
        },
        [&] { return plan_dot(a.where(), b.where(), type, summed); }
    );
    const std::array<const any_tensor*, 2> operands{&a, &b};
    return execute(p, operands);
}

namespace {

std::string text_of(kernels::reduction how) {
    return std::string(reduction_names[static_cast<std::size_t>(how)]);
}

plan plan_reduce_axes(const any_tensor& x, const axes_argument& over, kernels::reduction how) {
    const std::string operation = text_of(how);
    std::vector<bool> reduced(x.rank(), false);
    for (const axis_argument& which : over.axes()) {
        const std::size_t at = position_of(operation, x.shape(), which);
        if (reduced[at])
            throw error(
                {.kind = category::duplicate_axis,
                 .operation = operation,
                 .message = "an axis is listed twice",
                 .axis = std::string(x.shape()[at].label.text()),
                 .input = x.shape().str()}
            );
        reduced[at] = true;
    }
    return plan_reduction(operation, x.where(), x.type(), reduced, how);
}

}  // namespace

any_tensor reduce_axes(const any_tensor& x, const axes_argument& over, kernels::reduction how) {
    const plan& p = detail::plan_for(
        [&](detail::plan_key& key) {
            key.add(call_word(call_kind::reduce_axes, x.type(), how)).add(x.where()).add(over);
        },
        [&] { return plan_reduce_axes(x, over, how); }
    );
    return execute(p, {&x, 1});
}

any_tensor reduce_all(const any_tensor& x, kernels::reduction how) {
    const plan& p = detail::plan_for(
        [&](detail::plan_key& key) {
            key.add(call_word(call_kind::reduce_all, x.type(), how)).add(x.where());
        },
        [&] {
            const std::vector<bool> all(x.rank(), true);
            return plan_reduction(text_of(how), x.where(), x.type(), all, how);
        }
    );
    return execute(p, {&x, 1});
}

}  // namespace abax
