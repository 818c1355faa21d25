#include "every_verb.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace abax::testing {

namespace {

verb_rows every_row() {
    verb_rows all;
    for (const verb_rows& some :
         {elementwise_rows(), pattern_rows(), axis_rows(), view_rows(), created_rows()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

// Why a verb of docs/verbs.md has no row.
const std::map<std::string, std::string> left_out{
    {"axes", "gives a shape"},
    {"axes_or_none", "gives a shape"},
    {"named", "`as` is its typed form"},
    {"x(1, 2)", "reads"},
    {"x(\"s\"_ax = 1, \"b\"_ax = 2)", "reads"},
    {"x.item()", "reads"},
    {"x.flat()", "reads"},
    {"x.to_vector()", "reads"},
    {"to_string", "reads"},
    {"equal", "reads"},
    {"allclose", "reads"},
    {"difference", "reads"},
    {"set", "writes one element, by name"},
    {"map", "the operation is a value; the verbs that it makes have rows"},
    {"map_in_place", "as map"},
    {"reduce_axes", "for programs that choose at run time"},
    {"reduce_all", "as reduce_axes"},
    {"reduction_named", "as reduce_axes"},
    {"stack_for", "as reduce_axes"},
    {"rope_frequencies", "gives a vector"},
    {"load_npy", "tests/io/typed_load_test.cpp"},
    {"save_npy", "writes a file"},
    {"load_npz", "tests/io/typed_load_test.cpp"},
    {"save_npz", "writes a file"},
    {"load_safetensors", "gives tensors of several types"},
    {"save_safetensors", "writes a file"},
    {"safetensors::open", "tests/io/typed_load_test.cpp"},
    {"models::load_model", "gives a model"},
    {"with_axes", "a constraint on types"},
    {"nn::ein_mix", "a layer, made of rearrange, einsum and +"},
    {"as_matrix", "Eigen's"},
    {"as_vector", "Eigen's"},
    {"from_eigen", "Eigen's"},
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at))
        text.replace(at, from.size(), to);
    return text;
}

// What stands between backquotes in the first column of the page's tables, up to the names of the bill.
std::vector<std::string> documented_verbs() {
    std::ifstream page(std::string(ABAX_TEST_DATA) + "/../../docs/verbs.md");
    std::vector<std::string> all;
    for (std::string line; std::getline(page, line) && line != "## Bill";) {
        if (!line.starts_with("| ") || line.starts_with("| verb"))
            continue;
        std::string column = line.substr(2, line.find(" | ", 2) - 2);
        column = replaced(replaced(replaced(column, "<code>", "`"), "</code>", "`"), "&#124;", "|");
        for (std::size_t at = column.find('`'); at != std::string::npos;
             at = column.find('`', at)) {
            const std::size_t end = column.find('`', at + 1);
            all.push_back(column.substr(at + 1, end - at - 1));
            at = end + 1;
        }
    }
    return all;
}

}  // namespace

TEST_CASE("typed verbs: each gives the values, the names and the bill of its dynamic form") {
    const operands given;
    for (const verb_row& one : every_row()) {
        CAPTURE(one.verb);
        CAPTURE(one.call);
        CHECK(one.difference(given) == "");
    }
}

TEST_CASE("typed verbs: so they do where no operand has elements") {
    const operands given{true};
    for (const verb_row& one : every_row()) {
        CAPTURE(one.verb);
        CAPTURE(one.call);
        CHECK(one.difference(given) == "");
    }
}

TEST_CASE("typed verbs: the table has all verbs of docs/verbs.md, or says why not") {
    std::set<std::string> has;
    for (const verb_row& one : every_row())
        has.insert(one.verb);
    const std::vector<std::string> documented = documented_verbs();

    CHECK(documented.size() > 120);
    for (const std::string& verb : documented) {
        CAPTURE(verb);
        CHECK(has.count(verb) + left_out.count(verb) == 1);
    }
}

}  // namespace abax::testing
