#include <abax/kernels/vectors.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

using namespace abax::kernels;

TEST_CASE_TEMPLATE(
    "load_part: the first elements, padding behind them, and nothing is read beyond",
    T,
    float,
    double
) {
    for (std::int64_t count = 0; count < detail::lanes<T>; ++count) {
        CAPTURE(count);
        // As long as what is read: an address sanitizer sees one element more.
        std::vector<T> from(static_cast<std::size_t>(count));
        for (std::int64_t i = 0; i < count; ++i)
            from[static_cast<std::size_t>(i)] = static_cast<T>(i + 1);

        const detail::vec<T> x = detail::load_part(from.data(), count, T{-7});

        for (std::int64_t i = 0; i < detail::lanes<T>; ++i)
            CHECK(x[i] == (i < count ? static_cast<T>(i + 1) : T{-7}));
    }
}

TEST_CASE_TEMPLATE("store_part: the first elements, and none behind them", T, float, double) {
    for (std::int64_t count = 0; count < detail::lanes<T>; ++count) {
        CAPTURE(count);
        std::vector<T> to(static_cast<std::size_t>(detail::lanes<T>), T{-7});
        detail::vec<T> x{};
        for (std::int64_t i = 0; i < detail::lanes<T>; ++i)
            x[i] = static_cast<T>(i + 1);

        detail::store_part<T>(to.data(), x, count);

        for (std::int64_t i = 0; i < detail::lanes<T>; ++i)
            CHECK(to[static_cast<std::size_t>(i)] == (i < count ? static_cast<T>(i + 1) : T{-7}));
    }
}
