#include <abax/plan/contraction.hpp>

#include <algorithm>
#include <bitset>
#include <limits>
#include <map>

namespace abax {

namespace {

using pair_list = std::vector<std::pair<std::size_t, std::size_t>>;
using index_set = std::vector<bool>;

constexpr std::size_t most_for_exact_search = 8;

class path_search {
public:
    path_search(
        const std::vector<std::vector<std::size_t>>& sets,
        const std::vector<std::size_t>& output,
        const std::vector<std::int64_t>& extents
    )
        : extents_(extents), output_(extents.size(), false) {
        for (const std::size_t i : output)
            output_[i] = true;
        for (const auto& set : sets) {
            index_set bits(extents.size(), false);
            for (const std::size_t i : set)
                bits[i] = true;
            operands_.push_back(std::move(bits));
        }
    }

    // Every way to split a subset of operands into two, cheapest first found wins: 3^n steps.
    pair_list exact() {
        const std::size_t n = operands_.size();
        const std::size_t all = (std::size_t{1} << n) - 1;
        std::vector<double> best(all + 1, std::numeric_limits<double>::infinity());
        std::vector<std::size_t> chosen(all + 1, 0);
        for (std::size_t i = 0; i < n; ++i)
            best[std::size_t{1} << i] = 0;
        for (std::size_t set = 1; set <= all; ++set) {
            if (std::bitset<64>(set).count() < 2)
                continue;
            const std::size_t lowest = set & (~set + 1);
            for (std::size_t part = (set - 1) & set; part != 0; part = (part - 1) & set) {
                if ((part & lowest) == 0)
                    continue;
                const double price = best[part] + best[set ^ part] + pair_price(part, set ^ part);
                if (price < best[set]) {
                    best[set] = price;
                    chosen[set] = part;
                }
            }
        }
        std::vector<std::size_t> current;
        for (std::size_t i = 0; i < n; ++i)
            current.push_back(std::size_t{1} << i);
        pair_list path;
        emit(all, chosen, current, path);
        return path;
    }

    pair_list greedy() {
        pair_list path;
        std::vector<index_set> current = operands_;
        while (current.size() > 1) {
            double best = std::numeric_limits<double>::infinity();
            std::pair<std::size_t, std::size_t> chosen{0, 1};
            for (std::size_t i = 0; i < current.size(); ++i)
                for (std::size_t k = i + 1; k < current.size(); ++k)
                    if (const double price = volume(united(current[i], current[k])); price < best) {
                        best = price;
                        chosen = {i, k};
                    }
            path.push_back(chosen);
            index_set kept = united(current[chosen.first], current[chosen.second]);
            for (std::size_t x = 0; x < kept.size(); ++x) {
                bool needed = output_[x];
                for (std::size_t i = 0; i < current.size(); ++i)
                    needed = needed || (i != chosen.first && i != chosen.second && current[i][x]);
                kept[x] = kept[x] && needed;
            }
            current.erase(current.begin() + static_cast<std::ptrdiff_t>(chosen.second));
            current.erase(current.begin() + static_cast<std::ptrdiff_t>(chosen.first));
            current.push_back(std::move(kept));
        }
        return path;
    }

private:
    static index_set united(const index_set& a, const index_set& b) {
        index_set both = a;
        for (std::size_t i = 0; i < b.size(); ++i)
            both[i] = both[i] || b[i];
        return both;
    }

    double volume(const index_set& set) const {
        double product = 1;
        for (std::size_t i = 0; i < set.size(); ++i)
            if (set[i])
                product *= static_cast<double>(extents_[i]);
        return product;
    }

    // The indices that the product of a subset still has: those the result or an outsider needs.
    index_set kept(std::size_t subset) const {
        index_set inside(extents_.size(), false);
        index_set needed = output_;
        for (std::size_t i = 0; i < operands_.size(); ++i)
            (subset >> i & 1U) != 0 ? inside = united(inside, operands_[i])
                                    : needed = united(needed, operands_[i]);
        for (std::size_t x = 0; x < inside.size(); ++x)
            inside[x] = inside[x] && needed[x];
        return inside;
    }

    index_set single_or_kept(std::size_t subset) const {
        for (std::size_t i = 0; i < operands_.size(); ++i)
            if (subset == std::size_t{1} << i)
                return operands_[i];
        return kept(subset);
    }

    double pair_price(std::size_t a, std::size_t b) const {
        return volume(united(single_or_kept(a), single_or_kept(b)));
    }

    static void emit(
        std::size_t set,
        const std::vector<std::size_t>& chosen,
        std::vector<std::size_t>& current,
        pair_list& path
    ) {
        if (chosen[set] == 0)
            return;
        const std::size_t left = chosen[set];
        const std::size_t right = set ^ left;
        emit(left, chosen, current, path);
        emit(right, chosen, current, path);
        const auto at = [&](std::size_t subset) {
            return static_cast<std::size_t>(
                std::find(current.begin(), current.end(), subset) - current.begin()
            );
        };
        const auto [low, high] = std::minmax({at(left), at(right)});
        path.emplace_back(low, high);
        current.erase(current.begin() + static_cast<std::ptrdiff_t>(high));
        current.erase(current.begin() + static_cast<std::ptrdiff_t>(low));
        current.push_back(set);
    }

    std::vector<std::int64_t> extents_;
    index_set output_;
    std::vector<index_set> operands_;
};

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> contraction_path(
    const std::vector<std::vector<std::size_t>>& sets,
    const std::vector<std::size_t>& output,
    const std::vector<std::int64_t>& extents
) {
    path_search search(sets, output, extents);
    return sets.size() <= most_for_exact_search ? search.exact() : search.greedy();
}

}  // namespace abax
