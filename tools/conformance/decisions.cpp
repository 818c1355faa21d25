#include "decisions.hpp"

#include <abax/core/error.hpp>

#include <nlohmann/json.hpp>

#include <fstream>

namespace conformance {

std::map<std::string, decision> load_decisions(const std::string& path) {
    const std::string file = path.empty() ? ABAX_DECISIONS : path;
    std::ifstream in(file);
    if (!in)
        throw abax::error(
            {.kind = abax::category::file, .message = "the decisions cannot be read", .file = file}
        );
    std::map<std::string, decision> all;
    try {
        const nlohmann::json file_content = nlohmann::json::parse(in);
        for (const auto& [quirk, entry] : file_content.at("quirks").items()) {
            const auto outcome = entry.at("outcome").get<std::string>();
            decision d{outcome == "reference", {}, outcome == "bool", outcome == "works"};
            if (outcome == "error")
                d.categories = entry.at("categories").get<std::set<std::string>>();
            else if (!d.as_reference && !d.as_bool && !d.works)
                throw abax::error(
                    {.kind = abax::category::file,
                     .message = "'" + quirk + "' has the unknown outcome '" + outcome + "'",
                     .file = file}
                );
            all.emplace(quirk, std::move(d));
        }
    } catch (const nlohmann::json::exception& e) {
        throw abax::error({.kind = abax::category::file, .message = e.what(), .file = file});
    }
    return all;
}

}  // namespace conformance
