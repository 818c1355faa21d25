#include <abax/io/write_elements.hpp>

#include <bit>
#include <cstring>
#include <vector>

namespace abax::io {

namespace {

static_assert(
    std::endian::native == std::endian::little,
    "abax: files are written as the elements lie in memory"
);

using visitor = callback<void(std::span<const std::byte>)>;

/// Collects elements and hands them over in large pieces.
class gatherer {
public:
    gatherer(const visitor& out, std::size_t element_bytes)
        : out_(out), element_bytes_(element_bytes) {
        piece_.reserve(piece_bytes);
    }

    void add(const std::byte* element) {
        if (piece_.size() + element_bytes_ > piece_bytes)
            flush();
        piece_.insert(piece_.end(), element, element + element_bytes_);
    }

    void flush() {
        out_(piece_);
        piece_.clear();
    }

private:
    static constexpr std::size_t piece_bytes = std::size_t{1} << 18U;
    const visitor& out_;
    std::size_t element_bytes_;
    std::vector<std::byte> piece_;
};

// Recursion over the axes from `axis` on: the rank is at most 32.
void gather(gatherer& to, const any_tensor& x, std::size_t axis, const std::byte* at) {
    if (axis == x.rank())
        return to.add(at);
    const auto element_bytes = static_cast<std::int64_t>(size_of(x.type()));
    const std::int64_t stride_bytes = x.where().stride[axis] * element_bytes;
    for (std::int64_t i = 0; i < x.shape()[axis].extent; ++i)
        gather(to, x, axis + 1, at + i * stride_bytes);
}

}  // namespace

void visit_elements(const any_tensor& x, const visitor& piece) {
    const std::byte* first = x.data();
    const std::int64_t volume = x.volume();
    if (volume == 0)  // also when the 0 stands behind an axis of 2^60: nothing to walk over
        return;
    if (x.is_contiguous())
        return piece({first, static_cast<std::size_t>(volume) * size_of(x.type())});
    gatherer pieces(piece, size_of(x.type()));
    gather(pieces, x, 0, first);
    pieces.flush();
}

void write_elements(atomic_file& out, const any_tensor& x) {
    visit_elements(x, [&](std::span<const std::byte> piece) { out.write(piece); });
}

}  // namespace abax::io
