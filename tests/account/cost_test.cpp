#include <abax/account/counter_fields.hpp>

#include "bills.hpp"

#include <doctest/doctest.h>

using namespace bills;

TEST_CASE("cost: its counters are the values of its polynomials") {
    const auto dot = scores(true);
    const std::vector<std::int64_t> at{2, 11, 3, 5, 7};  // b d h s s'

    const counters counted = evaluate(*dot, at);

    CHECK(counted.flops_mm == 2 * 2 * 11 * 3 * 5 * 7);
    CHECK(counted.flops_mm_useful == 2 * 2 * 11 * 3 * (3 + 4 + 5 + 6 + 7));
    CHECK(counted.flops_vec == 0);
    CHECK(counted.bytes_read == 4 * 2 * 11 * 3 * (5 + 7));
    CHECK(counted.bytes_written == 4 * 2 * 3 * 5 * 7);
    CHECK(counted.flops() == counted.flops_mm);
    CHECK(counted.bytes() == counted.bytes_read + counted.bytes_written);
}

TEST_CASE(
    "cost: FLOPs are those of contractions, of vectors, and specials; not integers, not the useful part"
) {
    const counters c{
        .flops_mm = 1, .flops_mm_useful = 10, .flops_vec = 100, .specials = 1000, .int_ops = 10000};

    CHECK(c.flops() == 1101);
}

TEST_CASE("cost: sums and multiples go counter by counter") {
    abax::cost price;
    counters counted;
    for (std::size_t i = 0; i < abax::counter_fields.size(); ++i) {
        price.*abax::counter_fields[i].price = var("s") + static_cast<std::int64_t>(i);
        counted.*abax::counter_fields[i].value = static_cast<int128>(i) + 1;
    }

    abax::cost prices = price;
    (prices += price) *= 3;
    counters sums = counted;
    (sums += counted) *= 3;

    for (std::size_t i = 0; i < abax::counter_fields.size(); ++i) {
        CAPTURE(abax::counter_fields[i].name);
        CHECK(
            prices.*abax::counter_fields[i].price == 6 * (var("s") + static_cast<std::int64_t>(i))
        );
        CHECK(sums.*abax::counter_fields[i].value == 6 * (static_cast<int128>(i) + 1));
    }
}

TEST_CASE("cost: a total that does not fit is an error, and changes nothing") {
    constexpr int128 half = int128{1} << 126;
    counters c{.flops_mm = 5, .bytes_read = half};
    const counters before = c;

    CHECK(error_of([&] { c += c; })->kind == category::overflow);
    CHECK(error_of([&] { c *= 2; })->kind == category::overflow);
    CHECK(c == before);
    const counters full{
        .flops_mm = half, .specials = half, .bytes_read = half, .bytes_written = half};
    CHECK(error_of([&] { (void)full.flops(); })->kind == category::overflow);
    CHECK(error_of([&] { (void)full.bytes(); })->kind == category::overflow);
}

TEST_CASE("cost: a price that mentions an axis nobody recorded is an error that names it") {
    priced_operation what{.operation = "relu"};
    what.price.flops_vec = var("b") * var("s");
    what.variables = names({"b"});

    const auto e = error_of([&] { (void)evaluate(what, std::vector<std::int64_t>{2}); });

    CHECK(e.value().axis == "s");
}

TEST_CASE("cost: an equation prints as it is written") {
    CHECK(abax::equation{name("m"), names({"h", "d"})}.str() == "m = h*d");
    CHECK(abax::equation{name("m"), {}}.str() == "m = 1");
}
