#include <abax/ops/assign.hpp>
#include <abax/ops/movement.hpp>
#include <abax/ops/operands.hpp>
#include <abax/plan/align.hpp>

#include <array>

namespace abax {

using namespace detail;  // what the movements share

namespace {

void require_same_type(const any_tensor& x, const any_tensor& from) {
    (void)common_dtype("assign", std::array{x, from});
}

// Whether x can be written to as it lies: no other tensor sees it, nor another coordinate of x.
bool is_own(const any_tensor& x) {
    return x.storage().is_unique() && !x.where().overlaps_itself();
}

void require_same_dryness(const any_tensor& x, const any_tensor& from) {
    if (x.is_dry() != from.is_dry())
        throw error(
            {.kind = category::dry,
             .operation = "assign",
             .message = "a dry tensor and one with elements do not mix in an assignment",
             .input = x.shape().str()}
        );
}

const layout& layout_of(const any_tensor& x) {
    return x.where();
}

// Writes `from` into the part of x that `where_in(x)` tells, which is checked before anything is written.
template <class WhereIn>
void write_part(any_tensor& x, const WhereIn& where_in, const any_tensor& from) {
    const shape axes = where_in(x).axes;
    require_same_type(x, from);
    require_same_axes("assign", axes, from.shape());
    require_same_dryness(x, from);
    // May be x or a view of it: holding it makes x shared, so that x moves to a copy and what is read stays as it was.
    const any_tensor source = from;
    make_unique(x);
    const layout part = where_in(x);  // a copy lies elsewhere
    perform(
        movement_cost{"assign"},
        x.is_dry(),
        [&] {
            return std::move(
                call(x.type()).reads(source).writes(axes, x.type()).detail(axes.axes_text())
            );
        },
        [&] {
            kernels::move(
                x.type(), x.viewed(part).writable(), source.data(), copy_nest(part, source.where())
            );
        }
    );
}

// Writes `value` into the part of x that `where_in(x)` tells, which is checked before anything is written.
template <class WhereIn>
void fill_part(
    std::string_view operation, any_tensor& x, const WhereIn& where_in, const scalar& value
) {
    (void)where_in(x);
    const bool dry = x.is_dry() || dry_run::is_on();
    const any_tensor number = value.as(operation, x.type(), dry);
    make_unique(x);
    const layout part = where_in(x);  // a copy lies elsewhere
    perform(
        movement_cost{operation},
        dry,
        [&] {
            return std::move(
                call(x.type()).writes(part.axes, x.type()).detail(part.axes.axes_text())
            );
        },
        [&] { kernels::fill(x.type(), x.viewed(part).writable(), number.data(), loops_over(part)); }
    );
}

}  // namespace

any_tensor copy(const any_tensor& x) {
    any_tensor result =
        x.is_dry() ? any_tensor::dry(x.type(), x.shape()) : any_tensor::empty(x.type(), x.shape());
    perform(
        movement_cost{"copy"},
        result.is_dry(),
        [&] {
            return std::move(
                call(x.type()).reads(x).writes(x.shape(), x.type()).detail(x.shape().axes_text())
            );
        },
        [&] {
            kernels::move(
                x.type(), result.writable(), x.data(), copy_nest(result.where(), x.where())
            );
        }
    );
    return result;
}

void make_unique(any_tensor& x) {
    if (is_own(x))
        return;
    if (dry_run::is_on() && !x.is_dry())
        throw error(
            {.kind = category::dry,
             .message = "a dry run makes no copy of a shared tensor to write to",
             .input = x.shape().str(),
             .help = "write to it outside the dry run"}
        );
    x = copy(x);
}

void assign(any_tensor& x, const any_tensor& from) {
    write_part(x, layout_of, from);
}

void assign(any_tensor& x, const range& where, const any_tensor& from) {
    write_part(
        x, [&](const any_tensor& whole) { return part_of("assign", whole, where); }, from
    );
}

void assign(any_tensor& x, scalar value) {
    fill_part("assign", x, layout_of, value);
}

void assign(any_tensor& x, const range& where, scalar value) {
    fill_part(
        "assign", x, [&](const any_tensor& whole) { return part_of("assign", whole, where); }, value
    );
}

void set(any_tensor& x, const coordinate& where, scalar value) {
    fill_part(
        "set",
        x,
        [&](const any_tensor& whole) {
            return layout{{}, {}, whole.where().offset + where.in(whole.where())};
        },
        value
    );
}

}  // namespace abax
