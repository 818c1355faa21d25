#include <abax/core/polynomial.hpp>

#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <map>
#include <random>
#include <string>

using abax::category;
using abax::int128;
using abax::name;
using abax::polynomial;

namespace {

const name b("b");
const name d("d");
const name h("h");
const name s("s");
const name s1("s'");
const name t("t");

polynomial var(name n) {
    return polynomial(n);
}

constexpr int128 biggest = (((int128{1} << 126) - 1) << 1) + 1;
constexpr int128 smallest = -biggest - 1;

// 2^62 * 2^62 * 8 = 2^127 is the first number that does not fit; reached only through public doors.
polynomial two_to_the(int power) {
    polynomial result(1);
    for (int i = 0; i < power; ++i)
        result *= 2;
    return result;
}

polynomial constant(int128 value) {
    constexpr int128 base = int128{1} << 62;
    polynomial result(static_cast<std::int64_t>(value / base / base));
    result = result * two_to_the(62) + static_cast<std::int64_t>(value / base % base);
    return result * two_to_the(62) + static_cast<std::int64_t>(value % base);
}

int128 value_of_constant(const polynomial& p) {
    return p.at([](name) -> std::int64_t { return 0; });
}

template <class Body>
category kind_of(Body&& body) {
    try {
        body();
    } catch (const abax::error& e) {
        return e.kind();
    }
    FAIL("nothing was thrown");
    return category::other;
}

struct sampler {
    std::mt19937 generator{20240229};

    std::int64_t number(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(generator() % static_cast<unsigned>(high - low + 1));
    }
    polynomial next() {
        polynomial sum;
        for (std::int64_t terms = number(0, 4); terms > 0; --terms) {
            polynomial product(number(-9, 9));
            for (std::int64_t factors = number(0, 3); factors > 0; --factors)
                product *= var(std::array{b, s, s1, t}[static_cast<std::size_t>(number(0, 3))]);
            sum += product;
        }
        return sum.over(number(1, 6));
    }
};

constexpr int rounds = 300;

}  // namespace

TEST_CASE("polynomial: prints in one canonical order") {
    struct example {
        polynomial value;
        std::string text;
    };
    const std::array table{
        example{0, "0"},
        example{7, "7"},
        example{-7, "-7"},
        example{var(s), "s"},
        example{-1 * var(s), "-s"},
        example{3 - 2 * var(s), "-2*s + 3"},
        example{
            4 * var(b) * var(h) * var(s) * var(s1) - 2 * var(b) * var(h) * var(s),
            "4*b*h*s*s' - 2*b*h*s"},
        example{2 * var(s1) * var(h) * var(b), "2*b*h*s'"},
        example{(var(s) * var(s) + var(s)).over(2), "(s^2 + s)/2"},
        example{var(s).over(2), "s/2"},
        example{(-1 * var(s) * var(s)).over(4), "-s^2/4"},
        example{polynomial(3).over(2), "3/2"},
        example{(1 - var(s)).over(2), "(-s + 1)/2"},
        example{(var(s) + var(t)) * (var(s) + var(t)), "s^2 + 2*s*t + t^2"},
        example{var(t) + var(s) * var(s) * var(s) + var(t) * var(t) + var(b), "s^3 + t^2 + b + t"},
    };

    for (const auto& row : table) {
        CAPTURE(row.text);
        CHECK(row.value.str() == row.text);
    }
}

TEST_CASE("polynomial: equal ones compare equal however they were made") {
    CHECK((var(s) + 1) * (var(s) - 1) == var(s) * var(s) - 1);
    CHECK((6 * var(s) + 4).over(8) == (3 * var(s) + 2).over(4));
    CHECK((6 * var(s) + 4).over(8).denominator() == 4);
    CHECK(var(s).over(2) + var(s).over(2) == var(s));
    CHECK(var(s).over(2) + var(s).over(3) == (5 * var(s)).over(6));
    CHECK((var(s) - var(s)).over(7) == polynomial());
    CHECK((var(s) - var(s)).is_zero());
    CHECK_FALSE(var(s) == var(s1));
}

