#include <abax/core/static_vector.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>

using abax::static_vector;

using words = static_vector<std::string, 4>;

TEST_CASE("static_vector: keeps what is pushed, inserted and erased, in order") {
    words w{"a", "c"};
    w.insert(1, "b");
    w.push_back("d");
    w.erase(0);

    CHECK(w == words{"b", "c", "d"});
    CHECK(w.back() == "d");
}

TEST_CASE("static_vector: growing past the capacity throws and keeps what there was") {
    words w{"a", "b", "c", "d"};

    CHECK_THROWS_AS(w.push_back("e"), abax::error);
    CHECK_THROWS_AS(w.resize(5), abax::error);
    CHECK_THROWS_AS(w.insert(0, "e"), abax::error);
    CHECK(w == words{"a", "b", "c", "d"});
}

TEST_CASE("static_vector: copies are independent, moves carry the elements") {
    words a{"long enough to be on the heap, surely", "b"};
    words b = a;
    b[1] = "changed";
    CHECK(a[1] == "b");

    const words c = std::move(b);
    CHECK(c[1] == "changed");
    a = c;
    CHECK(a == c);
    a = *&a;
    CHECK(a == c);
}

TEST_CASE("static_vector: destroys exactly the elements it holds") {
    const auto counted = std::make_shared<int>(0);
    {
        static_vector<std::shared_ptr<int>, 8> v(3, counted);
        CHECK(counted.use_count() == 4);
        v.pop_back();
        v.resize(1);
        CHECK(counted.use_count() == 2);
        const auto copy = v;
        CHECK(counted.use_count() == 3);
    }
    CHECK(counted.use_count() == 1);
}
