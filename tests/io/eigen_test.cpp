// GCC 12 takes the "undefined" operand of some AVX-512 intrinsics for an uninitialised variable, wherever Eigen's
// templates are inlined; hence no `pop`.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include <abax/account/ledger.hpp>
#include <abax/eigen.hpp>
#include <abax/ops/assign.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/select.hpp>

#include "scratch.hpp"

using namespace abax;
using namespace abax::testing;

namespace {

tensor<float> cube() {  // element (b, s, m) is its own offset: 15 b + 5 s + m
    return iota<float>(axes("b s m", {2, 3, 5}));
}

template <class X>
concept gives_matrix = requires(X&& x) {
    as_matrix(std::forward<X>(x), "b s", "m");
};
template <class X>
concept gives_vector = requires(X&& x) {
    as_vector(std::forward<X>(x));
};

}  // namespace

// A view of a temporary would dangle.
static_assert(gives_matrix<tensor<float>&> && gives_matrix<const tensor<float>&>);
static_assert(!gives_matrix<tensor<float>> && !gives_vector<tensor<float>>);

TEST_CASE("eigen: axes merge into rows and columns without a copy") {
    const auto x = cube();

    const auto all = as_matrix(x, "b s", "m");
    const auto wide = as_matrix(x, "b", "s m");
    const auto column = as_matrix(x, "b s m", "");
    const auto row = as_matrix(x, "", "b s m");

    CHECK(all.data() == x.data());
    REQUIRE(all.rows() == 6);
    REQUIRE(all.cols() == 5);
    CHECK(all(4, 2) == x(1, 1, 2));
    CHECK(wide(1, 7) == x(1, 1, 2));
    CHECK((column.rows() == 30 && column.cols() == 1 && column(17, 0) == 17));
    CHECK((row.rows() == 1 && row.cols() == 30 && row(0, 17) == 17));
}

TEST_CASE("eigen: columns may lie anywhere: a transposed matrix is a stride") {
    const auto x = cube();

    const auto turned = as_matrix(x, "m", "b s");
    const auto second = at(x, "b", 1);
    const auto middle = as_matrix(second, "s", "m");
    const auto plain = iota<double>(shape::of({2, 3, 5}));
    const auto unnamed = as_matrix(plain, {0, 1}, {2});

    REQUIRE(turned.rows() == 5);
    CHECK(turned(2, 4) == x(1, 1, 2));
    CHECK(middle(1, 2) == 22);
    CHECK(unnamed(4, 2) == 22);
}

TEST_CASE("eigen: slices with steps, reversed and broadcast axes are strides too") {
    const auto x = cube();
    const auto every_other = slice(x, {"m", 0, 5, 2});
    const tensor<float> backwards(x.any().viewed({axes("r m", {6, 5}), {5, -1}, 4}));
    const tensor<float> repeated(x.any().viewed({axes("r m", {4, 5}), {0, 1}, 0}));

    CHECK(as_matrix(every_other, "b s", "m")(4, 1) == 22);
    CHECK(as_matrix(backwards, "r", "m")(0, 0) == 4);
    CHECK(as_matrix(backwards, "r", "m").sum() == as_matrix(x, "b s", "m").sum());
    CHECK(as_matrix(repeated, "r", "m")(3, 2) == 2);
}

TEST_CASE("eigen: extents of 0 and 1 and rank 0 are matrices as well") {
    const auto none = iota<float>(axes("a b c", {2, 0, 3}));
    const auto ones = iota<float>(axes("a b c", {1, 4, 1}));
    const auto one = iota<float>(shape{}, 7);

    CHECK(as_matrix(none, "c a", "b").rows() == 6);
    CHECK(as_matrix(none, "c a", "b").cols() == 0);
    CHECK(as_matrix(ones, "c a", "b")(0, 3) == 3);
    CHECK(as_matrix(one, "", "")(0, 0) == 7);
    CHECK(as_vector(one)(0) == 7);
    CHECK(as_vector(none).size() == 0);
}

TEST_CASE("eigen: axes that merge only with a copy are refused, and the message says so") {
    const auto x = cube();
    struct refused {
        std::string_view rows;
        std::string_view columns;
        category kind;
    };
    const std::vector<refused> table = {
        {"s b", "m", category::other},
        {"b m", "s", category::other},
        {"b s", "", category::rank_mismatch},
        {"b", "m", category::rank_mismatch},
        {"b b", "s m", category::duplicate_axis},
        {"b s", "s m", category::duplicate_axis},
        {"b s", "q", category::unknown_axis},
    };
    for (const refused& row : table) {
        CAPTURE(row.rows);
        const error thrown = error_of([&] { (void)as_matrix(x, row.rows, row.columns); });
        CHECK(thrown.kind() == row.kind);
        CHECK(thrown.details().operation == "as_matrix");
    }
    const error copied = error_of([&] { (void)as_matrix(x, "b m", "s"); });
    CHECK(copied.details().message.find("'b m' do not merge") != std::string::npos);
    CHECK(copied.details().help.find("copy") != std::string::npos);
    CHECK(error_of([&] { (void)as_matrix(x, {0, 1}, {2}); }).kind() == category::usage);
    const auto turned = rearrange(x, "b s m -> m s b");
    CHECK(error_of([&] { (void)as_vector(turned); }).kind() == category::other);
}

