#include <abax/ops/movement.hpp>
#include <abax/ops/pack.hpp>
#include <abax/plan/contraction.hpp>
#include <abax/plan/match.hpp>
#include <abax/plan/pattern_of.hpp>

#include <algorithm>
#include <numeric>

namespace abax {

using namespace detail;  // what the movements share

namespace {

/// Which axes of a tensor a pack pattern keeps, and which lie under its '*'.
class star_match {
public:
    star_match(const pattern& text, std::size_t rank)
        : star_(ellipsis_position(text.input())),
          after_(text.input().items.size() - star_ - 1),
          rank_(rank) {}

    /// Where the axes under '*' begin and end.
    [[nodiscard]] std::size_t begin() const { return star_; }
    [[nodiscard]] std::size_t end() const { return rank_ - after_; }
    [[nodiscard]] std::size_t count() const { return end() - begin(); }
    /// The axis that the item `i` of the pattern, not the '*', stands for.
    [[nodiscard]] std::size_t kept(std::size_t i) const { return i < star_ ? i : i + count() - 1; }

private:
    std::size_t star_;
    std::size_t after_;
    std::size_t rank_;
};

std::string tensor_number(std::size_t i, const any_tensor& x) {
    return "tensor " + std::to_string(i + 1) + ": " + x.shape().str();
}

// An empty extent makes the product 0, even beside extents whose product overflows.
std::int64_t product_of(std::span<const std::int64_t> extents) {
    if (std::find(extents.begin(), extents.end(), 0) != extents.end())
        return 0;
    return std::accumulate(
        extents.begin(),
        extents.end(),
        std::int64_t{1},
        [](std::int64_t a, std::int64_t b) { return checked_mul(a, b, "the packed extent"); }
    );
}

/// Reads the parts and writes as many elements. Said in the names of the parts, since the packed axis may have none.
struct pack_cost {
    [[nodiscard]] std::string_view operation() const { return "pack"; }
    [[nodiscard]] op_class kind() const { return op_class::movement; }
    [[nodiscard]] cost price(const call& c) const {
        cost made = c.with_bytes(0);
        for (const shape& part : c.known())
            made.bytes_written +=
                c.volume(part) * static_cast<std::int64_t>(size_of(c.arithmetic()));
        return made;
    }
};

// A number alone (rank 0) is neither named nor unnamed.
void check_all_named_or_none(const pattern& text, std::span<const any_tensor> parts) {
    const any_tensor* first = nullptr;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].rank() == 0)
            continue;
        if (first == nullptr)
            first = &parts[i];
        if (parts[i].is_named() != first->is_named())
            throw call_site{"pack", &text, {}}.anywhere(
                {.kind = category::name_mismatch,
                 .message = "named and unnamed tensors do not pack",
                 .expected = first->is_named() ? "a tensor with names" : "a tensor without names",
                 .got = tensor_number(i, parts[i]),
                 .help = "name it first: named(x, \"...\")"}
            );
    }
}

void check_parts(const pattern& text, std::span<const any_tensor> parts) {
    if (parts.empty())
        throw call_site{"pack", &text, {}}.anywhere(
            {.kind = category::other,
             .message = "there are no tensors to pack",
             .expected = "at least one tensor"}
        );
    for (std::size_t i = 0; i < parts.size(); ++i)
        check_names({"pack", &text, tensor_number(i, parts[i])}, text.input(), parts[i].shape());
    check_all_named_or_none(text, parts);
}

