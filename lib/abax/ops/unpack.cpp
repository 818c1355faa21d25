#include <abax/core/checked.hpp>
#include <abax/ops/movement.hpp>
#include <abax/ops/pack.hpp>
#include <abax/plan/match.hpp>
#include <abax/plan/pattern_of.hpp>

#include <algorithm>
#include <optional>
#include <string>

namespace abax {

using namespace detail;  // what the movements share

namespace {

using extents = std::vector<std::int64_t>;

constexpr std::int64_t open = -1;  // the extent that the others decide

bool is_open(const extents& shape) {
    return std::find(shape.begin(), shape.end(), open) != shape.end();
}

std::string text_of(const extents& shape) {
    std::string text = "{";
    for (const std::int64_t extent : shape)
        text += (text.size() > 1 ? ", " : "") + std::to_string(extent);
    return text + "}";
}

/// The axis at '*', the shapes it is to be split into, and the words for what is wrong with them.
class division {
public:
    division(const call_site& where, text_range star, const axis& whole)
        : where_(where), star_(star), whole_(whole) {}

    /// The shapes with -1 replaced by what it stands for, and each one's share of the axis.
    struct parts {
        packed_shapes shapes;
        extents shares;
    };
    [[nodiscard]] parts of(const packed_shapes& shapes) const {
        require_legal(shapes);
        parts found{shapes, {}};
        std::int64_t known = 0;
        std::optional<std::size_t> unknown;
        for (std::size_t i = 0; i < shapes.size(); ++i) {
            found.shares.push_back(is_open(shapes[i]) ? 0 : volume_of(shapes[i]));
            if (is_open(shapes[i]))
                unknown = i;
            if (__builtin_add_overflow(known, found.shares[i], &known))
                throw mismatch("the shapes ask for more elements than fit 64 bits");
        }
        if (!unknown && known != whole_.extent)
            throw mismatch(adding_up_to(known), known);
        if (unknown) {
            if (known > whole_.extent)
                throw mismatch(adding_up_to(known) + " even without the one that is open", known);
            found.shares[*unknown] = whole_.extent - known;
            close(found.shapes[*unknown], whole_.extent - known);
        }
        return found;
    }

private:
    [[nodiscard]] error mismatch(
        std::string message, std::optional<std::int64_t> got = std::nullopt, std::string help = {}
    ) const {
        return where_.at(
            star_,
            {.kind = category::size_mismatch,
             .message = std::move(message),
             .axis = std::string(whole_.label.text()),
             .expected_extent = whole_.extent,
             .got_extent = got,
             .expected = "shapes that add up to " + std::to_string(whole_.extent),
             .got = got ? std::to_string(*got) : std::string{},
             .help = std::move(help)}
        );
    }

    [[nodiscard]] std::string adding_up_to(std::int64_t known) const {
        return "the shapes add up to " + std::to_string(known) + ", but the axis at '*' is "
             + std::to_string(whole_.extent);
    }

    void require_legal(const packed_shapes& shapes) const {
        const auto first = std::find_if(shapes.begin(), shapes.end(), is_open);
        if (first != shapes.end()) {
            const auto second = std::find_if(first + 1, shapes.end(), is_open);
            if (second != shapes.end())
                throw where_.at(
                    star_,
                    {.kind = category::ambiguous_size,
                     .message =
                         "two shapes are open: " + text_of(*first) + " and " + text_of(*second),
                     .expected = "-1 in at most one shape",
                     .help = "give all extents of one of them"}
                );
        }
        for (const extents& shape : shapes) {
            for (const std::int64_t extent : shape)
                if (extent < 0 && extent != open)
                    throw mismatch(
                        "an extent cannot be negative: " + text_of(shape),
                        extent,
                        "-1 stands for what the other shapes leave"
                    );
            if (std::count(shape.begin(), shape.end(), open) > 1)
                throw mismatch("two extents are open in the shape " + text_of(shape));
        }
    }

