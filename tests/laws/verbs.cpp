#include "verbs.hpp"

#include <abax/core/error.hpp>

#include <doctest/doctest.h>

namespace abax::laws {

axes_argument site::axes(const std::vector<std::size_t>& which) const {
    if (wrong_axis)
        return named ? axes_argument("nowhere") : axes_argument(static_cast<int>(rank()));
    if (named)
        return axes_argument(name(text(which)).text());  // kept: an argument does not own its text
    std::vector<int> p;
    for (const std::size_t i : which)
        p.push_back(static_cast<int>(i) - (pick(3 + i, 2) == 0 ? static_cast<int>(rank()) : 0));
    switch (p.size()) {
    case 0: return axes_argument(std::initializer_list<int>{});
    case 1: return {p[0]};
    case 2: return {p[0], p[1]};
    case 3: return {p[0], p[1], p[2]};
    case 4: return {p[0], p[1], p[2], p[3]};
    case 5: return {p[0], p[1], p[2], p[3], p[4]};
    default: return {p[0], p[1], p[2], p[3], p[4], p[5]};
    }
}

std::vector<std::size_t> site::order(std::uint64_t salt) const {
    std::vector<std::size_t> all(rank());
    std::iota(all.begin(), all.end(), std::size_t{0});
    std::mt19937_64 random(seed * 7919 + salt);
    std::shuffle(all.begin(), all.end(), random);
    return all;
}

std::vector<std::size_t> site::some(std::uint64_t salt) const {
    std::vector<std::size_t> all = order(salt);
    all.resize(1 + pick(salt + 100, rank()));
    return all;
}

const std::vector<verb_case>& all_verbs() {
    static const std::vector<verb_case> all = [] {
        std::vector<verb_case> joined;
        for (const auto& some :
             {elementwise_verbs(),
              view_verbs(),
              movement_verbs(),
              row_verbs(),
              reduction_verbs(),
              contraction_verbs(),
              pattern_verbs(),
              created_verbs()})
            joined.insert(joined.end(), some.begin(), some.end());
        return joined;
    }();
    return all;
}

void for_each_site(int rounds, const std::function<void(const verb_case&, const site&)>& body) {
    const std::vector<extents> shapes = sample_shapes(rounds);
    std::uint64_t seed = 0;
    for (const verb_case& v : all_verbs())
        for (const extents& shape : shapes) {
            site s{shape, (++seed / 2) % 2 == 0, dtype::float32, seed, false};
            // Types in turn among those that the verb takes.
            do
                s.type = all_types[(s.pick(0, 5) + seed++) % all_types.size()];
            while (!contains(v.takes, s.type));
            if (!v.applies(s))
                continue;
            try {
                body(v, s);
            } catch (const error& e) {
                FAIL_CHECK(text_of(v, s) << ": " << std::string(e.what()));
            }
        }
}

std::string text_of(const verb_case& v, const site& s) {
    return v.label + (s.named ? " named " : " unnamed ")
         + text_of(grid{s.type, s.names(), s.shape, {}}) + " seed " + std::to_string(s.seed);
}

parts operands_at(const verb_case& v, const site& s, std::optional<lie> how) {
    parts all;
    std::uint64_t salt = 50;
    for (const spec& what : v.operands(s)) {
        const lie chosen = how.value_or(all_lies[s.pick(salt, all_lies.size())]);
        all.push_back(made(what, chosen, s.seed * 31 + salt));
        ++salt;
    }
    return all;
}

}  // namespace abax::laws
