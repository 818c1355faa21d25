#include <abax/core/error.hpp>
#include <abax/io/declared.hpp>
#include <abax/ops/create.hpp>
#include <abax/shape/tensor.hpp>

#include <string>
#include <utility>

namespace abax::io {

namespace {

template <class Check>
any_tensor in_file(const char* operation, std::string_view where, Check check) {
    try {
        return check();
    } catch (const error& thrown) {
        diagnosis details = thrown.details();
        details.operation = operation;
        details.file = std::string(where);
        throw error(std::move(details));
    }
}

}  // namespace

any_tensor with_declared_names(
    const any_tensor& x,
    std::string_view names,
    axis_sizes sizes,
    const char* operation,
    std::string_view where
) {
    return in_file(operation, where, [&] { return named(x, names, sizes); });
}

any_tensor with_declared_axes(
    const any_tensor& x,
    std::string_view axes,
    axis_sizes sizes,
    const char* operation,
    std::string_view where
) {
    return in_file(operation, where, [&] { return detail::read_as(operation, x, axes, sizes); });
}

any_tensor with_declared_type(
    any_tensor x, dtype wanted, const char* operation, std::string_view where
) {
    return in_file(operation, where, [&] {
        require_dtype(x, wanted);
        return std::move(x);
    });
}

}  // namespace abax::io
