#include <abax/ops/create.hpp>
#include <abax/ops/select.hpp>
#include <abax/shape/tensor.hpp>

#include "../ops/support.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

using namespace abax;
using namespace abax::testing;

TEST_CASE("tensor: elements are found by coordinate, whatever the strides") {
    for (const lie how : all_lies) {
        CAPTURE(how);
        const auto x = counted<float>(axes("a b c", {2, 3, 5}), how);

        for (int i = 0; i < 2; ++i)
            for (int j = 0; j < 3; ++j)
                for (int k = 0; k < 5; ++k)
                    CHECK(x(i, j, k) == static_cast<float>((i * 3 + j) * 5 + k + 1));
    }
}

TEST_CASE("tensor: to_vector gives row-major logical order, whatever the strides") {
    for (const lie how : all_lies) {
        CAPTURE(how);
        const auto x = counted<std::int32_t>(axes("a b", {3, 2}), how);

        CHECK(x.to_vector() == std::vector<std::int32_t>{1, 2, 3, 4, 5, 6});
    }
}

TEST_CASE("tensor: a coordinate outside the extents, or of another rank, is refused") {
    const auto x = counted<float>(axes("r c", {2, 3}));

    CHECK(thrown_by([&] { (void)x(2, 0); }).kind == category::usage);
    CHECK(thrown_by([&] { (void)x(0, 3); }).axis == "c");
    CHECK(thrown_by([&] { (void)x(-1, 0); }).kind == category::usage);
    CHECK(thrown_by([&] { (void)x(0); }).kind == category::rank_mismatch);
    CHECK(thrown_by([&] { (void)x(0, 0, 0); }).kind == category::rank_mismatch);
    CHECK(thrown_by([&] { (void)x(); }).kind == category::rank_mismatch);
}

TEST_CASE("item: gives the only element, of any rank") {
    CHECK(full<float>(shape{}, 3).item() == 3);
    CHECK(full<float>(axes("a b", {1, 1}), 4).item() == 4);
    CHECK(slice(counted<float>(axes("a", {5})), {"a", 3, 4}).item() == 4);
    CHECK(
        thrown_by([] { (void)zeros<float>(shape::of({2})).item(); }).kind == category::size_mismatch
    );
    CHECK(
        thrown_by([] { (void)zeros<float>(shape::of({0})).item(); }).kind == category::size_mismatch
    );
}

TEST_CASE("tensor: a rank-0 tensor has one element, a tensor with extent 0 none") {
    const auto scalar = full<double>(shape{}, 2.5);
    CHECK(scalar.rank() == 0);
    CHECK(scalar.volume() == 1);
    CHECK(scalar() == 2.5);
    CHECK(scalar.to_vector() == std::vector<double>{2.5});

    const auto none = zeros<float>(axes("a b", {3, 0}));
    CHECK(none.volume() == 0);
    CHECK(none.to_vector().empty());
    CHECK(thrown_by([&] { (void)none(0, 0); }).kind == category::usage);
}

TEST_CASE("tensor: its element type is checked when an any_tensor enters") {
    const any_tensor x = zeros<float>(shape::of({2})).any();

    CHECK(tensor<float>(x).volume() == 2);
    CHECK(thrown_by([&] { (void)tensor<double>(x); }).kind == category::dtype_mismatch);
    CHECK(thrown_by([&] { (void)tensor<std::int32_t>(x); }).kind == category::dtype_mismatch);
    CHECK(thrown_by([&] { (void)tensor<bool>(x); }).kind == category::dtype_mismatch);
}

TEST_CASE("extent: is asked for by name") {
    const auto x = zeros<float>(axes("b s s'", {2, 3, 4}));

    CHECK(x.extent("s'") == 4);
    const auto e = thrown_by([&] { (void)x.extent("q"); });
    CHECK(e.kind == category::unknown_axis);
    CHECK(e.axis == "q");
    CHECK(e.input == "b=2 s=3 s'=4");
}

