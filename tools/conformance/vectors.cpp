#include "vectors.hpp"

#include <abax/ops/elementwise.hpp>
#include <abax/shape/tensor.hpp>

#include "vectors_run.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <optional>
#include <string>
#include <vector>

namespace conformance {

namespace {

using abax::any_tensor;
using json = nlohmann::ordered_json;  // the extents of parse_shape have an order

// numpy vectors are exact sums of sixteenths in double; einops vectors are exact in float32.
constexpr double float32_tolerance = 1e-6;
constexpr double float64_tolerance = 1e-12;

std::vector<double> values_of(const any_tensor& x) {
    return abax::tensor<double>(abax::cast(x, abax::dtype::float64)).to_vector();
}

struct outcome {
    std::optional<vector_result> result;
    std::string category;  // when it failed
    std::string message;
};

outcome outcome_of(const json& vector, bool in_double) {
    try {
        return {run_vector(vector, in_double), {}, {}};
    } catch (const abax::error& e) {
        return {std::nullopt, std::string(to_string(e.kind())), e.details().message};
    }
}

std::string shown(const outcome& got) {
    if (!got.result)
        return "error " + got.category + " (" + got.message + ")";
    std::string text;
    for (const any_tensor& x : got.result->tensors)
        text += (text.empty() ? "shape " : ", ") + json(x.shape().extents()).dump();
    if (!got.result->packed_shapes.is_null())
        text += " packed from " + got.result->packed_shapes.dump();
    if (!got.result->sizes.is_null())
        text += got.result->sizes.dump();
    return text.empty() ? "no tensors" : text;
}

std::string shown(const json& expected) {
    if (expected.contains("sizes"))
        return expected.at("sizes").dump();
    std::string text = "shape";
    if (expected.contains("outputs"))
        for (const json& output : expected.at("outputs"))
            text += " " + output.at("shape").dump();
    return text + (expected.contains("shape") ? " " + expected.at("shape").dump() : "");
}

// Nothing if the tensor is the expected one, else what it should have been.
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
        const double want = as_bool ? static_cast<double>(vector_number(wanted.at(i)) != 0)
                                    : vector_number(wanted.at(i));
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

// The same of all that an operation gives.
std::optional<std::string> disagreement(
    const json& expected, const vector_result& got, bool inexact, double tolerance, bool as_bool
) {
    if (expected.contains("sizes") && expected.at("sizes") != got.sizes)
        return shown(expected);
    if (expected.contains("packed_shapes") && expected.at("packed_shapes") != got.packed_shapes)
        return "packed from " + expected.at("packed_shapes").dump();
    json tensors = json::array();
    if (expected.contains("outputs"))
        tensors = expected.at("outputs");
    else if (expected.contains("shape"))
        tensors.push_back(expected);
    if (tensors.size() != got.tensors.size())
        return fmt::format("{} tensors", tensors.size());
    for (std::size_t i = 0; i < tensors.size(); ++i)
        if (const auto differs =
                disagreement(tensors[i], got.tensors[i], inexact, tolerance, as_bool))
            return differs;
    return std::nullopt;
}

bool is_inexact(const json& vector) {
    const auto op = vector.at("op").get<std::string>();
    if (op == "einsum")
        return true;
    const auto how = vector.value("reduction", "");
    return how == "mean" || how == "prod" || how == "sum";
}

// Nothing if that is what should have come out, else what should have.
std::optional<std::string> disagreement(
    const json& vector, const decision* quirk, bool in_double, const outcome& got
) {
    if (quirk != nullptr && quirk->works) {
        // Nothing is recorded to compare with: the reference fails.
        return got.result ? std::nullopt : std::optional<std::string>("a result");
    }
    if (quirk != nullptr && !quirk->as_reference && !quirk->as_bool) {
        if (!got.result && quirk->categories.contains(got.category))
            return std::nullopt;
        return fmt::format("error {}", fmt::join(quirk->categories, " or "));
    }
    const json& expected = vector.at("expect");
    if (!expected.at("ok").get<bool>()) {
        const auto category = expected.at("category").get<std::string>();
        if (!got.result && got.category == category)
            return std::nullopt;
        return "error " + category;
    }
    if (!got.result)
        return shown(expected);
    const double tolerance = in_double ? float64_tolerance : float32_tolerance;
    const bool as_bool = quirk != nullptr && quirk->as_bool;
    return disagreement(expected, *got.result, is_inexact(vector), tolerance, as_bool);
}

void judge(
    const json& vector,
    const decision* quirk,
    bool in_double,
    const std::string& group,
    tally& results
) {
    const auto id =
        vector.at("id").get<std::string>();  // first: a vector without one is a bad file
    const outcome got = outcome_of(vector, in_double);
    if (const auto wanted = disagreement(vector, quirk, in_double, got))
        results.fail(group, id, *wanted, shown(got));
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
