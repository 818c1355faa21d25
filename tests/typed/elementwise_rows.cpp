#include <abax/ops/clip.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/in_place.hpp>
#include <abax/ops/logical.hpp>
#include <abax/ops/typed_assign.hpp>
#include <abax/ops/typed_outer.hpp>

#include "every_verb.hpp"

namespace abax::testing {

namespace {

// f(x) on tensors with names in their types, and on the same as any_tensor.
template <class F>
verb_row unary(const char* verb, const F& f) {
    return row(
        verb,
        "",
        [f](operands& o) { return f(o.merged); },
        [f](operands& o) { return f(o.merged.any()); }
    );
}
template <class F>
void add_binary(verb_rows& all, const char* verb, const F& f) {
    const auto add = [&](const char* call, const auto& typed, const auto& dynamic) {
        all.push_back(row(verb, call, typed, dynamic));
    };
    add(
        "x, y",
        [f](operands& o) { return f(o.x, o.y); },
        [f](operands& o) { return f(o.x.any(), o.y.any()); }
    );
    add(
        "bias, x",
        [f](operands& o) { return f(o.bias, o.x); },
        [f](operands& o) { return f(o.bias.any(), o.x.any()); }
    );
    add(
        "turned, y",
        [f](operands& o) { return f(o.turned, o.y); },
        [f](operands& o) { return f(o.turned.any(), o.y.any()); }
    );
    add(
        "merged, x",
        [f](operands& o) { return f(o.merged, o.x); },
        [f](operands& o) { return f(o.merged.any(), o.x.any()); }
    );
    add(
        "x, merged",
        [f](operands& o) { return f(o.x, o.merged); },
        [f](operands& o) { return f(o.x.any(), o.merged.any()); }
    );
    add(
        "number, x",
        [f](operands& o) { return f(o.number, o.x); },
        [f](operands& o) { return f(o.number.any(), o.x.any()); }
    );
    add(
        "x, 2", [f](operands& o) { return f(o.x, 2); }, [f](operands& o) { return f(o.x.any(), 2); }
    );
    add(
        "2, x", [f](operands& o) { return f(2, o.x); }, [f](operands& o) { return f(2, o.x.any()); }
    );
}
template <class F>
void add_logical(verb_rows& all, const char* verb, const F& f) {
    all.push_back(row(
        verb,
        "flags, few",
        [f](operands& o) { return f(o.flags, o.few_flags); },
        [f](operands& o) { return f(o.flags.any(), o.few_flags.any()); }
    ));
    all.push_back(row(
        verb,
        "few, flags",
        [f](operands& o) { return f(o.few_flags, o.flags); },
        [f](operands& o) { return f(o.few_flags.any(), o.flags.any()); }
    ));
}
// f(x, y) changes x.
template <class F>
void add_in_place(verb_rows& all, const char* verb, const F& f) {
    const auto add = [&](const char* call, const auto& first, const auto& second) {
        all.push_back(row(
            verb,
            call,
            [=](operands& o) {
                auto& x = first(o);
                f(x, second(o));
                return x;
            },
            [=](operands& o) {
                any_tensor x = first(o).any();
                f(x, second(o).any());
                return x;
            }
        ));
    };
    const auto x = [](operands & o) -> auto& {
        return o.x;
    };
    const auto merged = [](operands & o) -> auto& {
        return o.merged;
    };
    add(
        "x, y", x, [](operands & o) -> auto& { return o.y; }
    );
    add(
        "x, turned", x, [](operands & o) -> auto& { return o.turned; }
    );
    add("merged, x", merged, x);
    add("x, merged", x, merged);
}

#define ABAX_F1(name) all.push_back(unary(#name, [](const auto& x) { return name(x); }))
#define ABAX_F2(name)                                                                              \
    add_binary(all, #name, [](const auto& a, const auto& b) { return name(a, b); })
#define ABAX_OPERATOR(symbol)                                                                      \
    add_binary(all, "a " #symbol " b", [](const auto& a, const auto& b) { return a symbol b; })
#define ABAX_ASSIGN(name, symbol)                                                                  \
    add_in_place(all, name, [](auto& a, const auto& b) { a symbol b; })

}  // namespace

verb_rows elementwise_rows() {
    verb_rows all;
    ABAX_F1(abs);
    ABAX_F1(sign);
    ABAX_F1(square);
    ABAX_F1(reciprocal);
    ABAX_F1(floor);
    ABAX_F1(ceil);
    ABAX_F1(trunc);
    ABAX_F1(round);
    ABAX_F1(sqrt);
    ABAX_F1(rsqrt);
    ABAX_F1(exp);
    ABAX_F1(exp2);
    ABAX_F1(expm1);
    ABAX_F1(log);
    ABAX_F1(log2);
    ABAX_F1(log10);
    ABAX_F1(log1p);
    ABAX_F1(sin);
    ABAX_F1(cos);
    ABAX_F1(tan);
    ABAX_F1(asin);
    ABAX_F1(acos);
    ABAX_F1(atan);
    ABAX_F1(sinh);
    ABAX_F1(cosh);
    ABAX_F1(tanh);
    ABAX_F1(erf);
    ABAX_F1(relu);
    ABAX_F1(sigmoid);
    ABAX_F1(silu);
    ABAX_F1(gelu);
    ABAX_F1(isnan);
    ABAX_F1(isinf);
    ABAX_F1(isfinite);
    ABAX_F1(zeros_like);
    ABAX_F1(ones_like);
    ABAX_F1(copy);
    all.push_back(unary("-a", [](const auto& x) { return -x; }));
    all.push_back(unary("gelu", [](const auto& x) { return gelu(x, gelu_form::tanh); }));
    all.push_back(unary("full_like", [](const auto& x) { return full_like(x, 2); }));
    all.push_back(unary("clip", [](const auto& x) { return clip(x, 1, 2); }));
    all.push_back(ABAX_ROW("cast", cast<double>(o.merged), cast(o.merged.any(), dtype::float64)));
    all.push_back(ABAX_ROW("cast", cast<float>(o.merged), cast(o.merged.any(), dtype::float32)));
    ABAX_OPERATOR(+);
    ABAX_OPERATOR(-);
    ABAX_OPERATOR(*);
    ABAX_OPERATOR(/);
    ABAX_OPERATOR(<);
    add_binary(all, "<=", [](const auto& a, const auto& b) { return a <= b; });
    add_binary(all, ">", [](const auto& a, const auto& b) { return a > b; });
    add_binary(all, ">=", [](const auto& a, const auto& b) { return a >= b; });
    ABAX_F2(minimum);
    ABAX_F2(maximum);
    ABAX_F2(pow);
    ABAX_F2(remainder);
    ABAX_F2(fmod);
    ABAX_F2(atan2);
    ABAX_F2(equal_to);
    ABAX_F2(not_equal_to);
    ABAX_ASSIGN("x += y", +=);
    ABAX_ASSIGN("-=", -=);
    ABAX_ASSIGN("*=", *=);
    ABAX_ASSIGN("/=", /=);
    const auto add_flags = [&](const char* verb, const auto& f) {
        all.push_back(row(
            verb,
            "flags, few",
            [f](operands& o) {
                f(o.flags, o.few_flags);
                return o.flags;
            },
            [f](operands& o) {
                any_tensor x = o.flags.any();
                f(x, o.few_flags.any());
                return x;
            }
        ));
    };
    add_flags("&=", [](auto& a, const auto& b) { a &= b; });
    add_flags("|=", [](auto& a, const auto& b) { a |= b; });
    add_flags("^=", [](auto& a, const auto& b) { a ^= b; });
    add_logical(all, "a & b", [](const auto& a, const auto& b) { return a & b; });
    add_logical(all, "a | b", [](const auto& a, const auto& b) { return a | b; });
    add_logical(all, "a ^ b", [](const auto& a, const auto& b) { return a ^ b; });
    add_logical(all, "logical_and", [](const auto& a, const auto& b) { return logical_and(a, b); });
    add_logical(all, "logical_or", [](const auto& a, const auto& b) { return logical_or(a, b); });
    add_logical(all, "logical_xor", [](const auto& a, const auto& b) { return logical_xor(a, b); });
    all.push_back(ABAX_ROW("!a", !o.flags, !o.flags.any()));
    all.push_back(ABAX_ROW("logical_not", logical_not(o.flags), logical_not(o.flags.any())));
    all.push_back(ABAX_ROW(
        "where", where(o.flags, o.x, o.merged), where(o.flags.any(), o.x.any(), o.merged.any())
    ));
    all.push_back(ABAX_ROW(
        "where",
        where(o.few_flags, o.turned, o.y),
        where(o.few_flags.any(), o.turned.any(), o.y.any())
    ));
    all.push_back(ABAX_ROW(
        "where", where(o.flags, o.bias, o.x), where(o.flags.any(), o.bias.any(), o.x.any())
    ));
    all.push_back(
        ABAX_ROW("where", where(o.few_flags, o.x, 0), where(o.few_flags.any(), o.x.any(), 0))
    );
    all.push_back(
        ABAX_ROW("where", where(o.few_flags, 0, o.x), where(o.few_flags.any(), 0, o.x.any()))
    );
    all.push_back(ABAX_ROW("outer", outer(o.y, o.lone), outer(o.y.any(), o.lone.any())));
    all.push_back(
        ABAX_ROW("outer", outer(o.anonymous, o.lone), outer(o.anonymous.any(), o.lone.any()))
    );
    all.push_back(
        ABAX_ROW("outer", outer(o.number, o.merged), outer(o.number.any(), o.merged.any()))
    );
    const auto assigned = [&](const char* call, const auto& typed, const auto& dynamic) {
        all.push_back(row("assign", call, typed, dynamic));
    };
    assigned(
        "merged, x",
        [](operands& o) {
            assign(o.merged, o.x);
            return o.merged;
        },
        [](operands& o) {
            any_tensor to = o.merged.any();
            assign(to, o.x.any());
            return to;
        }
    );
    assigned(
        "part",
        [](operands& o) {
            assign<"s">(o.q, {1, 3}, slice<"s">(o.q, 0, 2));
            return o.q;
        },
        [](operands& o) {
            any_tensor to = o.q.any();
            assign(to, {"s", 1, 3}, slice(o.q.any(), {"s", 0, 2}));
            return to;
        }
    );
    assigned(
        "number",
        [](operands& o) {
            assign<"m">(o.merged, {1, 3}, 7);
            return o.merged;
        },
        [](operands& o) {
            any_tensor to = o.merged.any();
            assign(to, {"m", 1, 3}, 7);
            return to;
        }
    );
    return all;
}

}  // namespace abax::testing
