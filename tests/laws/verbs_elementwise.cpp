#include <abax/ops/clip.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/in_place.hpp>

#include "verbs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace abax::laws {

namespace {

using kernels::binary;
using kernels::unary;

struct unary_row {
    unary op;
    const char* label;
    double (*value)(double);
    domain takes;
    int vec;
    int specials;
};

double sigmoid(double x) {
    return 1 / (1 + std::exp(-x));
}
double gelu_erf(double x) {
    return x / 2 * (1 + std::erf(x / std::sqrt(2.0)));
}
double gelu_tanh(double x) {
    return x / 2 * (1 + std::tanh(std::sqrt(2 / std::acos(-1.0)) * (x + 0.044715 * x * x * x)));
}

// The functions are written out: most of <cmath> is overloaded.
#define ABAX_OF(expression) [](double x) -> double { return expression; }
const unary_row unary_rows[] = {
    {unary::negate, "negate", ABAX_OF(-x), domain::numbers, 1, 0},
    {unary::absolute, "abs", ABAX_OF(std::abs(x)), domain::numbers, 1, 0},
    {unary::exp, "exp", ABAX_OF(std::exp(x)), domain::floats, 0, 1},
    {unary::log, "log", ABAX_OF(std::log(x)), domain::floats, 0, 1},
    {unary::sqrt, "sqrt", ABAX_OF(std::sqrt(x)), domain::floats, 0, 1},
    {unary::rsqrt, "rsqrt", ABAX_OF(1 / std::sqrt(x)), domain::floats, 0, 1},
    {unary::tanh, "tanh", ABAX_OF(std::tanh(x)), domain::floats, 0, 1},
    {unary::erf, "erf", ABAX_OF(std::erf(x)), domain::floats, 0, 1},
    {unary::sin, "sin", ABAX_OF(std::sin(x)), domain::floats, 0, 1},
    {unary::cos, "cos", ABAX_OF(std::cos(x)), domain::floats, 0, 1},
    {unary::sigmoid, "sigmoid", sigmoid, domain::floats, 3, 1},
    {unary::silu, "silu", ABAX_OF(x* sigmoid(x)), domain::floats, 3, 1},
    {unary::relu, "relu", ABAX_OF(x > 0 ? x : 0), domain::numbers, 1, 0},
    {unary::gelu_erf, "gelu", gelu_erf, domain::floats, 4, 1},
    {unary::gelu_tanh, "gelu tanh", gelu_tanh, domain::floats, 8, 1},
    {unary::floor, "floor", ABAX_OF(std::floor(x)), domain::floats, 1, 0},
    {unary::ceil, "ceil", ABAX_OF(std::ceil(x)), domain::floats, 1, 0},
    {unary::round, "round", ABAX_OF(std::nearbyint(x)), domain::floats, 1, 0},
    {unary::trunc, "trunc", ABAX_OF(std::trunc(x)), domain::floats, 1, 0},
    {unary::sign, "sign", ABAX_OF((x > 0) - (x < 0)), domain::numbers, 1, 0},
    {unary::square, "square", ABAX_OF(x* x), domain::numbers, 1, 0},
    {unary::reciprocal, "reciprocal", ABAX_OF(1 / x), domain::floats, 1, 0},
    {unary::exp2, "exp2", ABAX_OF(std::exp2(x)), domain::floats, 0, 1},
    {unary::expm1, "expm1", ABAX_OF(std::expm1(x)), domain::floats, 0, 1},
    {unary::log2, "log2", ABAX_OF(std::log2(x)), domain::floats, 0, 1},
    {unary::log10, "log10", ABAX_OF(std::log10(x)), domain::floats, 0, 1},
    {unary::log1p, "log1p", ABAX_OF(std::log1p(x)), domain::floats, 0, 1},
    {unary::tan, "tan", ABAX_OF(std::tan(x)), domain::floats, 0, 1},
    {unary::asin, "asin", ABAX_OF(std::asin(x)), domain::floats, 0, 1},
    {unary::acos, "acos", ABAX_OF(std::acos(x)), domain::floats, 0, 1},
    {unary::atan, "atan", ABAX_OF(std::atan(x)), domain::floats, 0, 1},
    {unary::sinh, "sinh", ABAX_OF(std::sinh(x)), domain::floats, 0, 1},
    {unary::cosh, "cosh", ABAX_OF(std::cosh(x)), domain::floats, 0, 1},
    {unary::logical_not, "logical_not", ABAX_OF(x == 0), domain::bools, 1, 0},
    {unary::is_nan, "isnan", ABAX_OF(std::isnan(x)), domain::floats, 1, 0},
    {unary::is_infinite, "isinf", ABAX_OF(std::isinf(x)), domain::floats, 1, 0},
    {unary::is_finite, "isfinite", ABAX_OF(std::isfinite(x)), domain::floats, 1, 0},
};
#undef ABAX_OF
static_assert(std::size(unary_rows) == static_cast<std::size_t>(unary::is_finite) + 1);

bool answers(unary op) {
    return op >= unary::is_nan;
}

verb_case unary_verb(const unary_row& row) {
    verb_case v;
    v.label = row.label;
    v.takes = row.takes;
    v.run = [row](const parts& x, const site&) { return parts{map(row.op, x[0])}; };
    v.oracle = [row](const grids& x, const site&) {
        const dtype type = answers(row.op) ? dtype::boolean : x[0].type;
        return grids{build(type, x[0].names, x[0].shape, [&](const extents& at) {
            return row.value(x[0](at));
        })};
    };
    v.costs = [row](const grids&, const grids& out, const site&) {
        return work{0, row.vec * out[0].volume(), row.specials * out[0].volume()};
    };
    return v;
}

struct binary_row {
    binary op;
    const char* label;
    double (*value)(double, double, bool whole);
    domain takes;
    int vec;
    int specials;
};

#define ABAX_OF(expression)                                                                        \
    [](double a, double b, bool whole) -> double { return (void)whole, expression; }
const binary_row binary_rows[] = {
    {binary::add, "add", ABAX_OF(a + b), domain::numbers, 1, 0},
    {binary::subtract, "subtract", ABAX_OF(a - b), domain::numbers, 1, 0},
    {binary::multiply, "multiply", ABAX_OF(a* b), domain::numbers, 1, 0},
    {binary::divide,
     "divide",
     ABAX_OF(whole ? (b == 0 ? 0 : std::trunc(a / b)) : a / b),
     domain::numbers,
     1,
     0},
    {binary::minimum, "minimum", ABAX_OF(b < a ? b : a), domain::numbers, 1, 0},
    {binary::maximum, "maximum", ABAX_OF(b > a ? b : a), domain::numbers, 1, 0},
    {binary::power, "pow", ABAX_OF(std::pow(a, b)), domain::floats, 0, 1},
    {binary::remainder,
     "remainder",
     ABAX_OF(b == 0 ? (whole ? 0 : std::nan("")) : a - b * std::floor(a / b)),
     domain::numbers,
     1,
     0},
    {binary::fmod, "fmod", ABAX_OF(b == 0 && whole ? 0 : std::fmod(a, b)), domain::numbers, 1, 0},
    {binary::atan2, "atan2", ABAX_OF(std::atan2(a, b)), domain::floats, 0, 1},
    {binary::equal, "equal_to", ABAX_OF(a == b), domain::all, 1, 0},
    {binary::not_equal, "not_equal_to", ABAX_OF(a != b), domain::all, 1, 0},
    {binary::less, "less", ABAX_OF(a < b), domain::numbers, 1, 0},
    {binary::less_equal, "less_equal", ABAX_OF(a <= b), domain::numbers, 1, 0},
    {binary::greater, "greater", ABAX_OF(a > b), domain::numbers, 1, 0},
    {binary::greater_equal, "greater_equal", ABAX_OF(a >= b), domain::numbers, 1, 0},
    {binary::logical_and, "logical_and", ABAX_OF(a != 0 && b != 0), domain::bools, 1, 0},
    {binary::logical_or, "logical_or", ABAX_OF(a != 0 || b != 0), domain::bools, 1, 0},
    {binary::logical_xor, "logical_xor", ABAX_OF((a != 0) != (b != 0)), domain::bools, 1, 0},
};
#undef ABAX_OF
static_assert(std::size(binary_rows) == static_cast<std::size_t>(binary::logical_xor) + 1);

bool compares(binary op) {
    return op >= binary::equal;
}

// An operand that meets x: the same axes, the same in another order, some of them, or none.
spec companion(const site& s, std::uint64_t salt) {
    const std::uint64_t kind = s.pick(salt, 4);
    if (kind == 0 || s.rank() == 0)
        return {s.type, {}, {}, 0};
    if (kind == 1 || !s.named)
        return s.x();
    std::vector<std::size_t> which = s.order(salt + 1);
    if (kind == 3)
        which.resize(1 + s.pick(salt + 2, s.rank()));
    spec y{s.type, {}, {}, 0};
    for (const std::size_t i : which) {
        y.names.push_back(s.label(i));
        y.shape.push_back(s.shape[i]);
    }
    return y;
}

// The operand with most axes, the leftmost of them, leads.
const grid& leader(const grids& all) {
    return *std::max_element(all.begin(), all.end(), [](const grid& a, const grid& b) {
        return a.rank() < b.rank();
    });
}

template <class Value>
grid pointwise(dtype type, const grids& in, const Value& value) {
    const grid& first = leader(in);
    return build(type, first.names, first.shape, [&](const extents& at) {
        std::vector<double> v;
        for (const grid& x : in)
            v.push_back(value_at(x, first.names, at));
        return value(v);
    });
}

verb_case binary_verb(const binary_row& row) {
    verb_case v;
    v.label = row.label;
    v.takes = row.takes;
    v.meets = true;
    v.operands = [](const site& s) {
        std::vector<spec> both{s.x(), companion(s, 10)};
        if (s.pick(14, 2) == 0)
            std::swap(both[0], both[1]);
        return both;
    };
    v.run = [row](const parts& x, const site&) { return parts{map(row.op, &x[0], &x[1])}; };
    v.oracle = [row](const grids& x, const site& s) {
        const dtype type = compares(row.op) ? dtype::boolean : x[0].type;
        return grids{pointwise(type, x, [&](const std::vector<double>& at) {
            return row.value(at[0], at[1], !is_floating(s.type));
        })};
    };
    v.costs = [row](const grids&, const grids& out, const site&) {
        return work{0, row.vec * out[0].volume(), row.specials * out[0].volume()};
    };
    return v;
}

// Beside a number, on the left or on the right.
verb_case with_number(const binary_row& row) {
    verb_case v = binary_verb(row);
    v.label += " a number";
    v.meets = false;
    v.operands = [](const site& s) { return std::vector<spec>{s.x()}; };
    const auto number = [](const site& s) {
        return s.type == dtype::boolean ? 1 : s.number(15, 1, 3);
    };
    v.run = [row, number](const parts& x, const site& s) {
        const scalar n(number(s));
        return parts{s.pick(16, 2) == 0 ? map(row.op, &x[0], n) : map(row.op, n, &x[0])};
    };
    v.oracle = [row, number](const grids& x, const site& s) {
        const dtype type = compares(row.op) ? dtype::boolean : x[0].type;
        return grids{pointwise(type, x, [&](const std::vector<double>& at) {
            const auto n = static_cast<double>(number(s));
            const bool whole = !is_floating(s.type);
            return s.pick(16, 2) == 0 ? row.value(at[0], n, whole) : row.value(n, at[0], whole);
        })};
    };
    return v;
}

// x op= y, where another tensor shares the buffer of x: a copy, and then the operation.
verb_case in_place(const binary_row& row) {
    verb_case v = binary_verb(row);
    v.label += " in place";
    v.operands = [](const site& s) { return std::vector<spec>{s.x(), companion(s, 10)}; };
    v.run = [row](const parts& x, const site&) {
        any_tensor y = x[0];
        map_in_place(row.op, y, &x[1]);
        return parts{y};
    };
    v.reads = [](const parts& in, const grids& out, const site&) {
        // The copy reads x as it lies, the operation reads the copy.
        return bytes_to_read(in[0]) + out[0].bytes() + bytes_to_read(in[1]);
    };
    return v;
}

verb_case where_verb() {
    verb_case v;
    v.label = "where";
    v.moves_only = true;
    v.meets = true;
    v.operands = [](const site& s) {
        spec condition = companion(s, 20);
        condition.type = dtype::boolean;
        return std::vector<spec>{condition, s.x(), companion(s, 30)};
    };
    v.run = [](const parts& x, const site&) { return parts{where(x[0], &x[1], &x[2])}; };
    v.oracle = [](const grids& x, const site& s) {
        return grids{pointwise(s.type, x, [](const std::vector<double>& at) {
            return at[0] != 0 ? at[1] : at[2];
        })};
    };
    return v;
}

verb_case where_number() {
    verb_case v = where_verb();
    v.label = "where with a number";
    v.meets = false;
    v.operands = [](const site& s) {
        spec condition = companion(s, 20);
        condition.type = dtype::boolean;
        return std::vector<spec>{condition, s.x()};
    };
    v.run = [](const parts& x, const site& s) {
        return parts{s.pick(16, 2) == 0 ? where(x[0], &x[1], 1) : where(x[0], 1, &x[1])};
    };
    v.oracle = [](const grids& x, const site& s) {
        return grids{pointwise(s.type, x, [&](const std::vector<double>& at) {
            return (at[0] != 0) == (s.pick(16, 2) == 0) ? at[1] : 1;
        })};
    };
    return v;
}

verb_case cast_verb(dtype to) {
    verb_case v;
    v.label = "cast to " + std::string(to_string(to));
    v.moves_only = true;
    v.applies = [to](const site& s) { return s.type != to; };
    v.run = [to](const parts& x, const site&) { return parts{cast(x[0], to)}; };
    v.oracle = [to](const grids& x, const site&) {
        return grids{pointwise(to, x, [&](const std::vector<double>& at) {
            return to == dtype::boolean ? at[0] != 0 : is_floating(to) ? at[0] : std::trunc(at[0]);
        })};
    };
    return v;
}

verb_case clip_verb() {
    verb_case v;
    v.label = "clip";
    v.takes = domain::numbers;
    v.run = [](const parts& x, const site& s) {
        return parts{clip(x[0], s.number(15, -3, 0), s.number(16, 0, 3))};
    };
    v.oracle = [](const grids& x, const site& s) {
        return grids{pointwise(s.type, x, [&](const std::vector<double>& at) {
            return std::clamp(
                at[0],
                static_cast<double>(s.number(15, -3, 0)),
                static_cast<double>(s.number(16, 0, 3))
            );
        })};
    };
    v.costs = [](const grids&, const grids& out, const site&) {
        return work{0, 2 * out[0].volume(), 0};
    };
    return v;
}

}  // namespace

std::vector<verb_case> elementwise_verbs() {
    std::vector<verb_case> all;
    for (const unary_row& row : unary_rows)
        all.push_back(unary_verb(row));
    for (const binary_row& row : binary_rows) {
        all.push_back(binary_verb(row));
        all.push_back(with_number(row));
        if (!compares(row.op) || row.takes == domain::bools)
            all.push_back(in_place(row));
    }
    for (const dtype to : all_types)
        all.push_back(cast_verb(to));
    all.push_back(where_verb());
    all.push_back(where_number());
    all.push_back(clip_verb());
    return all;
}

}  // namespace abax::laws
