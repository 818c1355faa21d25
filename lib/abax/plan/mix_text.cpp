#include <abax/pattern/diagnose.hpp>
#include <abax/plan/mix_text.hpp>

#include <string>
#include <utility>

namespace abax {

namespace {

diagnosis described(const mix_fault& what) {
    const text_range at = what.broken.at;
    diagnosis d{
        .kind = what.kind,
        .pattern = std::string(what.text),
        .offset = at.offset,
        .length = at.length};
    const std::string name(what.text.substr(at.offset, at.length));
    const std::string quoted = '\'' + name + '\'';
    d.axis = name;
    switch (what.what) {
    case sentence::a_list_of_names:
        d.message = "the axes of a weight or a bias are names, and " + quoted + " is none";
        d.axis = {};
        d.expected = "names, separated by spaces";
        d.got = quoted;
        d.help = "a weight of rank 0 is written \"\"";
        break;
    case sentence::the_right_side_has_a_name_that_neither_the_left_side_nor_the_weight_has:
        d.message =
            "the axis " + quoted + " of the right side is neither on the left nor in the weight";
        d.help = "add it to the weight, and pass its extent";
        break;
    case sentence::the_weight_has_a_name_that_neither_side_has:
        d.message = "the axis " + quoted + " of the weight is on neither side of the pattern";
        break;
    case sentence::the_bias_has_a_name_that_the_right_side_lacks:
        d.message = "the axis " + quoted + " of the bias is not on the right side";
        break;
    default:
        d.message = "the axis " + quoted + " of the bias stands before '...' on the right side";
        d.help = "write '...' first";
        break;
    }
    return d;
}

}  // namespace

error refused_mix(const mix_fault& what) {
    diagnosis d = what.what == sentence::none
                    ? diagnose(what.text, what.is_list ? verb::axes : verb::rearrange, what.broken)
                    : described(what);
    d.operation = "ein_mix";
    return error(std::move(d));
}

}  // namespace abax
