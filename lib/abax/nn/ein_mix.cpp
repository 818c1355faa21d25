#include <abax/core/checked.hpp>
#include <abax/nn/ein_mix.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/names.hpp>
#include <abax/ops/random.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/plan/contraction.hpp>
#include <abax/plan/pattern_of.hpp>
#include <abax/plan/plan_cache.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

namespace abax::nn::detail {

namespace {

constexpr std::string_view operation = "ein_mix";

// The extents that are passed or written in a text, by name.
class mix_sizes {
public:
    mix_sizes(const mix_text& texts, axis_sizes passed) {
        for (const mix_list* list : {&texts.left(), &texts.right(), &texts.weight(), &texts.bias()})
            for (const mix_list::entry& e : *list)
                if (e.extent >= 0)
                    learn(e.name, e.extent);
        for (const axis_size& s : passed) {
            if (s.axis == "..." || !(texts.left().has(s.axis) || texts.weight().has(s.axis)))
                throw error(
                    {.kind = category::unexpected_size_argument,
                     .operation = std::string(operation),
                     .message = "a size is passed for '" + std::string(s.axis)
                              + "', which is neither on the left nor in the weight",
                     .axis = std::string(s.axis),
                     .got = std::string(s.axis) + "=" + std::to_string(s.extent)}
                );
            learn(s.axis, s.extent);
        }
    }

    std::optional<std::int64_t> find(std::string_view label) const {
        const auto found = extents_.find(label);
        return found == extents_.end() ? std::nullopt : std::optional(found->second);
    }

    // The extents of the axes of a weight or bias, all of which must be known.
    shape shape_of(const mix_list& list, std::string_view what) const {
        shape axes;
        for (const mix_list::entry& e : list) {
            const std::string label(e.name);
            const auto extent = find(e.name);
            if (!extent)
                throw error(
                    {.kind = category::missing_size,
                     .operation = std::string(operation),
                     .message =
                         "the axis '" + label + "' of the " + std::string(what) + " has no extent",
                     .pattern = std::string(list.text),
                     .offset = e.at.offset,
                     .length = e.at.length,
                     .axis = label,
                     .expected = "an extent for '" + label + "'",
                     .help =
                         "pass it, for example {{\"" + label + "\", 2}}, or write " + label + "=2"}
                );
            axes.push_back({name(e.name), *extent, nullptr});
        }
        return axes;
    }

private:
    void learn(std::string_view label, std::int64_t extent) {
        const auto [at, is_new] = extents_.emplace(label, extent);
        if (extent < 0 || at->second != extent)
            throw error(
                {.kind = category::size_mismatch,
                 .operation = std::string(operation),
                 .message = extent < 0 ? "an extent is negative" : "an axis has two extents",
                 .axis = std::string(label),
                 .expected_extent = extent < 0 ? std::nullopt : std::optional(at->second),
                 .got_extent = extent,
                 .expected = extent < 0 ? "an extent of 0 or more" : std::to_string(at->second),
                 .got = std::string(label) + "=" + std::to_string(extent)}
            );
    }

