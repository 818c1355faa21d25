#include "bills.hpp"

#include <doctest/doctest.h>

#include <array>
#include <thread>

using namespace bills;
using abax::scope;

TEST_CASE("scope: paths join what is open, and end with it") {
    CHECK_FALSE(scope::current());
    {
        const scope layer("h.0");
        CHECK(scope::current().text() == "h.0");
        {
            const scope part("attention");
            CHECK(scope::current().text() == "h.0/attention");
        }
        CHECK(scope::current().text() == "h.0");
        const scope deep("mlp/gelu");
        CHECK(scope::current().text() == "h.0/mlp/gelu");
    }
    CHECK_FALSE(scope::current());
}

TEST_CASE("scope: ends when an exception passes") {
    try {
        const scope layer("h.0");
        throw 1;
    } catch (int) {
        CHECK_FALSE(scope::current());
    }
}

TEST_CASE("scope: each thread has its own") {
    const scope layer("h.0");
    std::string elsewhere = "unset";

    std::thread([&] { elsewhere = scope::current().text(); }).join();

    CHECK(elsewhere.empty());
    CHECK(scope::current().text() == "h.0");
}

TEST_CASE("scope: a label without a part is refused and leaves the path as it was") {
    const scope layer("h.0");
    for (const char* label : {"", "/", "/a", "a/", "a//b"}) {
        CAPTURE(label);
        const auto e = error_of([&] { const scope refused(label); });
        REQUIRE(e.has_value());
        CHECK(e->kind == category::usage);
    }
    CHECK(scope::current().text() == "h.0");
}

TEST_CASE("scope: a path lies in what it begins with, part by part") {
    struct example {
        const char* path;
        const char* scope;
        bool lies_in;
    };
    constexpr auto table = std::to_array<example>({
        {"h.1", "h.1", true},
        {"h.1/attention", "h.1", true},
        {"h.1/attention/qkv", "h.1/attention", true},
        {"h.10", "h.1", false},
        {"h.10/attention", "h.1", false},
        {"h.1", "h.1/attention", false},
        {"attention", "h.1/attention", false},
        {"", "h.1", false},
        {"h.1", "", true},
        {"", "", true},
    });

    for (const auto& row : table) {
        CAPTURE(row.path);
        CAPTURE(row.scope);
        CHECK(abax::lies_in(row.path, row.scope) == row.lies_in);
    }
}
