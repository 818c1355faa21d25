#include <abax/ops/assign.hpp>
#include <abax/ops/movement.hpp>
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

void require_same_dryness(std::string_view operation, const any_tensor& x, const any_tensor& from) {
    if (x.is_dry() != from.is_dry())
        throw error(
            {.kind = category::dry,
             .operation = std::string(operation),
             .message = "a dry tensor and one with elements do not mix in an assignment",
             .input = x.shape().str()}
        );
}

void write_into(
    std::string_view operation, any_tensor& x, const layout& part, const any_tensor& from
) {
    require_same_type(x, from);
    require_same_axes(operation, part.axes, from.shape());
    require_same_dryness(operation, x, from);
    // Holding `from` alone must not make x look shared, and reading what is being written would tear it.
    const bool overlaps = x.shares_with(from);
    const any_tensor source = overlaps ? copy(from) : from;
    const bool is_copied = !is_own(x);
    make_unique(x);
    // After a copy the tensor is row-major: the part lies elsewhere.
    layout target = part;
    if (is_copied) {
        target.stride = x.where().stride;
        target.offset = x.where().offset;
    }
    perform(
        movement_cost{operation},
        x.is_dry(),
        [&] {
            return std::move(call(x.type())
                                 .reads(source)
                                 .writes(part.axes, x.type())
                                 .detail(part.axes.axes_text()));
        },
        [&] {
            kernels::move(
                x.type(),
                x.viewed(target).writable(),
                source.data(),
                copy_nest(target, source.where())
            );
        }
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
    write_into("assign", x, x.where(), from);
}

void assign(any_tensor& x, const range& where, const any_tensor& from) {
    const layout part = part_of("assign", x, where);
    if (is_own(x)) {
        write_into("assign", x, part, from);
        return;
    }
    require_same_type(x, from);
    require_same_axes("assign", part.axes, from.shape());
    require_same_dryness("assign", x, from);
    const any_tensor source = from;  // may be a view of x: it keeps the old buffer
    make_unique(x);
    write_into("assign", x, part_of("assign", x, where), source);
}

}  // namespace abax
