#include <abax/kernels/random.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/filled.hpp>
#include <abax/ops/random.hpp>

#include <cmath>
#include <string>
#include <string_view>
#include <utility>

namespace abax {

using namespace detail;  // what the verbs that only move elements share

namespace {

[[noreturn]] void wrong_interval(
    std::string_view operation, std::string message, const scalar& low, const scalar& high
) {
    throw error(
        {.kind = category::usage,
         .operation = std::string(operation),
         .message = std::move(message),
         .expected = "low < high",
         .got = "low = " + low.str() + ", high = " + high.str()}
    );
}

[[noreturn]] void wrong_elements(
    std::string_view operation, dtype type, std::string_view wanted, std::string_view help
) {
    throw error(
        {.kind = category::dtype_mismatch,
         .operation = std::string(operation),
         .message = std::string(operation) + " is not defined for " + std::string(to_string(type)),
         .expected = std::string(wanted),
         .got = std::string(to_string(type)),
         .help = std::string(help)}
    );
}

// Checked as the elements will see it: a float cannot tell 1 from 1 + 1e-9.
void require_interval(dtype type, double low, double high) {
    (void)scalar(low).as("uniform", type, true);
    (void)scalar(high).as("uniform", type, true);
    const bool is_narrow = type == dtype::float32;
    const double from = is_narrow ? static_cast<float>(low) : low;
    const double to = is_narrow ? static_cast<float>(high) : high;
    if (!(from < to))
        wrong_interval("uniform", "no number lies from low up to below high", low, high);
    const double width = to - from;
    const bool fits = is_narrow ? std::isfinite(static_cast<float>(width)) : std::isfinite(width);
    if (!std::isfinite(from) || !fits)
        wrong_interval(
            "uniform", "high - low is no finite " + std::string(to_string(type)), low, high
        );
}

}  // namespace

any_tensor randn(dtype type, const shape& axes, std::uint64_t seed) {
    if (!is_floating(type))
        wrong_elements("randn", type, "float32 or float64", "convert with cast");
    return filled("randn", type, axes, [&](any_tensor& result) {
        kernels::normal(type, result.writable(), result.volume(), seed);
    });
}

any_tensor uniform(dtype type, const shape& axes, std::uint64_t seed, double low, double high) {
    if (!is_floating(type))
        wrong_elements("uniform", type, "float32 or float64", "for whole numbers use randint");
    require_interval(type, low, high);
    return filled("uniform", type, axes, [&](any_tensor& result) {
        kernels::uniform(type, result.writable(), result.volume(), seed, low, high);
    });
}

any_tensor randint(
    dtype type, const shape& axes, std::uint64_t seed, std::int64_t low, std::int64_t high
) {
    if (type != dtype::int32 && type != dtype::int64)
        wrong_elements("randint", type, "int32 or int64", "for other numbers use uniform");
    if (low >= high)
        wrong_interval("randint", "no number lies from low up to below high", low, high);
    (void)scalar(low).as("randint", type, true);
    (void)scalar(high - 1).as("randint", type, true);
    return filled("randint", type, axes, [&](any_tensor& result) {
        kernels::random_integers(type, result.writable(), result.volume(), seed, low, high);
    });
}

tensor<std::int64_t> permutation(axis_names along, std::int64_t n, std::uint64_t seed) {
    const shape axes = axes_or_none(along, {n});
    return tensor<std::int64_t>(filled("permutation", dtype::int64, axes, [&](any_tensor& result) {
        kernels::permutation(reinterpret_cast<std::int64_t*>(result.writable()), n, seed);
    }));
}

}  // namespace abax
