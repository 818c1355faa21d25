#include <abax/kernels/clip.hpp>
#include <abax/ops/clip.hpp>
#include <abax/ops/movement.hpp>
#include <abax/ops/operands.hpp>
#include <abax/plan/align.hpp>

#include <array>

namespace abax {

using namespace detail;  // what verbs ask of their operands

namespace {

struct clip_cost {
    [[nodiscard]] static std::string_view operation() { return "clip"; }
    [[nodiscard]] static op_class kind() { return op_class::elementwise; }
    [[nodiscard]] static cost price(const call& c) {
        return c.with_bytes(polynomial(2) * c.volume(c.operands().back().axes));
    }
};

std::string text_of(const any_tensor& number) {
    return with_element(number.type(), [&](auto zero) {
        return std::to_string(*reinterpret_cast<const decltype(zero)*>(number.data()));
    });
}

// As the element type has them: two different numbers may have become one, but never changed places.
void require_bounds(const any_tensor& x, const any_tensor& low, const any_tensor& high) {
    const bool in_order = with_element(x.type(), [&](auto zero) {
        using T = decltype(zero);
        return *reinterpret_cast<const T*>(low.data()) <= *reinterpret_cast<const T*>(high.data());
    });
    if (!in_order)  // nor is anything in order with a NaN
        throw error(
            {.kind = category::usage,
             .operation = "clip",
             .message = "nothing lies between " + text_of(low) + " and " + text_of(high),
             .input = x.shape().str(),
             .expected = "low <= high",
             .got = text_of(low) + ", " + text_of(high)}
        );
}

}  // namespace

any_tensor clip(const any_tensor& x, scalar low, scalar high) {
    if (x.type() == dtype::boolean)
        throw error(
            {.kind = category::dtype_mismatch,
             .operation = "clip",
             .message = "clip is not defined for bool",
             .input = x.shape().str(),
             .help = "convert with cast"}
        );
    const any_tensor lowest = low.as("clip", x.type());
    const any_tensor highest = high.as("clip", x.type());
    require_bounds(x, lowest, highest);
    (void)align("clip", std::array{&x.where()});
    any_tensor result = made(x.type(), x.shape(), any_dry({&x}));
    perform(
        clip_cost{},
        result.is_dry(),
        [&] {
            return std::move(
                call(x.type()).reads(x).writes(x.shape(), x.type()).detail(x.shape().axes_text())
            );
        },
        [&] {
            kernels::clip(
                x.type(),
                result.writable(),
                x.data(),
                lowest.data(),
                highest.data(),
                copy_nest(result.where(), x.where())
            );
        }
    );
    return result;
}

}  // namespace abax