TEST_CASE("polynomial: the rules of rings hold on random polynomials") {
    sampler samples;
    for (int round = 0; round < rounds; ++round) {
        const polynomial p = samples.next();
        const polynomial q = samples.next();
        const polynomial r = samples.next();
        CAPTURE(round);
        CAPTURE(p.str());
        CAPTURE(q.str());
        CAPTURE(r.str());

        CHECK(p + q == q + p);
        CHECK(p * q == q * p);
        CHECK((p + q) + r == p + (q + r));
        CHECK((p * q) * r == p * (q * r));
        CHECK(p * (q + r) == p * q + p * r);
        CHECK(p + 0 == p);
        CHECK(p * 1 == p);
        CHECK((p * 0).is_zero());
        CHECK((p - p).is_zero());
        CHECK((p + q) - q == p);
        CHECK(p.over(6) * 6 == p);
    }
}

TEST_CASE("polynomial: the value of a sum or product is the sum or product of the values") {
    sampler samples;
    for (int round = 0; round < rounds; ++round) {
        // 60 holds every denominator of the samples, so that all values are whole.
        const polynomial p = samples.next() * 60;
        const polynomial q = samples.next() * 60;
        std::map<name, std::int64_t> extents;
        for (const name n : {b, s, s1, t})
            extents[n] = samples.number(-5, 11);
        const auto value_of = [&](name n) { return extents.at(n); };
        CAPTURE(round);
        CAPTURE(p.str());
        CAPTURE(q.str());

        CHECK((p + q).at(value_of) == p.at(value_of) + q.at(value_of));
        CHECK((p - q).at(value_of) == p.at(value_of) - q.at(value_of));
        CHECK((p * q).at(value_of) == p.at(value_of) * q.at(value_of));
    }
}

TEST_CASE("polynomial: substitution agrees with evaluation") {
    sampler samples;
    for (int round = 0; round < rounds; ++round) {
        const polynomial p = samples.next() * 60;
        const polynomial by = var(b) * var(t) + 3;
        const auto value_of = [](name n) -> std::int64_t { return n == b ? 2 : n == t ? 5 : 7; };
        const auto with_s = [&](name n) -> std::int64_t { return n == s ? 13 : value_of(n); };
        CAPTURE(p.str());

        CHECK(p.substitute(s, by).at(value_of) == p.at(with_s));
    }
    CHECK((var(s) * var(s) + var(s)).over(2).substitute(s, 2 * var(t)).str() == "2*t^2 + t");
    CHECK(var(b).substitute(s, 5) == var(b));
}

TEST_CASE("polynomial: causal pairs are whole at every length") {
    const polynomial pairs = (var(s) * var(s) + var(s)).over(2);

    for (std::int64_t n = 0; n < 50; ++n)
        CHECK(pairs.at([n](name) { return n; }) == n * (n + 1) / 2);
}

TEST_CASE("polynomial: a value that is not whole is an error") {
    const auto half = [] { (void)var(s).over(2).at([](name) -> std::int64_t { return 3; }); };

    CHECK(kind_of(half) == category::other);
}

TEST_CASE("polynomial: counts that 64 bits do not hold are exact") {
    const polynomial flops = 2 * var(b) * var(s) * var(d) * var(h);
    const auto million = [](name) -> std::int64_t { return 1'000'000; };

    CHECK(abax::to_string(flops.at(million)) == "2000000000000000000000000");
}

