#include <abax/core/polynomial.hpp>

#include <algorithm>
#include <numeric>

namespace abax {

namespace {

using factor = polynomial::factor;
using term = polynomial::term;

constexpr const char* coefficient_text = "a coefficient of a polynomial (128 bits)";
constexpr const char* denominator_text = "the denominator of a polynomial (64 bits)";
constexpr const char* power_text = "a power in a polynomial (32 bits)";

std::int64_t degree(const term& t) {
    return std::accumulate(
        t.factors.begin(),
        t.factors.end(),
        std::int64_t{0},
        [](std::int64_t sum, const factor& f) { return sum + f.power; }
    );
}

// The canonical order: s^2*t, s^3 and s*t come as s^3 + s^2*t + s*t.
bool comes_before(const term& a, const term& b) {
    const auto degrees = std::pair(degree(a), degree(b));
    if (degrees.first != degrees.second)
        return degrees.first > degrees.second;
    const auto [left, right] =
        std::mismatch(a.factors.begin(), a.factors.end(), b.factors.begin(), b.factors.end());
    // Of equal degree, neither can be the other's beginning.
    if (left == a.factors.end() || right == b.factors.end())
        return false;
    return left->variable == right->variable ? left->power > right->power
                                             : left->variable < right->variable;
}

// The greatest divisor of `limit` that divides every coefficient. Taking remainders first keeps
// the gcd in 64 bits, also for the lowest 128-bit number, which has no absolute value.
std::int64_t common_divisor(const std::vector<term>& terms, std::int64_t limit) {
    for (const term& t : terms)
        limit = std::gcd(limit, static_cast<std::int64_t>(t.coefficient % limit));
    return limit;
}

void append_scaled(std::vector<term>& to, const std::vector<term>& terms, std::int64_t by) {
    for (const term& t : terms)
        to.push_back({checked_mul<int128>(t.coefficient, by, coefficient_text), t.factors});
}

std::vector<factor> product(const std::vector<factor>& a, const std::vector<factor>& b) {
    std::vector<factor> result;
    result.reserve(a.size() + b.size());
    auto left = a.begin();
    auto right = b.begin();
    while (left != a.end() && right != b.end())
        if (left->variable == right->variable) {
            const auto power = checked_add(left->power, right->power, power_text);
            result.push_back({left->variable, power});
            ++left;
            ++right;
        } else {
            result.push_back(left->variable < right->variable ? *left++ : *right++);
        }
    result.insert(result.end(), left, a.end());
    result.insert(result.end(), right, b.end());
    return result;
}

int128 value(const term& t, const polynomial::lookup& value_of, const char* what) {
    // Nothing of anything is nothing, even where the other factors alone would not fit.
    for (const factor& f : t.factors)
        if (value_of(f.variable) == 0)
            return 0;
    int128 result = t.coefficient;
    for (const factor& f : t.factors)
        for (std::int32_t i = 0; i < f.power; ++i)
            result = checked_mul<int128>(result, value_of(f.variable), what);
    return result;
}

// "4*b*h*s^2" for a coefficient of 4 or -4: the sign stands between the terms.
std::string unsigned_text(const term& t) {
    std::string digits = to_string(t.coefficient);
    if (digits.front() == '-')
        digits.erase(0, 1);
    std::string text = digits == "1" && !t.factors.empty() ? "" : digits;
    for (const factor& f : t.factors) {
        text += text.empty() ? "" : "*";
        text += f.variable.text();
        if (f.power != 1)
            text += '^' + std::to_string(f.power);
    }
    return text;
}

}  // namespace

polynomial::polynomial(std::int64_t constant) {
    if (constant != 0)
        terms_.push_back({constant, {}});
}

polynomial::polynomial(name variable) {
    if (!variable)
        throw error({.kind = category::usage, .message = "a polynomial's variable needs a name"});
    terms_.push_back({1, {{variable, 1}}});
}

polynomial& polynomial::operator+=(const polynomial& other) {
    const std::int64_t common = std::gcd(denominator_, other.denominator_);
    const std::int64_t scale = other.denominator_ / common;
    polynomial sum;
    sum.denominator_ = checked_mul(denominator_, scale, denominator_text);
    append_scaled(sum.terms_, terms_, scale);
    append_scaled(sum.terms_, other.terms_, denominator_ / common);
    sum.normalize();
    return *this = std::move(sum);
}

polynomial& polynomial::operator-=(const polynomial& other) {
    return *this += other * polynomial(-1);
}

polynomial& polynomial::operator*=(const polynomial& other) {
    // Cancelled crosswise first, so that 2^126 * (s/2) * 2 does not overflow on the way.
    const std::int64_t mine = common_divisor(terms_, other.denominator_);
    const std::int64_t theirs = common_divisor(other.terms_, denominator_);
    polynomial result;
    result.denominator_ =
        checked_mul(denominator_ / theirs, other.denominator_ / mine, denominator_text);
    for (const term& a : terms_)
        for (const term& b : other.terms_)
            result.terms_.push_back(
                {checked_mul<int128>(
                     a.coefficient / mine, b.coefficient / theirs, coefficient_text
                 ),
                 product(a.factors, b.factors)}
            );
    result.normalize();
    return *this = std::move(result);
}

polynomial polynomial::over(std::int64_t divisor) const {
    if (divisor <= 0)
        throw error(
            {.kind = category::usage,
             .message = "a polynomial is divided by a positive number only",
             .expected = "a divisor of 1 or more",
             .got = std::to_string(divisor)}
        );
    polynomial result = *this;
    const std::int64_t common = common_divisor(terms_, divisor);
    for (term& t : result.terms_)
        t.coefficient /= common;
    result.denominator_ = checked_mul(denominator_, divisor / common, denominator_text);
    return result;
}

int128 polynomial::at(const lookup& value_of) const {
    constexpr const char* what = "the value of a polynomial (128 bits)";
    int128 sum = 0;
    for (const term& t : terms_)
        sum = checked_add(sum, value(t, value_of, what), what);
    if (sum % denominator_ != 0)
        throw error(
            {.kind = category::other,
             .message = "the value of " + str() + " is not a whole number",
             .expected = "a multiple of " + std::to_string(denominator_),
             .got = to_string(sum)}
        );
    return sum / denominator_;
}

polynomial polynomial::substitute(name variable, const polynomial& by) const {
    polynomial result;
    for (const term& t : terms_) {
        polynomial part(1);
        part.terms_ = {t};
        auto& rest = part.terms_.front().factors;
        const auto found = std::find_if(rest.begin(), rest.end(), [&](const factor& f) {
            return f.variable == variable;
        });
        if (found != rest.end()) {
            const std::int32_t power = found->power;
            rest.erase(found);
            for (std::int32_t i = 0; i < power; ++i)
                part *= by;
        }
        result += part;
    }
    return result.over(denominator_);
}

std::vector<name> polynomial::variables() const {
    std::vector<name> found;
    for (const term& t : terms_)
        for (const factor& f : t.factors)
            found.push_back(f.variable);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

std::string polynomial::str() const {
    if (is_zero())
        return "0";
    std::string text;
    for (const term& t : terms_) {
        const bool negative = t.coefficient < 0;
        if (text.empty())
            text = negative ? "-" : "";
        else
            text += negative ? " - " : " + ";
        text += unsigned_text(t);
    }
    if (denominator_ == 1)
        return text;
    if (terms_.size() > 1)
        text = '(' + text + ')';
    return text + '/' + std::to_string(denominator_);
}

void polynomial::normalize() {
    std::sort(terms_.begin(), terms_.end(), comes_before);
    std::vector<term> merged;
    for (term& t : terms_)
        if (!merged.empty() && merged.back().factors == t.factors)
            merged.back().coefficient =
                checked_add(merged.back().coefficient, t.coefficient, coefficient_text);
        else
            merged.push_back(std::move(t));
    std::erase_if(merged, [](const term& t) { return t.coefficient == 0; });
    const std::int64_t common = common_divisor(merged, denominator_);
    for (term& t : merged)
        t.coefficient /= common;
    terms_ = std::move(merged);
    denominator_ /= common;
}

}  // namespace abax