    std::map<std::string, std::int64_t, std::less<>> extents_;
};

// How many products are summed for one element of the result, as far as the weight knows. One where that is none: there is no bound
// of nothing, and no weight to bound.
double fan_in(const mix_text& texts, const shape& weight) {
    std::int64_t product = 1;
    for (const axis& a : weight)
        if (!texts.right().has(a.label.text()))
            product = checked_mul(product, a.extent, "the fan-in of a weight");
    return static_cast<double>(std::max<std::int64_t>(product, 1));
}

// Weight and bias of neighbouring seeds must not be the same numbers.
std::uint64_t seed_of_bias(std::uint64_t seed) {
    return seed ^ 0x9E3779B97F4A7C15ULL;
}

any_tensor without_names(const any_tensor& x) {
    return x.viewed({shape::of(x.shape().extents()), x.where().stride, x.where().offset});
}

any_tensor replaced(const any_tensor& old, const any_tensor& x, std::string_view what) {
    require_dtype(x, old.type());
    any_tensor made = read_as(operation, x, old.shape().axes_text());
    if (made.shape() != old.shape())
        throw error(
            {.kind = category::size_mismatch,
             .operation = std::string(operation),
             .message = "the " + std::string(what) + " has other extents",
             .input = x.shape().str(),
             .expected = old.shape().str(),
             .got = made.shape().str()}
        );
    return made;
}

}  // namespace

untyped_mix::untyped_mix(
    const mix_pattern& texts, dtype type, axis_sizes sizes, std::uint64_t seed
) {
    const mix_text read = texts.read();
    if (read.wrong())
        throw refused_mix(*read.wrong());
    const mix_sizes known(read, sizes);
    const shape weight = known.shape_of(read.weight(), "weight");
    const double reach = fan_in(read, weight);
    if (read.has_bias()) {
        const double bound = std::sqrt(1 / reach);
        bias_ =
            uniform(type, known.shape_of(read.bias(), "bias"), seed_of_bias(seed), -bound, bound);
    }
    const double bound = std::sqrt(3 / reach);
    weight_ = uniform(type, weight, seed, -bound, bound);
    read.write_einsum([&](std::string_view piece) { einsum_ += piece; });
    if (read.merges())
        read.write_merge([&](std::string_view piece) { merge_ += piece; });
    for (const mix_list::entry& e : read.right())
        right_.push_back(e.name == "..." ? name{} : name(e.name));
    for (const mix_list::entry& e : read.left())
        if (const auto extent = known.find(e.name)) {
            left_names_.emplace_back(e.name);
            extents_.push_back(*extent);
        }
}

void untyped_mix::set_weight(const any_tensor& x) {
    weight_ = replaced(weight_, x, "weight");
}

void untyped_mix::set_bias(const any_tensor& x) {
    if (!bias_)
        throw error(
            {.kind = category::usage,
             .operation = std::string(operation),
             .message = "the layer has no bias",
             .help = "give its axes when the layer is made"}
        );
    bias_ = replaced(*bias_, x, "bias");
}

any_tensor untyped_mix::apply(const any_tensor& x, bool gives_names) const {
    const bool named = x.is_named() || x.rank() == 0;
    const std::array<any_tensor, 2> operands{x, named ? weight_ : without_names(weight_)};
    if (x.type() != weight_.type())
        require_dtype(x, weight_.type());
    std::vector<axis_size> sizes;
    for (std::size_t i = 0; i < extents_.size(); ++i)
        sizes.emplace_back(left_names_[i].text(), extents_[i]);
    const pattern_argument text(einsum_, {}, false);
    // Larger than the words with which the keys of other verbs begin.
    constexpr std::uint64_t first_word = std::uint64_t{2} << 32U;
    const plan& p = plan_for(
        [&](plan_key& key) {
            key.add(
                   first_word | static_cast<std::uint64_t>(x.type()) << 8U | (gives_names ? 1U : 0U)
            )
                .add(std::string_view(einsum_))
                .add(operands[0].where())
                .add(operands[1].where())
                .add(axis_sizes(sizes));
        },
        [&] {
            const std::array<layout, 2> layouts{operands[0].where(), operands[1].where()};
            return plan_einsum(
                pattern_of(text, verb::einsum), layouts, x.type(), sizes, gives_names && !named
            );
        }
    );
    const any_tensor y = with_bias(execute(p, operands));
    return merge_.empty() ? y : rearrange(y, pattern_argument(merge_, {}, false));
}

any_tensor untyped_mix::with_bias(const any_tensor& y) const {
    if (!bias_)
        return y;
    if (y.is_named() || bias_->rank() == 0)
        return map(kernels::binary::add, &y, &*bias_);
    // By position: axes without a bias repeat it. They all stand behind the ellipsis, so that counting begins at the end.
    layout where{y.shape(), strides(y.rank(), 0), bias_->where().offset};
    for (std::size_t i = 0; i < bias_->rank(); ++i) {
        const auto found = std::find(right_.begin(), right_.end(), bias_->shape()[i].label);
        const auto behind = static_cast<std::size_t>(right_.end() - found);
        where.stride[y.rank() - behind] = bias_->where().stride[i];
    }
    const any_tensor spread = bias_->viewed(std::move(where));
    return map(kernels::binary::add, &y, &spread);
}

}  // namespace abax::nn::detail
