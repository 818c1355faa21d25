#include <abax/ops/parse_shape.hpp>
#include <abax/plan/match.hpp>
#include <abax/plan/pattern_of.hpp>

#include <optional>
#include <string>

namespace abax {

namespace {

/// The extent that an item demands, if it demands one.
std::optional<std::int64_t> demanded(const item& i) {
    if (i.is_unit())
        return 1;
    const atom& a = i.atoms.front();
    return a.kind == atom_kind::number ? a.number : a.extent;
}

void check_extent(const call_site& where, const item& i, const axis& a) {
    const auto wanted = demanded(i);
    if (!wanted || *wanted == a.extent)
        return;
    const std::string says(text_at(*where.text, i.at));
    throw where.at(
        i.at,
        {.kind = category::size_mismatch,
         .message =
             "the pattern says '" + says + "' of an axis of extent " + std::to_string(a.extent),
         .axis = std::string(a.label.text()),
         .expected_extent = wanted,
         .got_extent = a.extent,
         .expected = std::to_string(*wanted),
         .got = std::to_string(a.extent),
         .help = "'_' skips an axis of any extent"}
    );
}

}  // namespace

std::vector<axis_size> parse_shape(const any_tensor& x, const pattern_argument& given) {
    const pattern text = detail::pattern_of(given, verb::parse_shape);
    const call_site where{"parse_shape", &text, x.shape().str()};
    check_names(where, text.input(), x.shape());
    std::vector<axis_size> sizes;
    for_each_matched(text.input(), x.rank(), [&](const item& i, std::size_t at, std::size_t) {
        if (i.is_ellipsis())
            return;
        check_extent(where, i, x.shape()[at]);
        if (i.is_simple_name())
            sizes.emplace_back(i.atoms.front().label.text(), x.shape()[at].extent);
    });
    return sizes;
}

}  // namespace abax
