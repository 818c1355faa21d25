#include <abax/ops/elementwise_operands.hpp>
#include <abax/ops/in_place.hpp>
#include <abax/plan/align.hpp>

#include <array>
#include <utility>

namespace abax {

using namespace detail;  // what the element-wise operations share

namespace {

// A comparison of numbers gives bools, which have no place in a tensor of numbers.
void require_results_of_type(kernels::binary op, dtype type) {
    if (op >= kernels::binary::equal && type != dtype::boolean)
        throw error(
            {.kind = category::usage,
             .operation = std::string(price_of(op).label),
             .message = "its results are bools, not " + std::string(to_string(type))
                      + " to be put in place"}
        );
}

std::string both_shapes(const any_tensor& x, const any_tensor& y) {
    return "(" + x.shape().str() + "), (" + y.shape().str() + ")";
}

// `align` would let the wider operand lead, and the result would not fit its place.
void require_not_wider(std::string_view operation, const any_tensor& x, const any_tensor& y) {
    if (y.rank() <= x.rank())
        return;
    const bool by_name = y.is_named() && (x.is_named() || x.rank() == 0);
    std::string missing;
    if (by_name)
        for (const axis& a : y.shape())
            if (missing.empty() && !x.shape().find(a.label))
                missing = axis_text(a);
    throw error(
        {.kind = by_name ? category::name_mismatch : category::rank_mismatch,
         .operation = std::string(operation),
         .message = by_name ? "the left operand lacks the axis '" + missing
                                  + "', and in place nothing stretches"
                            : "rank " + std::to_string(y.rank()) + " does not fit into rank "
                                  + std::to_string(x.rank()) + ": in place nothing stretches",
         .axis = missing,
         .input = both_shapes(x, y),
         .expected = "axes among those of the left operand",
         .got = y.shape().axes_text(),
         .help = "reduce the right operand first, or write x = x + y for a new tensor"}
    );
}

void require_elements(std::string_view operation, const any_tensor& x, const any_tensor& y) {
    if (y.is_dry() && !x.is_dry())
        throw error(
            {.kind = category::dry,
             .operation = std::string(operation),
             .message = "a dry tensor has no elements to change another one by",
             .input = both_shapes(x, y),
             .help = "make both in the dry run, or both outside of it"}
        );
}

kernels::loops<3> nest_of(std::string_view operation, const any_tensor& x, const any_tensor& y) {
    const alignment aligned = align(operation, std::array{&x.where(), &y.where()});
    kernels::loops<3> nest;
    for (std::size_t i = 0; i < x.rank(); ++i)
        nest.push_back(
            {x.shape()[i].extent, {x.where().stride[i], aligned.stride[0][i], aligned.stride[1][i]}}
        );
    return nest;
}

}  // namespace

void map_in_place(kernels::binary op, any_tensor& x, const elementwise_operand& y) {
    const element_price& each = price_of(op);
    const dtype type = common_type(each.label, &x, y);
    require_domain(each, type, &x.shape());
    require_results_of_type(op, type);
    const held_operand right(each.label, y, type, &x);
    require_divisor(each, op, x, right);
    require_not_wider(each.label, x, *right.tensor);
    (void)nest_of(each.label, x, *right.tensor);
    if (!right.is_number())
        require_elements(each.label, x, *right.tensor);

    // A view of x in another tensor makes the buffer shared: x moves to a copy, and what is read stays as it was. Only x
    // itself is left, whose elements are read where they are written.
    make_unique(x);
    const bool dry = x.is_dry() || dry_run::is_on();
    perform(
        elementwise_cost{each},
        dry,
        [&] {
            call c(type);
            c.reads(x);
            if (!right.is_number())
                c.reads(*right.tensor);
            c.writes(x.shape(), type).detail(x.shape().axes_text());
            return c;
        },
        [&] {
            // Not the nest from above: a copy lies elsewhere than what it is a copy of.
            const kernels::loops<3> nest = nest_of(each.label, x, *right.tensor);
            auto* const out = x.writable();
            kernels::map(op, type, out, out, right.tensor->data(), nest);
        }
    );
}

}  // namespace abax
