#include <abax/core/name.hpp>

#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <vector>

using abax::name;

TEST_CASE("name: equal text is the same name, however it was made") {
    CHECK(name("batch") == name(std::string("bat") + "ch"));
    CHECK_FALSE(name("batch") == name("Batch"));
    CHECK(name("batch").text().data() == name("batch").text().data());
}

TEST_CASE("name: no text is no name") {
    CHECK_FALSE(static_cast<bool>(name()));
    CHECK_FALSE(static_cast<bool>(name("")));
    CHECK(name().text().empty());
    CHECK(static_cast<bool>(name("s")));
}

TEST_CASE("name: names sort by their text") {
    CHECK(name("a") < name("b"));
    CHECK(name("s") < name("s'"));
    CHECK_FALSE(name("b") < name("a"));
}

TEST_CASE("name: without its primes") {
    CHECK(name("s''").unprimed() == name("s"));
    CHECK(name("s").unprimed() == name("s"));
    CHECK_FALSE(static_cast<bool>(name().unprimed()));
}

TEST_CASE("name: threads that intern the same names agree on them") {
    constexpr int count = 200;
    std::vector<std::vector<name>> made(4);
    std::vector<std::thread> threads;
    for (auto& mine : made)
        threads.emplace_back([&mine] {
            for (int i = 0; i < count; ++i)
                mine.emplace_back("thread_axis" + std::to_string(i));
        });
    for (auto& t : threads)
        t.join();

    for (const auto& mine : made)
        CHECK(mine == made[0]);
}