TEST_CASE("polynomial: reaches both ends of 128 bits, and not one step beyond") {
    CHECK(value_of_constant(constant(biggest)) == biggest);
    CHECK(value_of_constant(constant(smallest)) == smallest);
    CHECK(constant(biggest).str() == "170141183460469231731687303715884105727");
    CHECK(constant(smallest).str() == "-170141183460469231731687303715884105728");
    CHECK(kind_of([] { (void)(constant(biggest) + 1); }) == category::overflow);
    CHECK(kind_of([] { (void)(constant(smallest) - 1); }) == category::overflow);
    CHECK(kind_of([] { (void)(constant(smallest) * -1); }) == category::overflow);
    CHECK(kind_of([] { (void)two_to_the(127); }) == category::overflow);
    CHECK(constant(smallest).over(2) == constant(smallest / 2));
}

TEST_CASE("polynomial: a value that does not fit is an error at both ends") {
    const auto at_two = [](const polynomial& p) {
        return p.at([](name) -> std::int64_t { return 2; });
    };

    CHECK(at_two(constant(smallest / 2) * var(s)) == smallest);
    CHECK(at_two(constant(biggest / 2) * var(s)) == biggest - 1);
    CHECK(at_two(constant(biggest / 2) * var(s) + 1) == biggest);
    CHECK(kind_of([&] { (void)at_two(constant(biggest / 2 + 1) * var(s)); }) == category::overflow);
    CHECK(
        kind_of([&] { (void)at_two(constant(smallest / 2 - 1) * var(s)); }) == category::overflow
    );
    CHECK(kind_of([&] { (void)at_two(constant(biggest / 2) * var(s) + 2); }) == category::overflow);
}

TEST_CASE("polynomial: what does not fit is refused in denominators and powers too") {
    const std::int64_t prime = 9'223'372'036'854'775'783;  // the largest below 2^63
    polynomial high = var(s);
    const auto square_for_ever = [&] {
        while (true)
            high *= high;
    };

    CHECK(kind_of([&] { (void)(var(s).over(prime) + var(s).over(2)); }) == category::overflow);
    CHECK(kind_of([&] { (void)var(s).over(prime).over(2); }) == category::overflow);
    CHECK(kind_of(square_for_ever) == category::overflow);
    CHECK(high.str() == "s^1073741824");  // as it was before the refused step
}

TEST_CASE("polynomial: a product cancels before it overflows") {
    CHECK(two_to_the(124) * 3 * (4 * var(s)).over(3) == two_to_the(126) * var(s));
    CHECK(two_to_the(126).over(3) * (3 * var(s)) == two_to_the(126) * var(s));
}

TEST_CASE("polynomial: nothing of something too large is nothing") {
    const auto value_of = [](name n) {
        return n == s ? 0 : std::numeric_limits<std::int64_t>::max();
    };

    CHECK((var(b) * var(d) * var(h) * var(s)).at(value_of) == 0);
}

TEST_CASE("polynomial: a refused step leaves its operand as it was") {
    polynomial p = constant(biggest) * var(s) + var(t);
    const polynomial before = p;

    CHECK(kind_of([&] { p += var(s); }) == category::overflow);
    CHECK(p == before);
    CHECK(kind_of([&] { p *= 2; }) == category::overflow);
    CHECK(p == before);
}

TEST_CASE("polynomial: may be its own operand") {
    polynomial p = var(s) + 1;
    const polynomial& same = p;
    p += same;
    CHECK(p.str() == "2*s + 2");
    p *= same;
    CHECK(p.str() == "4*s^2 + 8*s + 4");
    p -= same;
    CHECK(p.is_zero());
}

TEST_CASE("polynomial: divides by positive numbers only, and needs names") {
    CHECK(kind_of([] { (void)var(s).over(0); }) == category::usage);
    CHECK(kind_of([] { (void)var(s).over(-2); }) == category::usage);
    CHECK(kind_of([] { (void)polynomial(name{}); }) == category::usage);
}

TEST_CASE("polynomial: lists its variables once each, sorted") {
    const polynomial p = var(t) * var(s1) + var(s) * var(t) + var(b) - var(b) + 4;

    CHECK(p.variables() == std::vector{s, s1, t});
    CHECK(polynomial(4).variables().empty());
}
