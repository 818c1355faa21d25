#include <abax/shape/tensor.hpp>

namespace abax {

namespace {

template <class T>
void append(std::vector<T>& out, const T* data, const layout& where, std::size_t from) {
    if (from == where.rank()) {
        out.push_back(*data);
        return;
    }
    for (std::int64_t i = 0; i < where.axes[from].extent; ++i)
        append(out, data + i * where.stride[from], where, from + 1);
}

}  // namespace

void require_dtype(const any_tensor& x, dtype wanted) {
    if (x.type() != wanted)
        throw error(
            {.kind = category::dtype_mismatch,
             .message = "the tensor holds " + std::string(to_string(x.type())) + ", not "
                      + std::string(to_string(wanted)),
             .input = x.shape().str(),
             .expected = std::string(to_string(wanted)),
             .got = std::string(to_string(x.type())),
             .help = "convert it with cast"}
        );
}

std::int64_t offset_of(const layout& where, std::span<const std::int64_t> coordinate) {
    if (coordinate.size() != where.rank())
        throw error(
            {.kind = category::rank_mismatch,
             .message = std::to_string(coordinate.size()) + " indices for a tensor of rank "
                      + std::to_string(where.rank()),
             .input = where.axes.str()}
        );
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < coordinate.size(); ++i) {
        const std::int64_t extent = where.axes[i].extent;
        if (coordinate[i] < 0 || coordinate[i] >= extent)
            throw error(
                {.kind = category::usage,
                 .message = "index " + std::to_string(coordinate[i]) + " lies outside axis "
                          + std::to_string(i) + " of extent " + std::to_string(extent),
                 .axis = std::string(where.axes[i].label.text()),
                 .input = where.axes.str()}
            );
        offset += coordinate[i] * where.stride[i];
    }
    return offset;
}

template <element T>
T tensor<T>::item() const {
    if (volume() != 1)
        throw error(
            {.kind = category::size_mismatch,
             .operation = "item",
             .message = "a tensor of " + std::to_string(volume()) + " elements has no single one",
             .input = shape().str()}
        );
    return *data();
}

template <element T>
std::vector<T> tensor<T>::to_vector() const {
    std::vector<T> elements;
    elements.reserve(static_cast<std::size_t>(volume()));
    append(elements, data(), where(), 0);
    return elements;
}

template class tensor<float>;
template class tensor<double>;
template class tensor<std::int32_t>;
template class tensor<std::int64_t>;
template class tensor<bool>;

}  // namespace abax