TEST_CASE("eigen: writing goes through the one door: who shares the buffer keeps its values") {
    auto x = cube();
    const auto before = x;
    ledger bill;
    {
        const recording on(bill);
        as_mutable_matrix(x, "b s", "m").setConstant(1);
        as_mutable_vector(x)(0) = 2;
    }

    CHECK(before(1, 1, 2) == 22);
    CHECK(x(1, 1, 2) == 1);
    CHECK(x(0, 0, 0) == 2);
    REQUIRE(bill.size() == 1);
    CHECK(bill.total().bytes_written == 30 * 4);
}

TEST_CASE("eigen: a refused mutable matrix copies nothing") {
    auto x = cube();
    const auto before = x;

    CHECK(error_of([&] { (void)as_mutable_matrix(x, "s b", "m"); }).kind() == category::other);

    CHECK(x.any().shares_with(before.any()));
}

TEST_CASE("eigen: a view whose rows merge only after the copy is refused before it") {
    auto x = cube();
    auto turned = rearrange(x, "b s m -> m b s");  // shares; a copy would be row-major m b s

    CHECK(error_of([&] { (void)as_mutable_vector(turned); }).kind() == category::other);
    CHECK(turned.any().shares_with(x.any()));
}

TEST_CASE("eigen: an expression becomes a tensor with names, on the bill as bytes written") {
    const auto x = cube();
    ledger bill;
    const recording on(bill);

    const auto gram = from_eigen(as_matrix(x, "b s", "m") * as_matrix(x, "m", "b s"), "r r'");
    const auto merged = from_eigen(as_matrix(x, "b s", "m"), "(r: b s) m", {{"b", 2}});
    const auto unnamed = from_eigen(as_matrix(x, "b s", "m").array() + 1.0F);
    const auto row = from_eigen(as_matrix(x, "b s", "m").row(3), "m");
    const auto column = from_eigen(as_matrix(x, "b s", "m").col(3), "r");
    const auto truth = from_eigen(as_matrix(x, "b s", "m").array() > 3.0F, "r m");

    CHECK(gram.shape().str() == "r=6 r'=6");
    CHECK(gram(1, 2) == 5 * 10 + 6 * 11 + 7 * 12 + 8 * 13 + 9 * 14);
    CHECK(merged.shape().str() == "(r: b s)=6 m=5");
    CHECK(unnamed(4, 2) == 23);
    CHECK_FALSE(unnamed.is_named());
    CHECK(row.to_vector() == std::vector<float>{15, 16, 17, 18, 19});
    CHECK(column.shape().str() == "r=6");
    CHECK((!truth(0, 3) && truth(0, 4)));
    REQUIRE(bill.size() == 6);
    CHECK(bill.total().bytes_written == 4 * (36 + 30 + 30 + 5 + 6) + 30);
    CHECK(bill.total().flops() == 0);
}

TEST_CASE("eigen: a plain matrix that is given away keeps its memory, in either order") {
    Eigen::MatrixXd columns(2, 3);
    columns << 1, 2, 3, 4, 5, 6;
    eigen_matrix<double> rows = columns;
    Eigen::Vector3f fixed(1, 2, 3);
    const double* const first = columns.data();

    const auto x = from_eigen(std::move(columns), "b m");
    const auto y = from_eigen(std::move(rows), "b m");
    const auto z = from_eigen(std::move(fixed), "m");

    CHECK(x.data() == first);
    CHECK(x.where().stride == strides{1, 2});
    CHECK(x.to_vector() == std::vector<double>{1, 2, 3, 4, 5, 6});
    CHECK(y.to_vector() == x.to_vector());
    CHECK(z.to_vector() == std::vector<float>{1, 2, 3});
    auto copy_of_x = x;
    *copy_of_x.mut() = 9;
    CHECK(x(0, 0) == 1);
}

TEST_CASE("eigen: names that do not fit are refused, and a dry run makes dry tensors") {
    const Eigen::MatrixXd m = Eigen::MatrixXd::Zero(2, 3);
    CHECK(error_of([&] { (void)from_eigen(m, "b"); }).kind() == category::rank_mismatch);
    CHECK(error_of([&] { (void)from_eigen(m, "b b"); }).kind() == category::duplicate_axis);
    CHECK(
        error_of([&] { (void)from_eigen(Eigen::VectorXf(3), "b m"); }).kind()
        == category::rank_mismatch
    );

    const dry_run dry;
    CHECK(from_eigen(m, "b m").is_dry());
    CHECK(from_eigen(Eigen::MatrixXd(m), "b m").is_dry());
    const auto x = iota<float>(axes("b m", {2, 3}));
    CHECK(error_of([&] { (void)as_matrix(x, "b", "m"); }).kind() == category::dry);
}
