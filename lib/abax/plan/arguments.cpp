#include <abax/plan/arguments.hpp>

#include <algorithm>

namespace abax {

axes_argument::axes_argument(std::string_view labels) {
    while (!labels.empty()) {
        // "(h d)" is the name of one axis: what a merge without a label gives.
        const std::size_t group = labels.starts_with('(') ? labels.find(')') : 0;
        const std::size_t end = std::min(labels.find(' ', group), labels.size());
        if (end > 0)
            axes_.emplace_back(labels.substr(0, end));
        labels.remove_prefix(std::min(end + 1, labels.size()));
    }
}

}  // namespace abax
