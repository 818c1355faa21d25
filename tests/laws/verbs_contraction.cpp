#include <abax/ops/outer.hpp>
#include <abax/ops/rearrange.hpp>

#include "verbs.hpp"

#include <algorithm>

namespace abax::laws {

namespace {

// Some axes of x in some order, that of the site among them, and one that x lacks.
spec partner(const site& s, std::uint64_t salt, const char* added) {
    spec y{s.type, {}, {}, 0};
    for (const std::size_t i : s.order(salt))
        if (i == s.at() || s.pick(salt + 10 + i, 2) == 0) {
            y.names.push_back(site::letters[i]);
            y.shape.push_back(s.shape[i]);
        }
    const std::size_t place = s.pick(salt + 20, y.names.size() + 1);
    y.names = inserted(y.names, place, added);
    y.shape = inserted(y.shape, place, s.number(salt + 21, 1, 3));
    return y;
}

spec unnamed_unless(bool named, spec y) {
    if (!named)
        for (std::string& n : y.names)
            n.clear();
    return y;
}

std::string joined(const labels& all) {
    std::string text;
    for (const std::string& one : all)
        text += (text.empty() ? "" : " ") + one;
    return text;
}

// The sum over all names that the result lacks of the product of all terms. Of bools: or of ands.
grid contracted(
    const grids& in, const std::vector<labels>& terms, const labels& right, bool named
) {
    labels names;
    extents shape;
    for (std::size_t k = 0; k < in.size(); ++k)
        for (std::size_t i = 0; i < terms[k].size(); ++i)
            if (std::find(names.begin(), names.end(), terms[k][i]) == names.end()) {
                names.push_back(terms[k][i]);
                shape.push_back(in[k].shape[i]);
            }
    const auto place_of = [&](const std::string& one) {
        return static_cast<std::size_t>(std::find(names.begin(), names.end(), one) - names.begin());
    };
    extents kept;
    extents summed;
    labels over;
    for (const std::string& one : right)
        kept.push_back(shape[place_of(one)]);
    for (const std::string& one : names)
        if (std::find(right.begin(), right.end(), one) == right.end()) {
            over.push_back(one);
            summed.push_back(shape[place_of(one)]);
        }
    return build(
        in[0].type,
        named ? right : labels(right.size(), ""),
        kept,
        [&](const extents& outer) {
            double sum = 0;
            testing::for_each_position(summed, [&](const extents& inner) {
                extents c(names.size());
                for (std::size_t i = 0; i < outer.size(); ++i)
                    c[place_of(right[i])] = outer[i];
                for (std::size_t i = 0; i < inner.size(); ++i)
                    c[place_of(over[i])] = inner[i];
                double product = 1;
                for (std::size_t k = 0; k < in.size(); ++k) {
                    extents own;
                    for (const std::string& one : terms[k])
                        own.push_back(c[place_of(one)]);
                    product *= in[k](own);
                }
                sum += product;
            });
            return in[0].type == dtype::boolean ? static_cast<double>(sum != 0) : sum;
        }
    );
}

labels letters_of(const site& s) {
    labels all;
    for (std::size_t i = 0; i < s.rank(); ++i)
        all.push_back(site::letters[i]);
    return all;
}

// ---- dot: named tensors only

labels dot_result(const site& s, const labels& right) {
    labels result;
    for (std::size_t i = 0; i < s.rank(); ++i)
        if (i != s.at())
            result.push_back(site::letters[i]);
    for (const std::string& one : right) {
        const labels left = letters_of(s);
        if (std::find(left.begin(), left.end(), one) == left.end())
            result.push_back(one);
    }
    return result;
}

verb_case dot_verb() {
    verb_case v;
    v.label = "dot";
    v.takes_axis = true;
    v.same_bits = false;
    v.meets = true;
    v.applies = [](const site& s) { return s.named && s.rank() > 0; };
    v.operands = [](const site& s) { return std::vector<spec>{s.x(), partner(s, 60, "z")}; };
    v.run = [](const parts& x, const site& s) { return parts{dot(x[0], x[1], s.axes({s.at()}))}; };
    v.oracle = [](const grids& x, const site& s) {
        return grids{contracted(x, {x[0].names, x[1].names}, dot_result(s, x[1].names), true)};
    };
    v.costs = [](const grids&, const grids& out, const site& s) {
        return work{2 * out[0].volume() * s.extent(), 0, 0};
    };
    return v;
}

// ---- einsum

// Some of all names, in some order.
labels some_names(const site& s, const std::vector<spec>& operands, std::uint64_t salt) {
    labels all;
    for (const spec& x : operands)
        for (const std::string& one : x.names)
            if (std::find(all.begin(), all.end(), one) == all.end())
                all.push_back(one);
    std::mt19937_64 random(s.seed + salt);
    std::shuffle(all.begin(), all.end(), random);
    all.resize(s.pick(salt, all.size() + 1));
    return all;
}

// An einsum of x and `count` more operands; the result has some of all names.
verb_case einsum_verb(const char* label, std::size_t count) {
    verb_case v;
    v.label = label;
    v.same_bits = false;
    v.meets = count > 0;
    v.applies = has_axis;
    const auto terms = [count](const site& s) {
        spec first = s.x();
        first.names = letters_of(s);
        std::vector<spec> all{first};
        for (std::size_t i = 0; i < count; ++i)
            all.push_back(partner(s, 60 + 40 * i, i == 0 ? "y" : "z"));
        return all;
    };
    v.operands = [=](const site& s) {
        std::vector<spec> all;
        for (const spec& x : terms(s))
            all.push_back(unnamed_unless(s.named, x));
        return all;
    };
    v.run = [=](const parts& x, const site& s) {
        std::string text;
        for (const spec& term : terms(s))
            text += (text.empty() ? "" : ", ") + joined(term.names);
        text += " -> " + joined(some_names(s, terms(s), 70));
        return parts{einsum(pattern_text(text), x)};
    };
    v.oracle = [=](const grids& x, const site& s) {
        std::vector<labels> names;
        for (const spec& term : terms(s))
            names.push_back(term.names);
        return grids{contracted(x, names, some_names(s, terms(s), 70), s.named)};
    };
    return v;
}

verb_case outer_verb() {
    verb_case v;
    v.label = "outer";
    v.operands = [](const site& s) {
        spec y{s.type, {}, {}, 0};
        for (std::uint64_t i = 0; i < s.pick(8, 3); ++i) {
            y.names.push_back(s.label(i == 0 ? "y" : "z"));
            y.shape.push_back(s.number(9 + i, 0, 3));
        }
        return std::vector<spec>{s.x(), y};
    };
    v.run = [](const parts& x, const site&) { return parts{outer(x[0], x[1])}; };
    v.oracle = [](const grids& x, const site& s) {
        labels names = x[0].names;
        extents shape = x[0].shape;
        names.insert(names.end(), x[1].names.begin(), x[1].names.end());
        shape.insert(shape.end(), x[1].shape.begin(), x[1].shape.end());
        return grids{build(s.type, names, shape, [&](const extents& c) {
            const auto middle = c.begin() + static_cast<std::ptrdiff_t>(x[0].rank());
            return x[0](extents(c.begin(), middle)) * x[1](extents(middle, c.end()));
        })};
    };
    v.costs = [](const grids&, const grids& out, const site&) {
        return work{0, out[0].volume(), 0};
    };
    return v;
}

}  // namespace

std::vector<verb_case> contraction_verbs() {
    return {
        dot_verb(),
        einsum_verb("einsum of one", 0),
        einsum_verb("einsum of two", 1),
        einsum_verb("einsum of three", 2),
        outer_verb()};
}

}  // namespace abax::laws
