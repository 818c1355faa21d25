#include <abax/ops/operands.hpp>

#include <string>

namespace abax::detail {

void require_floating(std::string_view operation, const any_tensor& x) {
    if (!is_floating(x.type()))
        throw error(
            {.kind = category::dtype_mismatch,
             .operation = std::string(operation),
             .message =
                 std::string(operation) + " is not defined for " + std::string(to_string(x.type())),
             .input = x.shape().str(),
             .expected = "float32 or float64",
             .help = "convert with cast"}
        );
}

void require_type(
    std::string_view operation, std::string_view role, const any_tensor& x, dtype wanted
) {
    if (x.type() != wanted)
        throw error(
            {.kind = category::dtype_mismatch,
             .operation = std::string(operation),
             .message = "the " + std::string(role) + " holds " + std::string(to_string(x.type())),
             .input = x.shape().str(),
             .expected = std::string(to_string(wanted)),
             .got = std::string(to_string(x.type()))}
        );
}

bool any_dry(std::initializer_list<const any_tensor*> operands) {
    bool dry = dry_run::is_on();
    for (const any_tensor* x : operands)
        dry = dry || x->is_dry();
    return dry;
}

any_tensor made(dtype type, const shape& axes, bool dry) {
    return dry ? any_tensor::dry(type, axes) : any_tensor::empty(type, axes);
}

shape without(const shape& axes, std::size_t at) {
    shape rest = axes;
    rest.erase(at);
    return rest;
}

kernels::loops<1> loops_over(const layout& where) {
    kernels::loops<1> nest;
    for (std::size_t i = 0; i < where.rank(); ++i)
        nest.push_back({where.axes[i].extent, {where.stride[i]}});
    return nest;
}

kernels::loops<2> rows_of(const any_tensor& x, const strides& out, std::size_t along) {
    kernels::loops<2> rows;
    for (std::size_t i = 0; i < x.rank(); ++i)
        if (i != along)
            rows.push_back({x.shape()[i].extent, {out[i], x.where().stride[i]}});
    return rows;
}

}  // namespace abax::detail
