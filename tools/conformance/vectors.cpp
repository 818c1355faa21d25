#include "vectors.hpp"

#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/pattern/pattern.hpp>
#include <abax/pattern/static_check.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <optional>
#include <variant>

namespace conformance {

namespace {

using abax::any_tensor;
using json = nlohmann::ordered_json;  // sizes are checked in the order in which they were passed

// numpy vectors are exact sums of sixteenths in double; einops vectors are exact in float32.
constexpr double float32_tolerance = 1e-6;
constexpr double float64_tolerance = 1e-12;

double number(const json& value) {
    if (value.is_boolean())
        return value.get<bool>() ? 1 : 0;
    if (value.is_string()) {
        const auto text = value.get<std::string>();
        const double infinity = std::numeric_limits<double>::infinity();
        return text == "nan" ? std::nan("") : text == "inf" ? infinity : -infinity;
    }
    return value.get<double>();
}

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
        values.push_back(number(value));
    return abax::cast(abax::from(values, axes).any(), type);
}

std::vector<double> values_of(const any_tensor& x) {
    return abax::tensor<double>(abax::cast(x, abax::dtype::float64)).to_vector();
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

any_tensor run(const json& vector, bool in_double) {
    const auto op = vector.at("op").get<std::string>();
    const abax::pattern_text text(vector.at("pattern").get<std::string>());
    std::vector<std::string> names;
    const auto sizes = sizes_of(vector, names);
    std::vector<any_tensor> inputs;
    for (const json& input : vector.at("inputs"))
        inputs.push_back(tensor_of(input, inputs.size(), in_double));
    if (op == "einsum")
        return abax::einsum(text, inputs);
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

struct outcome {
    std::optional<any_tensor> result;
    std::string category;  // when it failed
    std::string message;
};

outcome outcome_of(const json& vector, bool in_double) {
    try {
        return {run(vector, in_double), {}, {}};
    } catch (const abax::error& e) {
        return {std::nullopt, std::string(to_string(e.kind())), e.details().message};
    }
}

std::string shown(const outcome& got) {
    if (!got.result)
        return "error " + got.category + " (" + got.message + ")";
    return "shape [" + fmt::format("{}", fmt::join(got.result->shape().extents(), ", ")) + "]";
}

// Nothing if the result is the expected one, else what it should have been.
std::optional<std::string> disagreement(
    const json& expected, const any_tensor& got, bool inexact, double tolerance, bool as_bool
) {
    const auto extents = expected.at("shape").get<std::vector<std::int64_t>>();
    if (extents != got.shape().extents())
        return "shape " + expected.at("shape").dump();
    if (as_bool && got.type() != abax::dtype::boolean)
        return "bool values";
    const std::vector<double> values = values_of(got);
    const json& wanted = expected.at("values");
    if (wanted.size() != values.size())
        return fmt::format("{} values", wanted.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double want =
            as_bool ? static_cast<double>(number(wanted.at(i)) != 0) : number(wanted.at(i));
        const bool same = std::isnan(want)
                            ? std::isnan(values[i])
                            : want == values[i]
                                  || (inexact
                                      && std::abs(want - values[i])
                                             <= tolerance * std::max(1.0, std::abs(want)));
        if (!same)
            return fmt::format("value {} at {} (here {})", want, i, values[i]);
    }
    return std::nullopt;
}

bool is_inexact(const json& vector) {
    const auto op = vector.at("op").get<std::string>();
    if (op == "einsum")
        return true;
    const auto how = vector.value("reduction", "");
    return how == "mean" || how == "prod" || how == "sum";
}

void judge(
    const json& vector,
    const decision* quirk,
    bool in_double,
    const std::string& group,
    tally& results
) {
    const auto id = vector.at("id").get<std::string>();
    const json& expected = vector.at("expect");
    const outcome got = outcome_of(vector, in_double);
    if (quirk != nullptr && !quirk->as_reference && !quirk->as_bool) {
        if (!got.result && quirk->categories.contains(got.category))
            results.pass(group);
        else
            results.fail(
                group, id, fmt::format("error {}", fmt::join(quirk->categories, " or ")), shown(got)
            );
        return;
    }
    if (!expected.at("ok").get<bool>()) {
        const auto category = expected.at("category").get<std::string>();
        if (!got.result && got.category == category)
            results.pass(group);
        else
            results.fail(group, id, "error " + category, shown(got));
        return;
    }
    if (!got.result) {
        results.fail(group, id, "shape " + expected.value("shape", json()).dump(), shown(got));
        return;
    }
    const double tolerance = in_double ? float64_tolerance : float32_tolerance;
    const auto differs = disagreement(
        expected, *got.result, is_inexact(vector), tolerance, quirk != nullptr && quirk->as_bool
    );
    if (differs)
        results.fail(group, id, *differs, shown(got));
    else
        results.pass(group);
}

}  // namespace

void run_vectors(
    std::istream& in,
    const std::string& file,
    const std::map<std::string, decision>& decisions,
    tally& results
) {
    std::string line;
    bool has_vectors = false;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (line.empty())
            continue;
        has_vectors = true;
        json vector;
        try {
            vector = json::parse(line);
            const auto op = vector.at("op").get<std::string>();
            if (!results.wants(op))
                continue;
            if (vector.contains("extension")) {
                results.set_aside(op);
                continue;
            }
            const decision* quirk = nullptr;
            std::string group = op;
            if (vector.contains("quirk")) {
                group += " (quirk)";
                const auto found = decisions.find(vector.at("quirk").get<std::string>());
                if (found == decisions.end()) {
                    results.fail(
                        group, vector.at("id"), "a decision on " + vector.at("quirk").dump(), "none"
                    );
                    continue;
                }
                quirk = &found->second;
            }
            // Vectors with an index space come from numpy, in double.
            judge(vector, quirk, vector.contains("index_space"), group, results);
        } catch (const json::exception& e) {
            throw abax::error(
                {.kind = abax::category::file,
                 .message = "line " + std::to_string(number) + ": " + e.what(),
                 .file = file}
            );
        }
    }
    if (!has_vectors)  // a folder reads as nothing, too
        throw abax::error(
            {.kind = abax::category::file, .message = "the file holds no vectors", .file = file}
        );
}

}  // namespace conformance