    // A shape of more elements than any axis has cannot fit.
    [[nodiscard]] std::int64_t volume_of(const extents& shape) const {
        if (std::find(shape.begin(), shape.end(), 0) != shape.end())
            return 0;
        std::int64_t volume = 1;
        for (const std::int64_t extent : shape)
            if (extent != open && __builtin_mul_overflow(volume, extent, &volume))
                throw mismatch("the shape " + text_of(shape) + " does not fit 64 bits");
        return volume;
    }

    void close(extents& shape, std::int64_t share) const {
        const std::int64_t others = volume_of(shape);
        if (others == 0)
            throw mismatch(
                "-1 in the shape " + text_of(shape) + " could be anything",
                std::nullopt,
                "beside an extent of 0 the others have to be given"
            );
        if (share % others != 0)
            throw mismatch(
                "the other shapes leave " + std::to_string(share) + ", which the shape "
                + text_of(shape) + " does not divide"
            );
        std::replace(shape.begin(), shape.end(), open, share / others);
    }

    const call_site& where_;
    text_range star_;
    const axis& whole_;
};

// The layout of one part: `shape` in place of the axis at `star`, beginning at position `from` of it.
layout part_layout(
    const call_site& site,
    const layout& whole,
    std::size_t star,
    const extents& shape,
    std::int64_t from,
    bool has_elements
) {
    if (whole.rank() - 1 + shape.size() > max_rank)
        throw site.anywhere(
            {.kind = category::rank_mismatch,
             .message = "a tensor of rank " + std::to_string(whole.rank() - 1 + shape.size()),
             .expected = "at most 32 axes"}
        );
    strides inner(shape.size(), 0);
    // Without elements the strides do not matter, and could overflow.
    if (has_elements) {
        std::int64_t step = whole.stride[star];
        for (std::size_t i = shape.size(); i > 0; --i) {
            inner[i - 1] = step;
            step *= shape[i - 1];
        }
    }
    layout part{{}, {}, whole.offset + (has_elements ? from * whole.stride[star] : 0)};
    for (std::size_t i = 0; i < whole.rank(); ++i) {
        if (i != star) {
            part.axes.push_back(whole.axes[i]);
            part.stride.push_back(whole.stride[i]);
            continue;
        }
        const name label = shape.size() == 1 ? whole.axes[star].label : name{};
        for (std::size_t k = 0; k < shape.size(); ++k) {
            part.axes.push_back({label, shape[k], nullptr});
            part.stride.push_back(inner[k]);
        }
    }
    return part;
}

}  // namespace

std::vector<any_tensor> unpack(
    const any_tensor& x, const packed_shapes& shapes, const pattern_argument& given
) {
    const pattern text = detail::pattern_of(given, verb::unpack);
    const side& list = text.input();
    const call_site where{"unpack", &text, x.shape().str()};
    if (x.rank() != list.items.size())
        throw where.at(
            list.at,
            {.kind = category::rank_mismatch,
             .message = "the pattern has " + std::to_string(list.items.size())
                      + " axes, '*' among them, and the tensor has " + std::to_string(x.rank()),
             .expected_extent = static_cast<std::int64_t>(list.items.size()),
             .got_extent = static_cast<std::int64_t>(x.rank()),
             .expected = "rank " + std::to_string(list.items.size()),
             .got = "rank " + std::to_string(x.rank())}
        );
    check_names(where, list, x.shape());

    const std::size_t star = ellipsis_position(list);
    const division::parts found = division(where, list.items[star].at, x.shape()[star]).of(shapes);
    if (std::any_of(shapes.begin(), shapes.end(), [](const extents& s) { return s.size() == 1; }))
        require_divisible_name("unpack", x.shape(), star);

    std::vector<any_tensor> parts;
    std::int64_t from = 0;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const bool has_elements = found.shares[i] > 0 && x.volume() > 0;
        parts.push_back(
            x.viewed(part_layout(where, x.where(), star, found.shapes[i], from, has_elements))
        );
        from += found.shares[i];
    }
    // One verb, one record, however many parts.
    perform(
        view_cost{"unpack"},
        true,
        [&] { return std::move(call(x.type()).knows(x.shape()).detail(x.shape().axes_text())); },
        [] {}
    );
    return parts;
}

}  // namespace abax
