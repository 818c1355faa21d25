#include <abax/core/checked.hpp>
#include <abax/kernels/rope.hpp>
#include <abax/ops/movement.hpp>
#include <abax/ops/operands.hpp>
#include <abax/ops/rope.hpp>
#include <abax/plan/price.hpp>
#include <abax/plan/transform.hpp>

#include <cmath>
#include <string>

namespace abax {

using namespace detail;  // what verbs ask of their operands

namespace {

struct angles_cost {
    [[nodiscard]] std::string_view operation() const { return "rope_angles"; }
    [[nodiscard]] op_class kind() const { return op_class::elementwise; }
    [[nodiscard]] cost price(const call& c) const {
        const polynomial angles = c.volume(c.operands().front().axes);
        return c.with_bytes(angles, 2 * angles);
    }
};

}  // namespace

std::vector<double> rope_frequencies(std::int64_t head_extent, double theta) {
    const auto fault = [&](category kind, const std::string& message, const char* expected) {
        return error(
            {.kind = kind,
             .operation = "rope_frequencies",
             .message = message,
             .got_extent = head_extent,
             .expected = expected}
        );
    };
    if (head_extent < 0)
        throw fault(category::usage, "a head of negative extent", "an even extent");
    if (head_extent % 2 != 0)
        throw fault(
            category::not_divisible,
            "a head of extent " + std::to_string(head_extent)
                + " is odd: its elements do not form pairs",
            "an even extent"
        );
    if (!(theta > 0) || !std::isfinite(theta))
        throw fault(
            category::usage,
            "theta is " + std::to_string(theta) + ", not a positive number",
            "a positive number, e.g. 10000"
        );
    std::vector<double> frequencies(static_cast<std::size_t>(head_extent / 2));
    for (std::size_t i = 0; i < frequencies.size(); ++i)
        frequencies[i] =
            std::pow(theta, -2.0 * static_cast<double>(i) / static_cast<double>(head_extent));
    return frequencies;
}

any_rope_table rope_angles(
    dtype type,
    std::string_view positions,
    std::int64_t extent,
    const std::vector<double>& frequencies,
    std::int64_t first
) {
    if (!is_floating(type))
        throw error(
            {.kind = category::dtype_mismatch,
             .operation = "rope_angles",
             .message = "cosines and sines are no " + std::string(to_string(type)),
             .expected = "float32 or float64"}
        );
    if (first < 0 || extent < 0)
        throw error(
            {.kind = category::usage,
             .operation = "rope_angles",
             .message = std::to_string(extent) + " positions from " + std::to_string(first)
                      + " on: neither may be negative",
             .axis = std::string(positions)}
        );
    (void)checked_add(first, extent, "the last position");
    const auto count = static_cast<std::int64_t>(frequencies.size());
    const bool named = !positions.empty();
    const shape axes{
        axis{name(positions), extent, nullptr},
        axis{named ? name(pair_axis) : name{}, count, nullptr}};
    if (named)
        require_axis_name("rope_angles", axes, positions);
    check_distinct({"rope_angles", nullptr, axes.str()}, axes);
    const bool dry = dry_run::is_on();
    any_rope_table table{made(type, axes, dry), made(type, axes, dry)};
    perform(
        angles_cost{},
        dry,
        [&] {
            return std::move(
                call(type).writes(axes, type).writes(axes, type).detail(axes.axes_text())
            );
        },
        [&] {
            kernels::rotation_tables(
                type,
                table.cosines.writable(),
                table.sines.writable(),
                first,
                extent,
                frequencies.data(),
                count
            );
        }
    );
    return table;
}

}  // namespace abax
