#pragma once

#include <abax/core/fixed_text.hpp>
#include <abax/ops/typed_select.hpp>
#include <abax/shape/tensor.hpp>

#include <string_view>
#include <utility>

namespace abax::models {

namespace detail {

/// The elementary axes of a file's: "(h d) m" becomes h d m.
[[nodiscard]] constexpr static_axes elementary_axes(std::string_view in_file) {
    static_axes made;
    for (std::size_t at = 0; at < in_file.size();) {
        const std::size_t begin = in_file.find_first_not_of(" ()", at);
        if (begin == std::string_view::npos)
            break;
        const std::size_t end = in_file.find_first_of(" ()", begin);
        at = end < in_file.size() ? end : in_file.size();
        made.add(in_file.substr(begin, at - begin));
    }
    return made;
}

}  // namespace detail

/// One line of a model's table: what a weight is called in the file, and its axes there, of which merged ones are split. So
/// weight<"attn.c_proj.weight", "(h d) m"> is a tensor<float, "h d m"> that knows where it is read from.
///
/// Which axis is (in) and which (out) is said here and nowhere else: products go by name.
template <fixed_text File, fixed_text InFile>
struct weight : tensor<float, detail::elementary_axes(InFile.view())> {
    using held = tensor<float, detail::elementary_axes(InFile.view())>;  ///< what it is
    static constexpr std::string_view file_name = File.view();    ///< behind the block's prefix
    static constexpr std::string_view file_axes = InFile.view();  ///< names of one letter

    using held::operator=;
};

/// A part of a weight that holds several side by side: what `at` gives.
template <class Weight, static_axes Axis>
using part_of = decltype(at<Axis>(std::declval<const Weight&>(), 0));

}  // namespace abax::models
