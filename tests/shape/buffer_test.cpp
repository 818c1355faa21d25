#include <abax/core/error.hpp>
#include <abax/storage/buffer.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>
#include <thread>
#include <utility>
#include <vector>

using namespace abax;

TEST_CASE("buffer: copying one shares its block, and only the last one is unique") {
    buffer a = buffer::allocate(100);
    CHECK(a.is_unique());
    {
        const buffer b = a;
        CHECK(b.same_as(a));
        CHECK(b.data() == a.data());
        CHECK_FALSE(a.is_unique());
        CHECK_FALSE(b.is_unique());
    }
    CHECK(a.is_unique());
}

TEST_CASE("buffer: moving one leaves nothing behind, and assignment releases the old block") {
    buffer a = buffer::allocate(64);
    const std::byte* const block = a.data();
    buffer b = std::move(a);
    CHECK(b.data() == block);
    CHECK(b.is_unique());

    int released = 0;
    buffer c = buffer::adopt(&released, 4, [&] { ++released; });
    c = b;
    CHECK(released == 1);
    CHECK(c.same_as(b));
    const buffer& same = c;
    c = same;
    CHECK(c.same_as(b));
    CHECK(released == 1);
}

TEST_CASE("buffer: two blocks are never the same, and an empty one is the same as nothing") {
    const buffer a = buffer::allocate(8);
    const buffer b = buffer::allocate(8);
    const buffer none;

    CHECK_FALSE(a.same_as(b));
    CHECK_FALSE(none.same_as(none));
    CHECK_FALSE(none.is_unique());
    CHECK(none.data() == nullptr);
    CHECK(none.bytes() == 0);
}

TEST_CASE("buffer: every block is aligned and as large as was asked for") {
    for (std::size_t bytes = 0; bytes < 70000; bytes = bytes < 700 ? bytes + 1 : bytes * 9 / 8) {
        CAPTURE(bytes);
        const buffer b = buffer::allocate(bytes);
        REQUIRE(b.bytes() == bytes);
        REQUIRE(reinterpret_cast<std::uintptr_t>(b.data()) % buffer::alignment == 0);
        std::memset(b.data(), 0x5A, bytes);
    }
}

TEST_CASE("pool: a kept block is never smaller than what was asked for, and wastes below a quarter"
) {
    for (std::size_t bytes = 1; bytes < 300000;
         bytes = bytes < 1500 ? bytes + 1 : bytes * 17 / 16) {
        CAPTURE(bytes);
        release_cached_storage();
        REQUIRE(storage().cached_bytes == 0);
        (void)buffer::allocate(bytes);

        const std::size_t kept = storage().cached_bytes;

        REQUIRE(kept >= bytes);
        REQUIRE(kept < bytes + bytes / 4 + buffer::alignment);
    }
    release_cached_storage();
}

TEST_CASE("pool: live bytes are those in use, the peak the most of them at once") {
    const std::size_t before = storage().live_bytes;
    reset_peak_bytes();
    {
        const buffer a = buffer::allocate(1000);
        const buffer shared = a;
        CHECK(storage().live_bytes == before + 1000);
        {
            const buffer b = buffer::allocate(500);
            CHECK(storage().live_bytes == before + 1500);
        }
        CHECK(storage().live_bytes == before + 1000);
    }
    CHECK(storage().live_bytes == before);
    CHECK(storage().peak_bytes == before + 1500);

    reset_peak_bytes();
    CHECK(storage().peak_bytes == before);
}

TEST_CASE("pool: a released block is used again for a request of its size") {
    release_cached_storage();
    const std::byte* first = nullptr;
    {
        const buffer a = buffer::allocate(5000);
        first = a.data();
    }
    CHECK(storage().cached_bytes >= 5000);

    const buffer again = buffer::allocate(4990);

    CHECK(again.data() == first);
    CHECK(storage().cached_bytes == 0);
}

TEST_CASE("pool: a block that is used again is a new one to its owners") {
    const std::size_t before = storage().live_bytes;
    for (const std::size_t bytes : {5000U, 4990U, 5010U}) {
        CAPTURE(bytes);
        const buffer a = buffer::allocate(bytes);
        CHECK(a.bytes() == bytes);
        CHECK(a.is_unique());
        CHECK_FALSE(a.is_dry());
        CHECK(storage().live_bytes == before + bytes);
        const buffer shared = a;
        CHECK_FALSE(a.is_unique());
    }
    CHECK(storage().live_bytes == before);
}

TEST_CASE("pool: blocks can be released on another thread") {
    const std::size_t before = storage().live_bytes;
    std::vector<buffer> blocks;
    for (int i = 0; i < 50; ++i)
        blocks.push_back(buffer::allocate(128));

    std::thread([mine = std::move(blocks)]() mutable { mine.clear(); }).join();

    CHECK(storage().live_bytes == before);
}

TEST_CASE("buffer: an impossible request is an allocation error and changes no figure") {
    const std::size_t before = storage().live_bytes;
    bool refused = false;
    try {
        (void)buffer::allocate(SIZE_MAX / 2);
    } catch (const error& e) {
        refused = e.kind() == category::allocation;
    }
    CHECK(refused);
    CHECK(storage().live_bytes == before);
}

TEST_CASE("buffer: a dry one stands for bytes and holds none") {
    const std::size_t before = storage().live_bytes;

    const buffer b = buffer::dry(std::size_t{1} << 50U);
    const buffer shared = b;

    CHECK(b.is_dry());
    CHECK(shared.same_as(b));
    CHECK(b.bytes() == std::size_t{1} << 50U);
    CHECK(b.data() == nullptr);
    CHECK(storage().live_bytes == before);
    CHECK_FALSE(buffer::allocate(1).is_dry());
}

TEST_CASE("buffer: adopted memory is released once, when nobody shares it any more") {
    std::vector<float> memory(10);
    int released = 0;
    const std::size_t before = storage().live_bytes;
    {
        const buffer a = buffer::adopt(memory.data(), 40, [&] { ++released; });
        CHECK(a.is_unique());
        {
            const buffer b = a;
            CHECK(b.data() == reinterpret_cast<std::byte*>(memory.data()));
        }
        CHECK(released == 0);
        CHECK(storage().live_bytes == before);
    }
    CHECK(released == 1);
}

TEST_CASE("buffer: read-only memory is never unique, even when nobody shares it") {
    std::vector<float> memory(10);
    int released = 0;
    {
        const buffer a = buffer::adopt_read_only(memory.data(), 40, [&] { ++released; });
        CHECK_FALSE(a.is_unique());
    }
    CHECK(released == 1);
}
