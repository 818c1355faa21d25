// A price is a `cost`: polynomials, not a number that somebody worked out.
// WRONG: same_as | priced

#include <abax/plan/price.hpp>

#include <cstdint>
#include <string_view>
#include <type_traits>

namespace {

template <class Price>
struct doubling {
    [[nodiscard]] std::string_view operation() const { return "double"; }
    [[nodiscard]] abax::op_class kind() const { return abax::op_class::elementwise; }
    [[nodiscard]] Price price(const abax::call&) const { return Price{}; }
};

}  // namespace

int main() {
#ifdef WRONG
    const doubling<std::int64_t> op;
#else
    const doubling<abax::cost> op;
#endif
    abax::perform(
        op, true, [] { return abax::call(abax::dtype::float32); }, [] {}
    );
}
