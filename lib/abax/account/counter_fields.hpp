#pragma once

#include <abax/account/cost.hpp>

#include <array>
#include <string_view>

namespace abax {

/// One of the seven counters: its name, and where it stands in a price and in a value.
struct counter_field {
    std::string_view name;
    polynomial cost::*price;
    int128 counters::*value;
};

/// All counters, in the order of `cost` and `counters`: for code that treats them alike.
inline constexpr std::array<counter_field, 7> counter_fields{{
    {"flops_mm", &cost::flops_mm, &counters::flops_mm},
    {"flops_mm_useful", &cost::flops_mm_useful, &counters::flops_mm_useful},
    {"flops_vec", &cost::flops_vec, &counters::flops_vec},
    {"specials", &cost::specials, &counters::specials},
    {"int_ops", &cost::int_ops, &counters::int_ops},
    {"bytes_read", &cost::bytes_read, &counters::bytes_read},
    {"bytes_written", &cost::bytes_written, &counters::bytes_written},
}};

}  // namespace abax
