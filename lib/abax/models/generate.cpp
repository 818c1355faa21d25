#include <abax/account/scope.hpp>
#include <abax/models/generate.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/rows.hpp>
#include <abax/ops/select.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <random>

namespace abax::models {

namespace {

tensor<std::int64_t> row_of(const std::vector<std::int64_t>& tokens) {
    return from(tokens, axes("b s", {1, static_cast<std::int64_t>(tokens.size())}));
}

void check_request(
    const language_model& model, const std::vector<std::int64_t>& prompt, std::int64_t count
) {
    const auto length = static_cast<std::int64_t>(prompt.size());
    const auto refuse = [](std::string message, std::string help) {
        throw error(
            {.kind = category::usage,
             .operation = "generate",
             .message = std::move(message),
             .help = std::move(help)}
        );
    };
    if (prompt.empty())
        refuse("the prompt is empty", "pass at least one token");
    if (count < 0)
        refuse("the number of tokens cannot be negative", {});
    const std::int64_t context = model.context();
    if (length > context || count > context - length)
        refuse(
            "a prompt of " + std::to_string(length) + " tokens and " + std::to_string(count)
                + " new ones do not fit the context of " + std::to_string(context),
            "use a shorter prompt, or fewer tokens"
        );
}

class stopwatch {
public:
    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace

void check(const sampling& how) {
    if (!(how.temperature >= 0) || std::isinf(how.temperature) || how.top_k < 0)
        throw error(
            {.kind = category::usage,
             .operation = "sampling",
             .message = "the temperature must be a number of 0 or more, and k must not be negative",
             .got = "temperature " + std::to_string(how.temperature) + ", k "
                  + std::to_string(how.top_k)}
        );
}

struct sampler::chance {
    explicit chance(std::uint64_t seed) : generator(seed) {}
    std::mt19937_64 generator;
};

sampler::sampler(sampling how) : how_(how), chance_(std::make_unique<chance>(how.seed)) {
    check(how);
}
sampler::sampler(const sampler& other)
    : how_(other.how_), chance_(std::make_unique<chance>(*other.chance_)) {}
sampler& sampler::operator=(const sampler& other) {
    how_ = other.how_;
    *chance_ = *other.chance_;
    return *this;
}
sampler::~sampler() = default;

std::int64_t sampler::next(const tensor<float>& logits) {
    const tensor<float> last = at(at(logits, "s", -1), "b", 0);  // v
    const std::int64_t largest = argmax(last, "v").item();
    const std::vector<float> values = last.to_vector();
    // NaN counts as largest, so this looks at all of them. Beside an infinite one nothing has odds.
    if (!std::isfinite(values[static_cast<std::size_t>(largest)]))
        throw error(
            {.kind = category::other,
             .operation = "sampling",
             .message = "the logits are not numbers",
             .help = "the weights hold NaN or infinite values"}
        );
    if (how_.temperature == 0)
        return largest;

    std::vector<std::int64_t> order(values.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = static_cast<std::int64_t>(i);
    const auto value = [&](std::int64_t id) { return values[static_cast<std::size_t>(id)]; };
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) {
        return value(a) > value(b);
    });
    if (how_.top_k > 0 && how_.top_k < static_cast<std::int64_t>(order.size()))
        order.resize(static_cast<std::size_t>(how_.top_k));
    std::vector<double> odds;
    double sum = 0;
    for (const std::int64_t id : order) {
        odds.push_back(
            std::exp((static_cast<double>(value(id)) - value(order[0])) / how_.temperature)
        );
        sum += odds.back();
    }
    // 53 bits of the generator, by hand: the standard's distributions differ between libraries.
    double rest = static_cast<double>(chance_->generator() >> 11U) * 0x1p-53 * sum;
    for (std::size_t i = 0; i < order.size(); ++i) {
        rest -= odds[i];
        if (rest < 0)
            return order[i];
    }
    return order.back();
}

generation generate(
    const language_model& model,
    const std::vector<std::int64_t>& prompt,
    std::int64_t count,
    const sampling& how,
    const callback<void(const progress&)>& told
) {
    check_request(model, prompt, count);
    sampler choose(how);
    generation result;
    if (count == 0)
        return result;
    nn::kv_cache cache = model.new_cache(1, static_cast<std::int64_t>(prompt.size()) + count);

    const auto take_next = [&](const tensor<float>& logits) {
        const scope here("sampling");
        result.tokens.push_back(choose.next(logits));
        if (told)
            told({result.tokens.back(), static_cast<std::int64_t>(result.tokens.size()) - 1});
    };
    {
        const stopwatch watch;
        const recording on(result.prefill);
        take_next(model.forward(row_of(prompt), &cache, logits_of::last));
        result.prefill_seconds = watch.seconds();
    }
    const stopwatch watch;
    const recording on(result.decode);
    while (static_cast<std::int64_t>(result.tokens.size()) < count)
        take_next(model.forward(row_of({result.tokens.back()}), &cache, logits_of::last));
    result.decode_seconds = watch.seconds();
    return result;
}

std::vector<std::int64_t> generate_without_cache(
    const language_model& model,
    std::vector<std::int64_t> prompt,
    std::int64_t count,
    const sampling& how
) {
    check_request(model, prompt, count);
    sampler choose(how);
    std::vector<std::int64_t> tokens;
    while (static_cast<std::int64_t>(tokens.size()) < count) {
        tokens.push_back(choose.next(model.forward(row_of(prompt), nullptr, logits_of::last)));
        prompt.push_back(tokens.back());
    }
    return tokens;
}

}  // namespace abax::models
