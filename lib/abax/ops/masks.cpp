#include <abax/ops/masks.hpp>
#include <abax/ops/movement.hpp>
#include <abax/ops/operands.hpp>
#include <abax/plan/price.hpp>
#include <abax/plan/transform.hpp>

#include <string>

namespace abax {

namespace {

error misuse(const shape& axes, std::string message, std::string expected, std::int64_t got) {
    return error(
        {.kind = category::usage,
         .operation = "windowed",
         .message = std::move(message),
         .got_extent = got,
         .input = axes.str(),
         .expected = std::move(expected),
         .got = std::to_string(got)}
    );
}

}  // namespace

tensor<bool> windowed(
    std::string_view queries,
    std::int64_t query_extent,
    std::string_view keys,
    std::int64_t key_extent,
    std::int64_t window
) {
    const shape both{
        axis{name(queries), query_extent, nullptr}, axis{name(keys), key_extent, nullptr}};
    for (const std::string_view label : {queries, keys})
        if (!label.empty())
            detail::require_axis_name("windowed", both, label);
    check_distinct({"windowed", nullptr, both.str()}, both);
    if (query_extent < 0)
        throw misuse(both, "a negative number of queries", "0 queries or more", query_extent);
    if (key_extent < query_extent)
        throw misuse(
            both,
            "fewer keys than queries: the first queries would see no key",
            "at least " + std::to_string(query_extent) + " keys",
            key_extent
        );
    if (window < 1)
        throw misuse(both, "a query sees at least itself", "a window of 1 or more", window);
    const bool dry = dry_run::is_on();
    any_tensor result = detail::made(dtype::boolean, both, dry);
    perform(
        detail::movement_cost{"windowed"},
        dry,
        [&] {
            return std::move(
                call(dtype::boolean).writes(both, dtype::boolean).detail(both.axes_text())
            );
        },
        [&] {
            auto* out = reinterpret_cast<bool*>(result.writable());
            const std::int64_t past = key_extent - query_extent;
            for (std::int64_t q = past; q < key_extent; ++q)
                for (std::int64_t k = 0; k < key_extent; ++k)
                    *out++ = k <= q && q - k < window;
        }
    );
    return tensor<bool>(std::move(result));
}

}  // namespace abax
