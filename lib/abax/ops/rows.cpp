#include <abax/kernels/kernels.hpp>
#include <abax/ops/row_wise.hpp>
#include <abax/ops/rows.hpp>
#include <abax/plan/align.hpp>
#include <abax/plan/price.hpp>

#include <string>

namespace abax {

using namespace detail;  // what verbs ask of their operands

namespace {

// Prices are stated in N, the elements, and R, the rows: the first operand and the first known shape.
struct softmax_cost {
    [[nodiscard]] std::string_view operation() const { return "softmax"; }
    [[nodiscard]] op_class kind() const { return op_class::normalization; }
    [[nodiscard]] cost price(const call& c) const {
        const polynomial n = c.volume(c.operands().back().axes);
        const polynomial r = c.volume(c.known().front());
        return c.with_bytes(4 * n - 2 * r, n);
    }
};

struct layer_norm_cost {
    [[nodiscard]] std::string_view operation() const { return "layer_norm"; }
    [[nodiscard]] op_class kind() const { return op_class::normalization; }
    [[nodiscard]] cost price(const call& c) const {
        const polynomial n = c.volume(c.operands().back().axes);
        const polynomial r = c.volume(c.known().front());
        return c.with_bytes(7 * n + r, r);
    }
};

struct rms_norm_cost {
    [[nodiscard]] std::string_view operation() const { return "rms_norm"; }
    [[nodiscard]] op_class kind() const { return op_class::normalization; }
    [[nodiscard]] cost price(const call& c) const {
        const polynomial n = c.volume(c.operands().back().axes);
        const polynomial r = c.volume(c.known().front());
        return c.with_bytes(4 * n + r, r);
    }
};

struct argmax_cost {
    [[nodiscard]] std::string_view operation() const { return "argmax"; }
    [[nodiscard]] op_class kind() const { return op_class::reduction; }
    [[nodiscard]] cost price(const call& c) const {
        return c.with_bytes(c.volume(c.known().back()) - c.volume(c.known().front()));
    }
};

// The stride of a gain or bias, which has exactly the axis that is normalised.
std::int64_t parameter_stride(
    std::string_view operation,
    std::string_view role,
    const any_tensor& parameter,
    const any_tensor& x,
    std::size_t at
) {
    const axis& along = x.shape()[at];
    const auto fault = [&](category kind, std::string message) {
        return error(
            {.kind = kind,
             .operation = std::string(operation),
             .message = std::move(message),
             .axis = std::string(along.label.text()),
             .expected_extent = along.extent,
             .input = "(" + x.shape().str() + "), " + std::string(role) + " ("
                    + parameter.shape().str() + ")",
             .expected = "exactly the axis that is normalised"}
        );
    };
    if (parameter.rank() != 1)
        throw fault(
            category::rank_mismatch,
            "the " + std::string(role) + " has rank " + std::to_string(parameter.rank())
        );
    const axis& has = parameter.shape()[0];
    if (has.label != along.label)
        throw fault(
            category::name_mismatch,
            "normalises '" + axis_text(along) + "', but the " + std::string(role) + " has '"
                + axis_text(has) + "'"
        );
    require_same_axis({std::string(operation), nullptr, x.shape().str()}, along, has);
    return parameter.where().stride[0];
}

}  // namespace

any_tensor softmax(const any_tensor& x, axis_argument over) {
    require_floating("softmax", x);
    const std::size_t at = position_of("softmax", x.shape(), over);
    return row_wise(softmax_cost{}, x, at, {}, [&](auto* to, const auto& rows, const auto& along) {
        kernels::softmax(x.type(), to, x.data(), rows, along);
    });
}

any_tensor softmax(const any_tensor& x, axis_argument over, const any_tensor& mask) {
    require_floating("softmax", x);
    require_type("softmax", "mask", mask, dtype::boolean);
    const std::size_t at = position_of("softmax", x.shape(), over);
    const strides mask_stride = strides_along("softmax", "mask", mask.where(), x.shape());
    const axis& along = x.shape()[at];
    if (along.label && !mask.shape().find(along.label)) {
        std::string help = "the mask must say which positions of '"
                         + std::string(along.label.text()) + "' to hide";
        for (const axis& a : mask.shape())
            if (a.label.unprimed() == along.label.unprimed())
                help = "rename the mask's axis: \"" + std::string(a.label.text()) + " -> "
                     + std::string(along.label.text()) + "\"";
        throw error(
            {.kind = category::name_mismatch,
             .operation = "softmax",
             .message = "the mask lacks '" + std::string(along.label.text())
                      + "', the axis that is normalised",
             .axis = std::string(along.label.text()),
             .input = "(" + x.shape().str() + "), mask (" + mask.shape().str() + ")",
             .expected = "a mask with the axis '" + std::string(along.label.text()) + "'",
             .got = mask.shape().axes_text(),
             .help = std::move(help)}
        );
    }
    const bool dry = any_dry({&x, &mask});
    any_tensor result = made(x.type(), x.shape(), dry);
    perform(
        softmax_cost{},
        dry,
        [&] {
            return std::move(
                call(x.type())
                    .reads(x)
                    .reads(mask)
                    .writes(x.shape(), x.type())
                    .knows(without(x.shape(), at))
                    .detail(x.shape().axes_text() + ", mask " + mask.shape().axes_text())
            );
        },
        [&] {
            const strides& dense = result.where().stride;
            kernels::loops<3> rows;
            for (std::size_t i = 0; i < x.rank(); ++i)
                if (i != at)
                    rows.push_back(
                        {x.shape()[i].extent, {dense[i], x.where().stride[i], mask_stride[i]}}
                    );
            kernels::masked_softmax(
                x.type(),
                result.writable(),
                x.data(),
                reinterpret_cast<const bool*>(mask.data()),
                rows,
                {along.extent, dense[at], x.where().stride[at]},
                mask_stride[at]
            );
        }
    );
    return result;
}

any_tensor layer_norm(
    const any_tensor& x,
    axis_argument over,
    const any_tensor& gain,
    const any_tensor& bias,
    double epsilon
) {
    require_floating("layer_norm", x);
    require_type("layer_norm", "gain", gain, x.type());
    require_type("layer_norm", "bias", bias, x.type());
    const std::size_t at = position_of("layer_norm", x.shape(), over);
    const std::int64_t gain_stride = parameter_stride("layer_norm", "gain", gain, x, at);
    const std::int64_t bias_stride = parameter_stride("layer_norm", "bias", bias, x, at);
    return row_wise(
        layer_norm_cost{},
        x,
        at,
        {&gain, &bias},
        [&](auto* to, const auto& rows, const auto& along) {
            kernels::layer_norm(
                x.type(),
                to,
                x.data(),
                gain.data(),
                bias.data(),
                epsilon,
                rows,
                along,
                gain_stride,
                bias_stride
            );
        }
    );
}

any_tensor rms_norm(
    const any_tensor& x, axis_argument over, const any_tensor& gain, double epsilon
) {
    require_floating("rms_norm", x);
    require_type("rms_norm", "gain", gain, x.type());
    const std::size_t at = position_of("rms_norm", x.shape(), over);
    const std::int64_t gain_stride = parameter_stride("rms_norm", "gain", gain, x, at);
    return row_wise(
        rms_norm_cost{},
        x,
        at,
        {&gain},
        [&](auto* to, const auto& rows, const auto& along) {
            kernels::rms_norm(
                x.type(), to, x.data(), gain.data(), epsilon, rows, along, gain_stride
            );
        }
    );
}

any_tensor argmax(const any_tensor& x, axis_argument over) {
    const std::size_t at = position_of("argmax", x.shape(), over);
    const shape rest = without(x.shape(), at);
    if (x.shape()[at].extent == 0 && rest.volume() != 0)
        throw error(
            {.kind = category::other,
             .operation = "argmax",
             .message = "there is no largest of no elements",
             .axis = std::string(x.shape()[at].label.text()),
             .input = x.shape().str()}
        );
    const bool dry = any_dry({&x});
    any_tensor result = made(dtype::int64, rest, dry);
    perform(
        argmax_cost{},
        dry,
        [&] {
            return std::move(call(x.type())
                                 .reads(x)
                                 .writes(rest, dtype::int64)
                                 .knows(rest)
                                 .knows(x.shape())
                                 .detail(x.shape().axes_text()));
        },
        [&] {
            strides out = result.where().stride;
            out.insert(at, 0);
            kernels::argmax(
                x.type(),
                reinterpret_cast<std::int64_t*>(result.writable()),
                x.data(),
                rows_of(x, out, at),
                x.shape()[at].extent,
                x.where().stride[at]
            );
        }
    );
    return result;
}

}  // namespace abax
