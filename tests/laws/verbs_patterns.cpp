#include <abax/ops/rearrange.hpp>
#include <abax/ops/view_of.hpp>

#include "verbs.hpp"

namespace abax::laws {

namespace {

// Axes in groups: (2 0) (1) is written "(c a) b".
using groups = std::vector<std::vector<std::size_t>>;

groups grouped(const site& s, std::uint64_t salt) {
    groups all;
    for (const std::size_t i : s.order(salt))
        if (!all.empty() && s.pick(salt + 1 + i, 3) == 0)
            all.back().push_back(i);
        else
            all.push_back({i});
    return all;
}

std::string text_of(const groups& all) {
    std::string text;
    for (const auto& one : all) {
        const std::string inner = site::text(one);
        text += (text.empty() ? "" : " ") + (one.size() == 1 ? inner : "(" + inner + ")");
    }
    return text;
}

// x under these groups; the axes of x are called by the site's letters.
grid merged(const grid& x, const groups& all, bool named) {
    labels names;
    extents shape;
    for (const auto& one : all) {
        const std::string inner = site::text(one);
        names.push_back(!named ? "" : one.size() == 1 ? inner : "(" + inner + ")");
        std::int64_t extent = 1;
        for (const std::size_t i : one)
            extent *= x.shape[i];
        shape.push_back(extent);
    }
    return build(x.type, names, shape, [&](extents c) {
        extents from(x.rank());
        for (std::size_t k = 0; k < all.size(); ++k)
            for (std::size_t i = all[k].size(); i-- > 0;) {
                from[all[k][i]] = c[k] % x.shape[all[k][i]];
                c[k] /= x.shape[all[k][i]];
            }
        return x(from);
    });
}

verb_case merge_verb() {
    verb_case v;
    v.label = "rearrange";
    v.run = [](const parts& x, const site& s) {
        const pattern_text text(s.all_letters() + " -> " + text_of(grouped(s, 30)));
        return parts{rearrange(x[0], text)};
    };
    v.oracle = [](const grids& x, const site& s) {
        return grids{merged(x[0], grouped(s, 30), s.named)};
    };
    return v;
}

// One axis into two: "a b c -> y a z c" for b = (y z). The tensor's axis has no name of its own then, so it is unnamed.
verb_case split_verb(bool refuses_to_copy) {
    verb_case v;
    v.label = refuses_to_copy ? "view_of" : "rearrange a split";
    v.is_view = true;
    v.applies = [](const site& s) { return s.rank() > 0 && !s.named; };
    const auto inner = [](const site& s) {
        const std::int64_t n = s.extent();
        return n == 0 ? 2 : s.pick(8, 2) == 0 ? n : 1;
    };
    v.run = [=](const parts& x, const site& s) {
        labels left;
        labels right{"y"};
        for (std::size_t i = 0; i < s.rank(); ++i) {
            left.push_back(i == s.at() ? "(y z)" : site::letters[i]);
            right.push_back(i == s.at() ? "z" : site::letters[i]);
        }
        std::string text;
        for (const std::string& one : left)
            text += one + ' ';
        text += "->";
        for (const std::string& one : right)
            text += ' ' + one;
        const std::vector<axis_size> sizes{{"z", inner(s)}};
        return parts{
            refuses_to_copy ? view_of(x[0], pattern_text(text), sizes)
                            : rearrange(x[0], pattern_text(text), sizes)};
    };
    v.oracle = [=](const grids& x, const site& s) {
        return grids{build(
            x[0].type,
            labels(s.rank() + 1, ""),
            inserted(replaced(x[0].shape, s.at(), inner(s)), 0, s.extent() / inner(s)),
            [&](extents c) {
                const std::int64_t outer = c[0];
                c = erased(c, 0);
                c[s.at()] += outer * inner(s);
                return x[0](c);
            }
        )};
    };
    return v;
}

// A new axis in some place, or merged with the axis behind it.
verb_case repeat_verb() {
    verb_case v;
    v.label = "repeat";
    v.applies = has_axis;
    const auto times = [](const site& s) { return s.number(8, 0, 3); };
    const auto merges = [](const site& s) { return s.pick(9, 2) == 0; };
    v.run = [=](const parts& x, const site& s) {
        std::string right;
        for (std::size_t i = 0; i < s.rank(); ++i) {
            const std::string letter = site::letters[i];
            right += ' ';
            right += i != s.at() ? letter : merges(s) ? "(z " + letter + ")" : "z " + letter;
        }
        return parts{
            repeat(x[0], pattern_text(s.all_letters() + " ->" + right), {{"z", times(s)}})};
    };
    v.oracle = [=](const grids& x, const site& s) {
        const std::size_t at = s.at();
        if (merges(s))
            return grids{build(
                x[0].type,
                replaced(x[0].names, at, s.named ? "(z " + s.label(at) + ")" : ""),
                replaced(x[0].shape, at, times(s) * s.extent()),
                [&](extents c) {
                    c[at] %= s.extent();
                    return x[0](c);
                }
            )};
        return grids{build(
            x[0].type,
            inserted(x[0].names, at, s.label("z")),
            inserted(x[0].shape, at, times(s)),
            [&](const extents& c) { return x[0](erased(c, at)); }
        )};
    };
    return v;
}

}  // namespace

std::vector<verb_case> pattern_verbs() {
    return {merge_verb(), split_verb(false), split_verb(true), repeat_verb()};
}

}  // namespace abax::laws
