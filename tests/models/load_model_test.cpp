#include <abax/models/gpt2.hpp>
#include <abax/models/llama.hpp>
#include <abax/models/load_model.hpp>

#include "../ops/support.hpp"
#include "support.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace abax;
using namespace abax::testing;
using models::load_dry_model;
using models::load_model;

TEST_CASE("load_model: config.json's model_type chooses the family") {
    const auto gpt2 = load_model(tiny_gpt2);
    const auto llama = load_model(tiny_llama);

    CHECK(gpt2->family() == "gpt2");
    CHECK(gpt2->vocabulary() == 97);
    CHECK(gpt2->context() == 64);
    CHECK_FALSE(gpt2->is_dry());
    CHECK(dynamic_cast<const models::gpt2*>(gpt2.get()) != nullptr);
    CHECK(llama->family() == "llama");
    CHECK(llama->vocabulary() == 101);
    CHECK(dynamic_cast<const models::llama*>(llama.get()) != nullptr);
}

TEST_CASE("load_dry_model: needs config.json alone, and allocates nothing") {
    for (const auto& original : {tiny_gpt2, tiny_llama}) {
        CAPTURE(original.string());
        const scratch_folder folder;
        std::filesystem::copy(original / "config.json", folder.path());
        const std::size_t before = storage().live_bytes;

        const auto model = load_dry_model(folder.path());

        CHECK(model->is_dry());
        CHECK(model->context() == 64);
        CHECK(storage().live_bytes == before);
    }
}

TEST_CASE("load_model: an unknown family, or none, is refused with the names of all that are known"
) {
    for (const json& type : {json("mamba"), json("Llama"), json(""), json(5), json()}) {
        const std::string shown = type.dump();
        CAPTURE(shown);
        const scratch_folder folder;
        json config = json_of(tiny_llama / "config.json");
        config["model_type"] = type;
        (void)folder.with("config.json", config.dump());
        const auto load = [&] { (void)load_model(folder.path()); };
        const auto load_dry = [&] { (void)load_dry_model(folder.path()); };
        for (const diagnosis& e : {thrown_by(load), thrown_by(load_dry)}) {
            CHECK(e.kind == category::config);
            CHECK(e.file.ends_with("config.json"));
            CHECK(e.expected == R"("model_type": "gpt2" or "model_type": "llama")");
        }
    }
}
