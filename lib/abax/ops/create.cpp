#include <abax/ops/create.hpp>
#include <abax/ops/filled.hpp>
#include <abax/plan/transform.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

namespace abax {

using namespace detail;  // what the verbs that only move elements share

namespace {

any_tensor filled_with(
    std::string_view operation, dtype type, const shape& axes, const scalar& value, bool dry = false
) {
    const any_tensor element = value.as(operation, type, dry || dry_run::is_on());
    return filled(
        operation,
        type,
        axes,
        [&](any_tensor& result) {
            kernels::fill(type, result.writable(), element.data(), {{result.volume(), {1}}});
        },
        dry
    );
}

/// result[i] = of(i), row-major.
template <class Of>
void write_each(any_tensor& result, const Of& of) {
    const std::int64_t count = result.volume();
    with_element(result.type(), [&](auto zero) {
        using T = decltype(zero);
        auto* const out = reinterpret_cast<T*>(result.writable());
        for (std::int64_t i = 0; i < count; ++i)
            out[i] = static_cast<T>(of(i));
    });
}

/// a + b * c, wrapping around on the way: only a result that fits is ever used.
std::int64_t wrapping_at(std::int64_t a, std::int64_t b, std::int64_t c) {
    return static_cast<std::int64_t>(
        static_cast<std::uint64_t>(a)
        + static_cast<std::uint64_t>(b) * static_cast<std::uint64_t>(c)
    );
}

template <class T>
T value_of(std::string_view operation, const scalar& number) {
    const any_tensor held = number.as(operation, dtype_of<T>);
    return *reinterpret_cast<const T*>(held.data());
}

[[noreturn]] void misused(std::string_view operation, std::string message, std::string help = {}) {
    throw error(
        {.kind = category::usage,
         .operation = std::string(operation),
         .message = std::move(message),
         .help = std::move(help)}
    );
}

double finite(std::string_view operation, std::string_view what, const scalar& number) {
    const auto value = value_of<double>(operation, number);
    if (!std::isfinite(value))
        misused(operation, std::string(what) + " is not a finite number");
    return value;
}

void require_step(bool is_zero) {
    if (is_zero)
        misused("arange", "a step of 0 leads nowhere", "for equal elements, use full");
}

any_tensor arange_of_integers(
    dtype type, axis_names along, std::int64_t start, std::int64_t stop, std::int64_t step
) {
    require_step(step == 0);
    const int128 way = step > 0 ? int128{stop} - start : int128{start} - stop;
    const int128 stride = step > 0 ? int128{step} : -int128{step};
    const int128 many = way > 0 ? (way + stride - 1) / stride : 0;
    if (many > INT64_MAX)
        throw_overflow("the number of elements");
    const auto count = static_cast<std::int64_t>(many);
    if (count > 0) {
        (void)scalar(start).as("arange", type, true);
        (void)scalar(wrapping_at(start, count - 1, step)).as("arange", type, true);
    }
    return filled("arange", type, axes_or_none(along, {count}), [&](any_tensor& result) {
        write_each(result, [&](std::int64_t i) { return wrapping_at(start, i, step); });
    });
}

// As many as fit before stop. The quotient is rounded, as are the numbers: the last one may reach stop, and goes then.
std::int64_t numbers_before(double start, double stop, double step) {
    const auto is_before = [&](double i) {
        const double x = std::fma(i, step, start);
        return step > 0 ? x < stop : x > stop;
    };
    const double quotient = std::ceil((stop - start) / step);
    if (!(quotient < 0x1p63))
        throw_overflow("the number of elements");
    double count = quotient > 0 ? quotient : 0;
    if (count > 0 && !is_before(count - 1))
        --count;
    return static_cast<std::int64_t>(count);
}

any_tensor arange_of_floats(
    dtype type, axis_names along, const scalar& from, const scalar& to, const scalar& by
) {
    const double start = finite("arange", "the start", from);
    const double stop = finite("arange", "the stop", to);
    const double step = finite("arange", "the step", by);
    require_step(step == 0);
    const std::int64_t count = numbers_before(start, stop, step);
    const auto at = [&](std::int64_t i) {
        return std::fma(static_cast<double>(i), step, start);  // one rounding, on every machine
    };
    if (count > 0) {
        (void)scalar(start).as("arange", type, true);
        (void)scalar(at(count - 1)).as("arange", type, true);
    }
    return filled("arange", type, axes_or_none(along, {count}), [&](any_tensor& result) {
        write_each(result, at);
    });
}

void require_keys(std::int64_t queries, std::int64_t keys) {
    if (queries < 0)
        throw error(
            {.kind = category::usage,
             .operation = "causal",
             .message = "a negative number of queries",
             .got_extent = queries,
             .expected = "0 queries or more",
             .got = std::to_string(queries)}
        );
    if (keys < queries)
        throw error(
            {.kind = category::usage,
             .operation = "causal",
             .message = "fewer keys than queries: the first queries would see no key",
             .expected_extent = queries,
             .got_extent = keys,
             .expected = "at least " + std::to_string(queries) + " keys",
             .got = std::to_string(keys)}
        );
}

}  // namespace

any_tensor full(dtype type, const shape& axes, scalar value) {
    return filled_with("full", type, axes, value);
}

namespace detail {

any_tensor full_like(const any_tensor& x, scalar value) {
    return filled_with("full", x.type(), x.shape(), value, x.is_dry());
}

}  // namespace detail

any_tensor iota(dtype type, const shape& axes, std::int64_t first) {
    const std::int64_t count = axes.volume();
    if (count > 0) {
        const std::int64_t last = checked_add(first, count - 1, "the last number");
        if (!is_floating(type)) {
            (void)scalar(first).as("iota", type, true);
            (void)scalar(last).as("iota", type, true);
        }
    }
    return filled("iota", type, axes, [&](any_tensor& result) {
        write_each(result, [&](std::int64_t i) { return first + i; });
    });
}

any_tensor arange(dtype type, axis_names along, scalar start, scalar stop, scalar step) {
    if (type == dtype::boolean)
        throw error(
            {.kind = category::dtype_mismatch,
             .operation = "arange",
             .message = "arange is not defined for bool",
             .help = "make numbers, and compare them"}
        );
    if (is_floating(type))
        return arange_of_floats(type, along, start, stop, step);
    return arange_of_integers(
        type,
        along,
        value_of<std::int64_t>("arange", start),
        value_of<std::int64_t>("arange", stop),
        value_of<std::int64_t>("arange", step)
    );
}

any_tensor linspace(dtype type, axis_names along, scalar start, scalar stop, std::int64_t count) {
    if (!is_floating(type))
        throw error(
            {.kind = category::dtype_mismatch,
             .operation = "linspace",
             .message = "linspace is not defined for " + std::string(to_string(type)),
             .help = "use arange for whole numbers"}
        );
    const double low = finite("linspace", "the start", start);
    const double high = finite("linspace", "the stop", stop);
    (void)start.as("linspace", type, true);
    (void)stop.as("linspace", type, true);
    const shape axes = axes_or_none(along, {count});
    const auto gaps = static_cast<double>(std::max<std::int64_t>(count - 1, 1));
    // The difference of the largest numbers is beyond them.
    const double way = high - low;
    const double step = std::isfinite(way) ? way / gaps : high / gaps - low / gaps;
    return filled("linspace", type, axes, [&](any_tensor& result) {
        // From the nearer end: both ends come out exactly, and the row is the same from either.
        const std::int64_t last = count - 1;
        write_each(result, [&](std::int64_t i) {
            if (i == last - i && last > 0)
                return low / 2 + high / 2;
            return i <= last / 2 ? std::fma(static_cast<double>(i), step, low)
                                 : std::fma(static_cast<double>(i - last), step, high);
        });
    });
}

any_tensor eye(
    dtype type, axis_names names, std::int64_t rows, std::optional<std::int64_t> columns
) {
    const std::int64_t width = columns.value_or(rows);
    return filled("eye", type, axes_or_none(names, {rows, width}), [&](any_tensor& result) {
        with_element(type, [&](auto zero) {
            using T = decltype(zero);
            auto* const out = reinterpret_cast<T*>(result.writable());
            std::fill_n(out, result.volume(), T{0});
            for (std::int64_t i = 0; i < std::min(rows, width); ++i)
                out[i * width + i] = T{1};
        });
    });
}

tensor<bool> causal(
    std::string_view queries,
    std::int64_t query_extent,
    std::string_view keys,
    std::int64_t key_extent
) {
    const shape both{
        axis{name(queries), query_extent, nullptr}, axis{name(keys), key_extent, nullptr}};
    for (const std::string_view label : {queries, keys})
        if (!label.empty())
            require_axis_name("causal", both, label);
    check_distinct({"causal", nullptr, both.str()}, both);
    require_keys(query_extent, key_extent);
    return tensor<bool>(filled("causal", dtype::boolean, both, [&](any_tensor& result) {
        auto* out = reinterpret_cast<bool*>(result.writable());
        const std::int64_t past = key_extent - query_extent;
        for (std::int64_t q = 0; q < query_extent; ++q)
            for (std::int64_t k = 0; k < key_extent; ++k)
                *out++ = k <= q + past;
    }));
}

}  // namespace abax
