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

any_tensor::any_tensor(dtype type, layout where, buffer storage)
    : where_(std::move(where)), storage_(std::move(storage)), type_(type) {}

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
    const auto at = shape().find(name(label));
    if (!at)
        throw error(
            {.kind = category::unknown_axis,
             .operation = "extent",
             .message = "the tensor has no axis '" + std::string(label) + "'",
             .axis = std::string(label),
             .input = shape().str()}
        );
    return shape()[*at].extent;
}

const std::byte* any_tensor::data() const {
    if (is_dry())
        throw error(
            {.kind = category::dry,
             .message = "a dry tensor has no elements to read",
             .input = shape().str(),
             .help = "make it outside a dry run"}
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
