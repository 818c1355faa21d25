// An operation that does not state its cost does not compile.
// WRONG: op.price(c) | priced

#include <abax/plan/price.hpp>

#include <string_view>

namespace {

struct unpriced {
    [[nodiscard]] std::string_view operation() const { return "double"; }
    [[nodiscard]] abax::op_class kind() const { return abax::op_class::elementwise; }
};

struct priced_one : unpriced {
    [[nodiscard]] abax::cost price(const abax::call& c) const { return c.with_bytes(c.volume(0)); }
};

template <class Op>
void run(const Op& op) {
    abax::perform(
        op, true, [] { return abax::call(abax::dtype::float32); }, [] {}
    );
}

}  // namespace

int main() {
#ifdef WRONG
    run(unpriced{});
#else
    run(priced_one{});
#endif
}
