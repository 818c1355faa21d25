#include <abax/ops/movement.hpp>
#include <abax/ops/select.hpp>
#include <abax/plan/align.hpp>
#include <abax/plan/transform.hpp>

#include <algorithm>

namespace abax {

using namespace detail;  // what the movements share

namespace {

// The id at a position, row-major: asked for only when it is wrong.
std::int64_t id_at(const any_tensor& ids, std::size_t position) {
    return ids.type() == dtype::int64 ? tensor<std::int64_t>(ids).to_vector()[position]
                                      : tensor<std::int32_t>(ids).to_vector()[position];
}

}  // namespace

any_tensor take(const any_tensor& table, const any_tensor& ids, axis_argument over) {
    if (ids.type() != dtype::int64 && ids.type() != dtype::int32)
        throw error(
            {.kind = category::dtype_mismatch,
             .operation = "take",
             .message = "ids hold " + std::string(to_string(ids.type())),
             .input = ids.shape().str(),
             .expected = "int64 or int32"}
        );
    const std::size_t which = position_of("take", table.shape(), over);
    if (ids.rank() > 0 && ids.is_named() != table.is_named())
        throw error(
            {.kind = category::name_mismatch,
             .operation = "take",
             .message = "a named tensor does not meet an unnamed one",
             .input = "(" + table.shape().str() + "), ids (" + ids.shape().str() + ")",
             .help = "name its axes (named), in the order in which they stand"}
        );
    shape axes;
    for (std::size_t i = 0; i < which; ++i)
        axes.push_back(table.shape()[i]);
    for (const axis& a : ids.shape())
        axes.push_back(a);
    for (std::size_t i = which + 1; i < table.rank(); ++i)
        axes.push_back(table.shape()[i]);
    check_distinct(
        {"take", nullptr, "(" + table.shape().str() + "), (" + ids.shape().str() + ")"}, axes
    );
    const bool dry = dry_run::is_on() || table.is_dry() || ids.is_dry();
    any_tensor result =
        dry ? any_tensor::dry(table.type(), axes) : any_tensor::empty(table.type(), axes);
    const std::int64_t extent = table.shape()[which].extent;
    if (!dry) {
        kernels::loops<2> nest;
        for (std::size_t i = 0; i < ids.rank(); ++i)
            nest.push_back({ids.shape()[i].extent, {0, ids.where().stride[i]}});
        if (const std::int64_t bad = kernels::first_outside(ids.type(), ids.data(), nest, extent);
            bad >= 0) {
            const std::int64_t id = id_at(ids, static_cast<std::size_t>(bad));
            throw error(
                {.kind = category::usage,
                 .operation = "take",
                 .message = "id number " + std::to_string(bad) + " is " + std::to_string(id)
                          + ", outside " + label_or_position(table.shape(), which) + " of extent "
                          + std::to_string(extent),
                 .axis = std::string(table.shape()[which].label.text()),
                 .expected_extent = extent,
                 .got_extent = id,
                 .input = "(" + table.shape().str() + "), ids (" + ids.shape().str() + ")",
                 .expected = "ids from 0 to " + std::to_string(extent - 1)}
            );
        }
    }
    perform(
        movement_cost{"take"},
        dry,
        [&] {
            // Only the entries that are named are read.
            return std::move(
                call(table.type())
                    .reads(axes, table.type())
                    .reads(ids)
                    .writes(axes, table.type())
                    .detail("(" + table.shape().axes_text() + ")[" + ids.shape().axes_text() + "]")
            );
        },
        [&] {
            const strides& dense = result.where().stride;
            kernels::loops<2> outer;
            kernels::loops<2> inner;
            for (std::size_t i = 0; i < table.rank(); ++i)
                if (i != which)
                    inner.push_back(
                        {table.shape()[i].extent,
                         {dense[i < which ? i : i - 1 + ids.rank()], table.where().stride[i]}}
                    );
            for (std::size_t i = 0; i < ids.rank(); ++i)
                outer.push_back({ids.shape()[i].extent, {dense[which + i], ids.where().stride[i]}});
            kernels::take(
                table.type(),
                result.writable(),
                table.data(),
                ids.type(),
                ids.data(),
                outer,
                inner,
                table.where().stride[which]
            );
        }
    );
    return result;
}

any_tensor take(
    const any_tensor& x, const std::vector<std::int64_t>& positions, axis_argument along
) {
    const std::size_t which = position_of("take", x.shape(), along);
    require_divisible_name("take", x.shape(), which);
    const std::int64_t extent = x.shape()[which].extent;
    std::vector<std::int64_t> from_start;
    for (const std::int64_t position : positions) {
        from_start.push_back(position < 0 ? position + extent : position);
        if (from_start.back() < 0 || from_start.back() >= extent)
            outside("take", x.shape(), which, position, {}, extent - 1);
    }
    const auto count = static_cast<std::int64_t>(from_start.size());
    // As an argument they are on no bill, but what `take` reads of them is.
    any_tensor ids(
        dtype::int64,
        layout::row_major(shape{{x.shape()[which].label, count, nullptr}}),
        buffer::allocate(from_start.size() * sizeof(std::int64_t))
    );
    std::copy(
        from_start.begin(), from_start.end(), reinterpret_cast<std::int64_t*>(ids.writable())
    );
    return take(x, ids, along);
}

}  // namespace abax
