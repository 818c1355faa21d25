#include "vectors_run.hpp"

#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/parse_shape.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/pattern/pattern.hpp>
#include <abax/pattern/static_check.hpp>

#include <cmath>
#include <limits>
#include <string>

namespace conformance {

using abax::any_tensor;
using json = nlohmann::ordered_json;  // sizes are checked in the order in which they were passed

double vector_number(const json& value) {
    if (value.is_boolean())
        return value.get<bool>() ? 1 : 0;
    if (value.is_string()) {
        const auto text = value.get<std::string>();
        const double infinity = std::numeric_limits<double>::infinity();
        return text == "nan" ? std::nan("") : text == "inf" ? infinity : -infinity;
    }
    return value.get<double>();
}

namespace {

abax::dtype dtype_of(const json& input, bool in_double) {
    const auto text = input.value("dtype", "float32");
    if (text == "float32")
        return in_double ? abax::dtype::float64 : abax::dtype::float32;
    return text == "bool" ? abax::dtype::boolean : abax::dtype::int64;
}

any_tensor tensor_of(const json& input, std::size_t k, bool in_double) {
    const auto axes = abax::shape::of(input.at("shape").get<std::vector<std::int64_t>>());
    const abax::dtype type = dtype_of(input, in_double);
    if (input.at("fill") == "arange")
        return abax::iota(type, axes, static_cast<std::int64_t>(1000 * k));
    std::vector<double> values;
    for (const json& value : input.at("values"))
        values.push_back(vector_number(value));
    return abax::cast(abax::from(values, axes).any(), type);
}

std::vector<abax::axis_size> sizes_of(const json& vector, std::vector<std::string>& names) {
    std::vector<abax::axis_size> sizes;
    const json given = vector.value("sizes", json::object());
    names.reserve(given.size());
    for (const auto& [label, extent] : given.items()) {
        names.push_back(label);
        sizes.push_back({names.back(), extent.get<std::int64_t>()});
    }
    return sizes;
}

// The reference looks for the names that may stand on the right only if it knows the reduction: an unknown one is the first
// of these faults, and comes after all others of the pattern.
void check_reduction(std::string_view pattern, const std::string& reduction) {
    try {
        (void)abax::parse(pattern, abax::verb::reduce);
    } catch (const abax::error&) {
        const auto fault = abax::static_fault(pattern, abax::verb::reduce);
        if (fault
            && (fault->kind == abax::fault_kind::one_sided_name
                || fault->kind == abax::fault_kind::number_refused))
            (void)abax::reduction_named(reduction);
        throw;
    }
}

// parse_shape's answer, in the order in which it was given.
json as_json(const std::vector<abax::axis_size>& sizes) {
    json all = json::object();
    for (const abax::axis_size& size : sizes)
        all[std::string(size.axis)] = size.extent;
    return all;
}

any_tensor run_transform(
    const std::string& op,
    const json& vector,
    const abax::pattern_text& text,
    const std::vector<any_tensor>& inputs
) {
    std::vector<std::string> names;
    const auto sizes = sizes_of(vector, names);
    const any_tensor x = vector.value("list_input", false) ? abax::stack(inputs) : inputs.at(0);
    if (op == "rearrange")
        return abax::rearrange(x, text, sizes);
    if (op == "repeat")
        return abax::repeat(x, text, sizes);
    if (op == "reduce") {
        check_reduction(text.text(), vector.at("reduction").get<std::string>());
        return abax::reduce(
            x, text, abax::reduction_named(vector.at("reduction").get<std::string>()), sizes
        );
    }
    throw abax::error(
        {.kind = abax::category::other, .message = "the operation '" + op + "' does not exist here"}
    );
}

}  // namespace

vector_result run_vector(const json& vector, bool in_double) {
    const auto op = vector.at("op").get<std::string>();
    const abax::pattern_text text(vector.at("pattern").get<std::string>());
    std::vector<any_tensor> inputs;
    for (const json& input : vector.at("inputs"))
        inputs.push_back(tensor_of(input, inputs.size(), in_double));
    if (op == "einsum")
        return {{abax::einsum(text, inputs)}};
    if (op == "pack") {
        const auto packed = abax::pack(text, inputs);
        return {{packed.values}, packed.shapes};
    }
    if (op == "unpack")
        return {abax::unpack(
            inputs.at(0), vector.at("packed_shapes").get<abax::packed_shapes>(), text
        )};
    if (op == "parse_shape")
        return {{}, {}, as_json(abax::parse_shape(inputs.at(0), text))};
    return {{run_transform(op, vector, text, inputs)}};
}

}  // namespace conformance
