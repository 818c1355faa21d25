#include "cost_cases.hpp"

#include <abax/core/error.hpp>

#include "case_kinds.hpp"

#include <cmath>

namespace conformance {

namespace {

using json = nlohmann::json;

bool is_integer(const json& value) {
    return value.is_number_integer() || value.is_string();
}

double as_double(const json& value) {
    return value.is_string() ? std::stod(value.get<std::string>()) : value.get<double>();
}

std::string digits(const json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

// "exact", {"rel": x}, {"abs": x}, {"rel": x, "integers": "exact"}, or one of these for each field.
bool agree(const json& expected, const json& got, const json& tolerance, const std::string& field) {
    if (tolerance.is_object() && tolerance.contains(field))
        return agree(expected, got, tolerance.at(field), {});
    const bool exact = tolerance == "exact"
                    || (is_integer(expected) && tolerance.value("integers", json()) == "exact");
    if (exact) {
        if (is_integer(expected) && is_integer(got))
            return digits(expected) == digits(got);
        return as_double(expected) == as_double(got);
    }
    const double want = as_double(expected);
    const double difference = std::abs(want - as_double(got));
    if (tolerance.contains("abs"))
        return difference <= tolerance.at("abs").get<double>();
    return difference <= tolerance.at("rel").get<double>() * std::abs(want);
}

void compare(
    const json& expected,
    const json& got,
    const json& tolerance,
    const std::string& path,
    std::string& wanted,
    std::string& found
) {
    for (const auto& [field, value] : expected.items()) {
        const std::string name = path.empty() ? field : path + "." + field;
        const json here = got.contains(field) ? got.at(field) : json();
        if (value.is_object() && here.is_object()) {
            compare(value, here, tolerance, name, wanted, found);
        } else if (here.is_null() || !agree(value, here, tolerance, field)) {
            wanted += (wanted.empty() ? "" : " ") + name + "=" + digits(value);
            found += (found.empty() ? "" : " ") + name + "="
                   + (here.is_null() ? "nothing" : digits(here));
        }
    }
}

figures figures_of(const std::string& kind, const json& inputs) {
    if (kind == "op_cost")
        return operation_figures(inputs);
    if (kind == "flop_counter_op")
        return flop_counter_figures(inputs);
    if (kind == "forward_flops")
        return forward_figures(inputs);
    return std::nullopt;
}

// Kinds whose cases are of many operations can be asked for one by one: op_cost/softmax, forward_flops/gpt2. What
// asks for more than its name says has a suffix: flop_counter_op/sum+grad, forward_flops/llama+experts.
std::string finer(const std::string& kind, const json& inputs) {
    if (inputs.contains("op")) {
        const bool wants_gradient =
            inputs.contains("parts") && inputs.at("parts").dump().find("grad") != std::string::npos;
        const auto op = inputs.at("op").get<std::string>();  // "einsum b h q d, ..." is einsum
        return kind + "/" + op.substr(0, op.find(' ')) + (wants_gradient ? "+grad" : "");
    }
    if (inputs.contains("model") && inputs.at("model").is_object()) {
        const json& model = inputs.at("model");
        return kind + "/" + model.value("arch", "")
             + (model.contains("n_experts") ? "+experts" : "");
    }
    return kind;
}

void run_case(const std::string& kind, const json& c, tally& results) {
    const auto id = c.at("id").get<std::string>();
    const json& expected = c.at("expect");
    figures got;
    try {
        got = figures_of(kind, c.at("inputs"));
    } catch (const abax::error& e) {
        results.fail(kind, id, expected.dump(), e.details().message);
        return;
    }
    if (!got) {
        results.fail(kind, id, expected.dump(), "nothing: it is not computed here");
        return;
    }
    std::string wanted;
    std::string found;
    compare(expected, *got, c.value("tolerance", json("exact")), {}, wanted, found);
    if (wanted.empty())
        results.pass(kind);
    else
        results.fail(kind, id, wanted, found);
}

}  // namespace

void run_cost_cases(std::istream& in, const std::string& file, tally& results) {
    json all;
    try {
        all = json::parse(in);
        if (all.at("cases").empty())
            throw abax::error(
                {.kind = abax::category::file, .message = "the file holds no cases", .file = file}
            );
        for (const json& c : all.at("cases")) {
            const auto kind = c.at("kind").get<std::string>();
            const json& inputs = c.at("inputs");
            const bool is_wanted = results.wants(kind);
            if (!results.wants(finer(kind, inputs)) && !is_wanted)
                continue;
            run_case(kind, c, results);
        }
    } catch (const json::exception& e) {
        throw abax::error({.kind = abax::category::file, .message = e.what(), .file = file});
    }
}

}  // namespace conformance
