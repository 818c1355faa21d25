#include <abax/core/error.hpp>
#include <abax/io/file_fault.hpp>
#include <abax/io/safetensors_axes.hpp>
#include <abax/ops/create.hpp>

#include <algorithm>
#include <utility>

namespace abax::io {

namespace {

std::string factors_text(const factors& memory) {
    std::string text;
    for (const factor& f : memory)
        text += (text.empty() ? "" : " ") + std::string(f.label.text()) + '='
              + std::to_string(f.extent);
    return text;
}

// "b", "(m: h=12 d=64)", "(h=12 d=64)", or "3" for an axis without a name.
std::string item_text(const axis& a) {
    if (!a.label)
        return std::to_string(a.extent);
    const std::string label(a.label.text());
    if (a.memory == nullptr)
        return label;
    const std::string called = label.starts_with('(') ? "" : label + ": ";
    return '(' + called + factors_text(*a.memory) + ')';
}

[[noreturn]] void rejected(std::string message, std::string_view text) {
    throw error(
        {.kind = category::usage,
         .operation = "axes",
         .message = std::move(message),
         .got = shown(text)}
    );
}

/// The items between the spaces that stand outside of parentheses.
std::vector<std::string_view> items_of(std::string_view text) {
    std::vector<std::string_view> items;
    while (!text.empty()) {
        const std::size_t group = text.starts_with('(') ? text.find(')') : 0;
        const std::size_t end = std::min(text.find(' ', group), text.size());
        if (end == 0 || items.size() == max_rank)
            rejected("the list of axes is malformed", text);
        items.push_back(text.substr(0, end));
        text.remove_prefix(end);
        if (text.size() == 1)
            rejected("the list of axes ends with a space", text);
        text.remove_prefix(std::min<std::size_t>(1, text.size()));
    }
    return items;
}

axis only_axis(const std::string& text, std::int64_t extent) {
    const shape one = axes(text, {extent});
    if (one.rank() != 1)
        rejected("an item of the list is not one axis", text);
    return one[0];
}

axis parse_item(std::string_view item, std::int64_t extent) {
    if (std::all_of(item.begin(), item.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        if (item != std::to_string(extent))
            rejected("an axis has another extent", item);
        return {{}, extent, nullptr};
    }
    const std::size_t colon = item.find(':');
    if (!item.starts_with('(') || colon == std::string_view::npos)
        return only_axis(std::string(item), extent);
    // In a pattern '(h: h d)' would be one name twice. So the factors are read under a label that none of them has:
    // more primes than there are characters.
    const std::string label(item.substr(1, colon - 1));
    const axis named = only_axis(label, extent);
    if (named.memory != nullptr)
        rejected("a merged axis is not called by one name", item);
    const std::string primes(item.size(), '\'');
    axis merged = only_axis("(m" + primes + std::string(item.substr(colon)), extent);
    merged.label = named.label;
    return merged;
}

void require_distinct(const shape& axes, std::string_view text) {
    for (std::size_t i = 0; i < axes.rank(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (axes[i].label && axes[i].label == axes[k].label)
                rejected("an axis stands twice in the list", text);
}

}  // namespace

shape parse_axes(std::string_view text, const std::vector<std::int64_t>& extents) {
    constexpr std::size_t most_bytes = 65536;  // names are kept for as long as the program runs
    if (text.size() > most_bytes)
        rejected("the list of axes is longer than 65536 bytes", text);
    const std::vector<std::string_view> items = items_of(text);
    if (items.size() != extents.size())
        throw error(
            {.kind = category::rank_mismatch,
             .operation = "axes",
             .message = std::to_string(items.size()) + " axes for a tensor of rank "
                      + std::to_string(extents.size()),
             .got = shown(text)}
        );
    shape result;
    for (std::size_t i = 0; i < items.size(); ++i)
        result.push_back(parse_item(items[i], extents[i]));
    require_distinct(result, text);
    return result;
}

std::optional<std::string> format_axes(const shape& axes) {
    std::string text;
    for (const axis& a : axes)
        text += (text.empty() ? "" : " ") + item_text(a);
    try {
        if (parse_axes(text, axes.extents()) == axes)
            return text;
    } catch (const error& thrown) {
        if (thrown.kind() == category::allocation)
            throw;
    }
    return std::nullopt;
}

}  // namespace abax::io
