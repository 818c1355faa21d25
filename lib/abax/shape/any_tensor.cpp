#include <abax/shape/any_tensor.hpp>

#include <utility>

namespace abax {

namespace {

thread_local int dry_runs = 0;

std::size_t bytes_for(dtype type, const shape& axes) {
    return static_cast<std::size_t>(checked_mul(
        axes.volume(), static_cast<std::int64_t>(size_of(type)), "the size of a tensor in bytes"
    ));
}

}  // namespace

any_tensor any_tensor::empty(dtype type, abax::shape axes) {
    if (dry_run::is_on())
        return dry(type, std::move(axes));
    const std::size_t bytes = bytes_for(type, axes);
    return {type, layout::row_major(std::move(axes)), buffer::allocate(bytes)};
}

any_tensor any_tensor::dry(dtype type, abax::shape axes) {
    const std::size_t bytes = bytes_for(type, axes);
    return {type, layout::row_major(std::move(axes)), buffer::dry(bytes)};
}

std::int64_t any_tensor::extent(std::string_view label) const {
    const auto at = shape().find(label);
    if (!at)
        throw no_such_axis("extent", shape(), label);
    return shape()[*at].extent;
}

std::int64_t any_tensor::extent(std::int64_t position) const {
    if (is_named())
        throw error(
            {.kind = category::usage,
             .operation = "extent",
             .message = "a named tensor takes the axis by name, not by position",
             .input = shape().str(),
             .got = std::to_string(position),
             .help = "its axes are " + shape().axes_text()}
        );
    const auto count = static_cast<std::int64_t>(rank());
    if (position < -count || position >= count)
        throw error(
            {.kind = category::unknown_axis,
             .operation = "extent",
             .message = "there is no axis " + std::to_string(position) + " in rank "
                      + std::to_string(count),
             .input = shape().str(),
             .got = std::to_string(position)}
        );
    return shape()[static_cast<std::size_t>(position < 0 ? position + count : position)].extent;
}

std::int64_t any_tensor::bytes() const {
    return static_cast<std::int64_t>(bytes_for(type_, shape()));
}

void require_dtype(const any_tensor& x, dtype wanted) {
    if (x.type() != wanted)
        throw error(
            {.kind = category::dtype_mismatch,
             .message = "the tensor holds " + std::string(to_string(x.type())) + ", not "
                      + std::string(to_string(wanted)),
             .input = x.shape().str(),
             .expected = std::string(to_string(wanted)),
             .got = std::string(to_string(x.type())),
             .help = "convert it with cast"}
        );
}

void require_one_element(const any_tensor& x) {
    if (x.volume() != 1)
        throw error(
            {.kind = category::size_mismatch,
             .operation = "item",
             .message = "a tensor of " + std::to_string(x.volume()) + " elements has no single one",
             .input = x.shape().str(),
             .expected = "one element",
             .got = std::to_string(x.volume()),
             .help = "choose one by its coordinate, x(0, 2), or reduce the tensor first"}
        );
}

const std::byte* any_tensor::data() const {
    if (is_dry())
        throw error(
            {.kind = category::dry,
             .message = "a dry tensor has no elements to read",
             .input = shape().str(),
             .help =
                 "make it outside a dry run; a tensor that was given no value, or was moved from, "
                 "has none either"}
        );
    return storage_.data() + where_.offset * static_cast<std::int64_t>(size_of(type_));
}

std::byte* any_tensor::writable() {
    (void)data();
    return storage_.data() + where_.offset * static_cast<std::int64_t>(size_of(type_));
}

dry_run::dry_run() noexcept {
    ++dry_runs;
}

dry_run::~dry_run() {
    --dry_runs;
}

bool dry_run::is_on() noexcept {
    return dry_runs > 0;
}

}  // namespace abax
