#include <abax/shape/tensor.hpp>

#include <exception>

namespace abax {

namespace {

// An axis as a message calls it: 's', or "axis 1" where it has no name.
std::string called(const shape& axes, std::size_t i) {
    return axes[i].label ? '\'' + std::string(axes[i].label.text()) + '\''
                         : "axis " + std::to_string(i);
}

[[noreturn]] void outside(const shape& axes, std::size_t i, std::int64_t index) {
    const std::int64_t extent = axes[i].extent;
    const std::string which =
        axes[i].label ? '"' + std::string(axes[i].label.text()) + '"' : std::to_string(i);
    throw error(
        {.kind = category::usage,
         .operation = "element",
         .message = "index " + std::to_string(index) + " lies outside " + called(axes, i)
                  + " of extent " + std::to_string(extent),
         .axis = std::string(axes[i].label.text()),
         .expected_extent = extent,
         .got_extent = index,
         .input = axes.str(),
         .expected = extent > 0 ? "0 to " + std::to_string(extent - 1) : "no index: it is empty",
         .got = std::to_string(index),
         .help = index < 0 ? "an index counts from the start; from the end counts at(x, " + which
                                 + ", " + std::to_string(index) + ")"
                           : ""}
    );
}

std::int64_t checked_index(const shape& axes, std::size_t i, std::int64_t index) {
    if (index < 0 || index >= axes[i].extent)
        outside(axes, i, index);
    return index;
}

const axis_size* find(std::span<const axis_size> coordinate, std::string_view label) {
    for (const axis_size& given : coordinate)
        if (given.axis == label && !label.empty())
            return &given;
    return nullptr;
}

// Why these names are no coordinate: the first name that is wrong, else the first axis that is missing.
[[noreturn]] void not_a_coordinate(const shape& axes, std::span<const axis_size> coordinate) {
    for (const axis_size& given : coordinate) {
        if (!axes.find(given.axis))
            throw no_such_axis("element", axes, given.axis);
        if (find(coordinate, given.axis) != &given)
            throw error(
                {.kind = category::duplicate_axis,
                 .operation = "element",
                 .message = "the axis '" + std::string(given.axis) + "' is given twice",
                 .axis = std::string(given.axis),
                 .input = axes.str(),
                 .help = "give each of its axes once: " + axes.axes_text()}
            );
    }
    std::size_t missing = 0;
    while (missing + 1 < axes.rank() && find(coordinate, axes[missing].label.text()) != nullptr)
        ++missing;
    const std::string name(axes[missing].label.text());
    throw error(
        {.kind = category::rank_mismatch,
         .operation = "element",
         .message = name.empty() ? called(axes, missing) + " has no name to be given by"
                                 : "the axis '" + name + "' is not given",
         .axis = name,
         .expected_extent = static_cast<std::int64_t>(axes.rank()),
         .got_extent = static_cast<std::int64_t>(coordinate.size()),
         .input = axes.str(),
         .help = name.empty() ? "name it, drop it with a pattern, or give all axes by position"
                              : "one element needs them all; for a part of the tensor use at(x, \""
                                    + name + "\", 0)"}
    );
}

}  // namespace

std::int64_t offset_of(const layout& where, std::span<const std::int64_t> coordinate) {
    if (coordinate.size() != where.rank())
        throw error(
            {.kind = category::rank_mismatch,
             .operation = "element",
             .message = std::to_string(coordinate.size()) + " indices for a tensor of rank "
                      + std::to_string(where.rank()),
             .expected_extent = static_cast<std::int64_t>(where.rank()),
             .got_extent = static_cast<std::int64_t>(coordinate.size()),
             .input = where.axes.str(),
             .expected = where.rank() == 0 ? "no index: the tensor has one element and no axis"
                                           : "one index for each axis"}
        );
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < coordinate.size(); ++i)
        offset += checked_index(where.axes, i, coordinate[i]) * where.stride[i];
    return offset;
}

std::int64_t offset_of(const layout& where, std::span<const axis_size> coordinate) {
    // As many as there are axes, and each axis among them: then none is unknown, and none is twice.
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < where.rank(); ++i) {
        const axis_size* const given = find(coordinate, where.axes[i].label.text());
        if (given == nullptr || coordinate.size() != where.rank())
            not_a_coordinate(where.axes, coordinate);
        offset += checked_index(where.axes, i, given->extent) * where.stride[i];
    }
    if (where.rank() == 0)
        not_a_coordinate(where.axes, coordinate);
    return offset;
}

namespace detail {

any_tensor placeholder(dtype type, std::string_view axes) {
    const axis_table table(axes);
    shape made;
    for (std::size_t i = 0; i < table.rank(); ++i) {
        axis a{name(table[i].label), 0, nullptr};
        if (table[i].remembers()) {
            auto parts = std::make_shared<factors>();
            const axis_table each(table[i].factors);
            for (std::size_t k = 0; k < each.rank(); ++k)
                parts->push_back({name(each[k].label), 0});
            a.memory = std::move(parts);
        }
        made.push_back(std::move(a));
    }
    return any_tensor::dry(type, std::move(made));
}

any_tensor forgotten(const any_tensor& x, std::string_view axes) {
    const axis_table table(axes);
    bool differs = false;
    for (std::size_t i = 0; i < table.rank(); ++i)
        differs = differs || (x.shape()[i].memory != nullptr && !table[i].remembers());
    if (!differs)
        return x;
    layout where = x.where();
    for (std::size_t i = 0; i < table.rank(); ++i)
        if (!table[i].remembers())
            where.axes[i].memory = nullptr;
    return x.viewed(std::move(where));
}

}  // namespace detail

template <element T>
T tensor<T, names_in_value>::item() const {
    require_one_element(any_);
    return *data();
}

template <element T>
std::vector<T> tensor<T, names_in_value>::to_vector() const {
    const flat_range<T> elements = flat();
    try {
        if (is_contiguous())
            return std::vector<T>(data(), data() + volume());
        return std::vector<T>(elements.begin(), elements.end());
    } catch (const std::
                 exception&) {  // bad_alloc or length_error: a small buffer can repeat into a huge tensor
        throw error(
            {.kind = category::allocation,
             .operation = "to_vector",
             .message = "no memory for " + std::to_string(volume()) + " elements",
             .input = shape().str()}
        );
    }
}

template class tensor<float>;
template class tensor<double>;
template class tensor<std::int32_t>;
template class tensor<std::int64_t>;
template class tensor<bool>;

}  // namespace abax