TEST_CASE("mut: writes into a shared buffer reach nobody else") {
    auto x = counted<float>(axes("a b", {2, 3}));
    const auto before = x.to_vector();
    const auto copy_of_x = x;
    const auto view_of_x = slice(x, {"a", 1, 2});
    CHECK(copy_of_x.data() == x.data());

    x.mut()[0] = -1;

    CHECK(x(0, 0) == -1);
    CHECK(copy_of_x.to_vector() == before);
    CHECK(view_of_x.to_vector() == std::vector<float>{4, 5, 6});
    CHECK_FALSE(x.any().shares_with(copy_of_x.any()));
}

TEST_CASE("mut: a buffer that nobody shares is written in place") {
    auto x = zeros<float>(shape::of({4}));
    const float* const where = x.data();

    x.mut()[2] = 5;

    CHECK(x.data() == where);
    CHECK(x(2) == 5);
}

TEST_CASE("mut: a view that is written to becomes dense and keeps its elements and names") {
    const auto x = counted<float>(axes("a b", {2, 3}));
    auto column = slice(x, {"b", 1, 2});

    column.mut()[0] = -1;

    CHECK(column.shape().str() == "a=2 b=1");
    CHECK(column.is_contiguous());
    CHECK(column.to_vector() == std::vector<float>{-1, 5});
    CHECK(x.to_vector() == std::vector<float>{1, 2, 3, 4, 5, 6});
}

TEST_CASE("mut: elements that lie over one another are taken apart first") {
    auto row = counted<float>(shape::of({3}));
    auto x = tensor<float>(row.any().viewed({shape::of({2, 3}), {0, 1}, 0}));
    row = zeros<float>(shape{});  // x is the only owner now

    x.mut()[0] = -1;

    CHECK(x.to_vector() == std::vector<float>{-1, 2, 3, 1, 2, 3});
}

TEST_CASE("borrow: foreign memory is read in place and never written through") {
    const std::vector<float> memory = {1, 2, 3};
    auto x = borrow(memory.data(), axes("a", {3}));
    CHECK(x.data() == memory.data());

    x.mut()[0] = 9;

    CHECK(x(0) == 9);
    CHECK(memory[0] == 1);
}

TEST_CASE("dry: a tensor without elements has a shape, and reading it is an error") {
    auto x = dry<float>(axes("b s", {2, 3}));

    CHECK(x.is_dry());
    CHECK(x.volume() == 6);
    CHECK(x.extent("s") == 3);
    CHECK(category_of([&] { (void)x(0, 0); }) == "dry");
    CHECK(category_of([&] { (void)x.to_vector(); }) == "dry");
    CHECK(category_of([&] { (void)x.data(); }) == "dry");
    CHECK(category_of([&] { (void)x.mut(); }) == "dry");
    CHECK(category_of([] { (void)dry<float>(shape{}).item(); }) == "dry");
    CHECK(category_of([] { (void)tensor<float>().item(); }) == "dry");
}

TEST_CASE("dry_run: all that is made under it is dry, nothing is allocated, and it nests") {
    const std::size_t before = storage().live_bytes;
    {
        const dry_run outer;
        { const dry_run inner; }
        CHECK(dry_run::is_on());
        const auto x = zeros<float>(axes("a", {std::int64_t{1} << 40U}));
        CHECK(x.is_dry());
        CHECK(storage().live_bytes == before);
    }
    CHECK_FALSE(dry_run::is_on());
    CHECK_FALSE(zeros<float>(shape{}).is_dry());
}

TEST_CASE("mut: under a dry run a shared tensor is refused and keeps its elements") {
    auto x = counted<float>(shape::of({3}));
    const auto other = x;
    {
        const dry_run on;
        CHECK(category_of([&] { (void)x.mut(); }) == "dry");
    }
    CHECK_FALSE(x.is_dry());
    CHECK(x.to_vector() == std::vector<float>{1, 2, 3});
    CHECK(other.to_vector() == std::vector<float>{1, 2, 3});
}
