#include <abax/ops/rearrange.hpp>
#include <abax/pattern/pattern.hpp>
#include <abax/plan/align.hpp>
#include <abax/plan/contraction.hpp>
#include <abax/plan/transform.hpp>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace abax {

namespace {

// In the order of kernels::reduction.
constexpr auto reduction_names =
    std::to_array<std::string_view>({"min", "max", "sum", "mean", "prod", "any", "all"});

// Parsing costs microseconds, and loops use the same few texts again and again.
const pattern& parsed(std::string_view text, verb operation) {
    static constexpr std::size_t most_kept = 1024;
    thread_local std::unordered_map<std::string, pattern> known;
    thread_local std::string key;
    key.assign(1, static_cast<char>(operation));
    key += text;
    if (const auto found = known.find(key); found != known.end())
        return found->second;
    pattern made = parse(text, operation);
    if (known.size() >= most_kept)
        known.clear();
    return known.emplace(key, std::move(made)).first->second;
}

any_tensor transformed(
    const any_tensor& x,
    verb operation,
    const pattern_argument& text,
    axis_sizes sizes,
    std::optional<kernels::reduction> how = std::nullopt
) {
    const plan p = plan_transform(parsed(text.text(), operation), x.where(), x.type(), sizes, how);
    return execute(p, {&x, 1});
}

dtype common_dtype(std::string_view operation, std::span<const any_tensor> operands) {
    for (const any_tensor& x : operands)
        if (x.type() != operands[0].type())
            throw error(
                {.kind = category::dtype_mismatch,
                 .operation = std::string(operation),
                 .message = "element types " + std::string(to_string(operands[0].type())) + " and "
                          + std::string(to_string(x.type())) + " do not mix",
                 .input = "(" + operands[0].shape().str() + "), (" + x.shape().str() + ")",
                 .help = "convert with cast"}
            );
    return operands.empty() ? dtype::float32 : operands[0].type();
}

struct stack_cost {
    [[nodiscard]] std::string_view operation() const { return "stack"; }
    [[nodiscard]] op_class kind() const { return op_class::movement; }
    [[nodiscard]] cost price(const call& c) const { return c.with_bytes(0); }
};

void check_stackable(const any_tensor& first, const any_tensor& x) {
    const std::string both = "(" + first.shape().str() + "), (" + x.shape().str() + ")";
    const auto fault = [&](category kind, std::string message) {
        return error(
            {.kind = kind,
             .operation = "stack",
             .message = std::move(message),
             .input = both,
             .expected = "tensors of equal shapes"}
        );
    };
    if (x.rank() != first.rank())
        throw fault(category::rank_mismatch, "tensors of different ranks do not stack");
    for (std::size_t i = 0; i < x.rank(); ++i) {
        if (x.shape()[i].extent != first.shape()[i].extent)
            throw fault(category::size_mismatch, "tensors of different extents do not stack");
        if (x.shape()[i].label != first.shape()[i].label
            || !x.shape()[i].remembers_like(first.shape()[i]))
            throw fault(category::name_mismatch, "tensors of different names do not stack");
    }
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
    const pattern& terms = parsed(text.text(), verb::einsum);
    const dtype type = common_dtype("einsum", operands);
    std::vector<layout> layouts;
    for (const any_tensor& x : operands)
        layouts.push_back(x.where());
    return execute(plan_einsum(terms, layouts, type, sizes), operands);
}

any_tensor dot(const any_tensor& a, const any_tensor& b, const axes_argument& summed) {
    const std::array<any_tensor, 2> operands{a, b};
    const dtype type = common_dtype("dot", operands);
    return execute(plan_dot(a.where(), b.where(), type, summed), operands);
}

any_tensor stack(std::span<const any_tensor> parts, std::string_view label) {
    if (parts.empty())
        throw error(
            {.kind = category::other,
             .operation = "stack",
             .message = "there is nothing to stack",
             .expected = "at least one tensor"}
        );
    const dtype type = common_dtype("stack", parts);
    for (const any_tensor& x : parts)
        check_stackable(parts[0], x);
    shape axes{axis{name(label), static_cast<std::int64_t>(parts.size()), nullptr}};
    for (const axis& a : parts[0].shape())
        axes.push_back(a);
    check_distinct({"stack", nullptr, axes.str()}, axes);
    any_tensor result = any_tensor::empty(type, axes);
    const bool dry =
        result.is_dry()
        || std::any_of(parts.begin(), parts.end(), [](const any_tensor& x) { return x.is_dry(); });
    if (dry)
        result = any_tensor::dry(type, axes);
    perform(
        stack_cost{},
        dry,
        [&] {
            call c(type);
            for (const any_tensor& x : parts)
                c.reads(x);
            return std::move(c.writes(axes, type).detail(axes.axes_text()));
        },
        [&] {
            const strides& dense = result.where().stride;
            std::byte* out = result.writable();
            for (const any_tensor& x : parts) {
                kernels::loops<2> nest;
                for (std::size_t i = 0; i < x.rank(); ++i)
                    nest.push_back({x.shape()[i].extent, {dense[i + 1], x.where().stride[i]}});
                kernels::move(type, out, x.data(), nest);
                out += static_cast<std::size_t>(x.volume()) * size_of(type);
            }
        }
    );
    return result;
}

any_tensor reduce_axes(const any_tensor& x, const axes_argument& over, kernels::reduction how) {
    const std::string operation(reduction_names[static_cast<std::size_t>(how)]);
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
    return execute(plan_reduction(operation, x.where(), x.type(), reduced, how), {&x, 1});
}

}  // namespace abax