// The axis that item `i` of the pattern keeps: the same in all tensors. The first one's, which meets all others.
axis kept_axis(const pattern& text, std::span<const any_tensor> parts, std::size_t i) {
    const item& wanted = text.input().items[i];
    const auto axis_in = [&](const any_tensor& x) -> const axis& {
        return x.shape()[star_match(text, x.rank()).kept(i)];
    };
    const axis& first = axis_in(parts[0]);
    const axis* informed = &first;  // an axis without memory meets any, so remember who has one
    for (std::size_t k = 1; k < parts.size(); ++k) {
        const axis& other = axis_in(parts[k]);
        const call_site where{
            "pack", &text, "(" + parts[0].shape().str() + "), (" + parts[k].shape().str() + ")"};
        if (other.extent != first.extent)
            throw where.at(
                wanted.at,
                {.kind = category::size_mismatch,
                 .message = "'" + wanted.str() + "' is " + std::to_string(first.extent)
                          + " in the first tensor and " + std::to_string(other.extent)
                          + " in tensor " + std::to_string(k + 1),
                 .axis = wanted.str(),
                 .expected_extent = first.extent,
                 .got_extent = other.extent,
                 .expected = wanted.str() + "=" + std::to_string(first.extent),
                 .got = wanted.str() + "=" + std::to_string(other.extent),
                 .help = "only the axes under '*' may differ"}
            );
        require_same_axis(where, *informed, other);
        if (informed->memory == nullptr)
            informed = &other;
    }
    return first;
}

// The name that every tensor has for its one axis under '*', if there is one.
name packed_label(const pattern& text, std::span<const any_tensor> parts) {
    name common;
    for (std::size_t k = 0; k < parts.size(); ++k) {
        const star_match match(text, parts[k].rank());
        if (match.count() != 1)
            return {};
        const name label = parts[k].shape()[match.begin()].label;
        if (k > 0 && label != common)
            return {};
        common = label;
    }
    require_divisible_name("pack", parts[0].shape(), star_match(text, parts[0].rank()).begin());
    return common;
}

std::vector<std::int64_t> extents_under_star(const pattern& text, const any_tensor& x) {
    const star_match match(text, x.rank());
    std::vector<std::int64_t> extents;
    for (std::size_t i = match.begin(); i < match.end(); ++i)
        extents.push_back(x.shape()[i].extent);
    return extents;
}

// The loops that put `x` into the result: `out` has the strides of the result's axes.
kernels::loops<2> nest_into(const pattern& text, const any_tensor& x, const strides& out) {
    const star_match match(text, x.rank());
    strides target(x.rank(), 0);
    for (std::size_t i = 0; i < out.size(); ++i)
        if (i != match.begin())
            target[match.kept(i)] = out[i];
    std::int64_t step = out[match.begin()];
    for (std::size_t i = match.end(); i > match.begin(); --i) {
        target[i - 1] = step;
        step *= x.shape()[i - 1].extent;
    }
    kernels::loops<2> nest;
    for (std::size_t i = 0; i < x.rank(); ++i)
        nest.push_back({x.shape()[i].extent, {target[i], x.where().stride[i]}});
    return nest;
}

}  // namespace

packed<any_tensor> pack(const pattern_argument& given, std::span<const any_tensor> parts) {
    const pattern text = detail::pattern_of(given, verb::pack);
    check_parts(text, parts);
    const dtype type = common_dtype("pack", parts);

    const std::size_t star = ellipsis_position(text.input());
    shape axes;
    packed<any_tensor> result;
    for (std::size_t i = 0; i < text.input().items.size(); ++i)
        axes.push_back(
            i == star ? axis{packed_label(text, parts), 0, nullptr} : kept_axis(text, parts, i)
        );
    std::vector<std::int64_t> shares;
    for (const any_tensor& x : parts) {
        result.shapes.push_back(extents_under_star(text, x));
        shares.push_back(product_of(result.shapes.back()));
        axes[star].extent = checked_add(axes[star].extent, shares.back(), "the packed extent");
    }

    result.values = result_for(type, axes, parts);
    perform(
        pack_cost{},
        result.values.is_dry(),
        [&] {
            call c(type);
            for (const any_tensor& x : parts)
                c.reads(x).knows(x.shape());
            return std::move(c.detail(axes.axes_text()));
        },
        [&] {
            if (axes.volume() == 0)
                return;
            const strides& dense = result.values.where().stride;
            std::byte* out = result.values.writable();
            for (std::size_t k = 0; k < parts.size(); ++k) {
                if (parts[k].volume() > 0)
                    kernels::move(type, out, parts[k].data(), nest_into(text, parts[k], dense));
                out += static_cast<std::size_t>(shares[k] * dense[star]) * size_of(type);
            }
        }
    );
    return result;
}

}  // namespace abax
