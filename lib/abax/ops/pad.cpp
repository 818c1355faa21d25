#include <abax/ops/movement.hpp>
#include <abax/ops/operands.hpp>
#include <abax/ops/pad.hpp>
#include <abax/plan/align.hpp>

namespace abax {

using namespace detail;  // what the movements share

namespace {

// `count` positions of one axis, from `from` on.
layout stretch_of(layout where, std::size_t at, std::int64_t from, std::int64_t count) {
    where.axes[at].extent = count;
    return advanced(std::move(where), at, from);
}

void fill_stretch(any_tensor& out, const layout& where, const any_tensor& value) {
    if (where.axes.volume() == 0)
        return;
    kernels::fill(out.type(), out.viewed(where).writable(), value.data(), loops_over(where));
}

void move_stretch(any_tensor& out, const layout& to, const any_tensor& in, const layout& from) {
    if (from.axes.volume() > 0)
        kernels::move(
            out.type(), out.viewed(to).writable(), in.viewed(from).data(), copy_nest(to, from)
        );
}

void require_amount(const shape& axes, std::size_t at, std::int64_t amount) {
    if (amount < 0)
        throw error(
            {.kind = category::usage,
             .operation = "pad",
             .message =
                 label_or_position(axes, at) + " cannot be padded by " + std::to_string(amount),
             .axis = std::string(axes[at].label.text()),
             .input = axes.str(),
             .expected = "0 positions or more",
             .got = std::to_string(amount),
             .help = "slice takes positions away"}
        );
}

call describe(const any_tensor& x, const shape& result) {
    call c(x.type());
    c.reads(x).writes(result, x.type()).detail(x.shape().axes_text());
    return c;
}

}  // namespace

any_tensor pad(
    const any_tensor& x, axis_argument along, std::int64_t before, std::int64_t after, scalar value
) {
    const std::size_t at = position_of("pad", x.shape(), along);
    require_divisible_name("pad", x.shape(), at, "the padding");
    require_amount(x.shape(), at, before);
    require_amount(x.shape(), at, after);
    const any_tensor filler = value.as("pad", x.type(), any_dry({&x}));
    const std::int64_t extent = x.shape()[at].extent;
    const std::int64_t end = checked_add(before, extent, "the padded extent");
    shape axes = x.shape();
    axes[at] = {axes[at].label, checked_add(end, after, "the padded extent"), nullptr};
    any_tensor result = made(x.type(), axes, any_dry({&x}));
    perform(
        movement_cost{"pad"},
        result.is_dry(),
        [&] { return describe(x, axes); },
        [&] {
            const layout whole = result.where();
            fill_stretch(result, stretch_of(whole, at, 0, before), filler);
            move_stretch(result, stretch_of(whole, at, before, extent), x, x.where());
            fill_stretch(result, stretch_of(whole, at, end, after), filler);
        }
    );
    return result;
}

any_tensor roll(const any_tensor& x, axis_argument along, std::int64_t shift) {
    const std::size_t at = position_of("roll", x.shape(), along);
    require_divisible_name("roll", x.shape(), at, "the rolling");
    const std::int64_t extent = x.shape()[at].extent;
    shape axes = x.shape();
    axes[at] = axes[at].forgotten();
    any_tensor result = made(x.type(), axes, any_dry({&x}));
    perform(
        movement_cost{"roll"},
        result.is_dry(),
        [&] { return describe(x, axes); },
        [&] {
            if (x.volume() == 0)
                return;
            // The remainder has the sign of the shift.
            const std::int64_t up = (shift % extent + extent) % extent;
            const layout whole = result.where();
            move_stretch(
                result,
                stretch_of(whole, at, up, extent - up),
                x,
                stretch_of(x.where(), at, 0, extent - up)
            );
            move_stretch(
                result, stretch_of(whole, at, 0, up), x, stretch_of(x.where(), at, extent - up, up)
            );
        }
    );
    return result;
}

}  // namespace abax
