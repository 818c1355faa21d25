#include <abax/report/scope_tree.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace abax {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// "h.12.w1" is the text {"h.", ".w", ""} around the numbers {"12", "1"}.
struct numbered {
    std::vector<std::string> texts;
    std::vector<std::string> numbers;
};

numbered split_numbers(std::string_view part) {
    numbered result{{""}, {}};
    bool in_number = false;
    for (const char c : part) {
        if (is_digit(c) && !in_number)
            result.numbers.emplace_back();
        if (!is_digit(c) && in_number)
            result.texts.emplace_back();
        in_number = is_digit(c);
        (in_number ? result.numbers : result.texts).back() += c;
    }
    if (in_number)
        result.texts.emplace_back();
    return result;
}

struct node {
    numbered label;  // a number that differs among what is folded here is "*"
    bill_row sum = {};
    std::optional<bill_row> itself = {};
    std::vector<std::unique_ptr<node>> children = {};
};

std::string text_of(const numbered& label) {
    std::string text = label.texts.front();
    for (std::size_t i = 0; i < label.numbers.size(); ++i)
        text += label.numbers[i] + label.texts[i + 1];
    return text;
}

bool is_same_part(const numbered& known, const numbered& part, bool fold_layers) {
    return known.texts == part.texts && (fold_layers || known.numbers == part.numbers);
}

node& child_of(node& parent, std::string_view part, bool fold_layers) {
    const numbered label = split_numbers(part);
    for (const auto& child : parent.children)
        if (is_same_part(child->label, label, fold_layers)) {
            for (std::size_t i = 0; i < label.numbers.size(); ++i)
                if (child->label.numbers[i] != label.numbers[i])
                    child->label.numbers[i] = "*";
            return *child;
        }
    parent.children.push_back(std::make_unique<node>(node{.label = label}));
    return *parent.children.back();
}

void add(bill_row& to, const bill_row& row) {
    to.calls += row.calls;
    to.total += row.total;
    to.seconds += row.seconds;
}

void insert(node& root, const bill_row& row, bool fold_layers) {
    node* at = &root;
    std::string_view path = row.label;
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        at = &child_of(*at, path.substr(0, slash), fold_layers);
        add(at->sum, row);
        path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
    }
    if (!at->itself)
        at->itself.emplace();
    add(*at->itself, row);
}

void list(const node& from, std::size_t depth, std::vector<tree_row>& rows) {
    std::string label = text_of(from.label);
    const node* at = &from;
    while (!at->itself && at->children.size() == 1) {
        at = at->children.front().get();
        label += '/' + text_of(at->label);
    }
    const auto push = [&rows](std::size_t level, const bill_row& row, std::string text) {
        rows.push_back({level, row});
        rows.back().row.label = std::move(text);
    };
    push(depth, at->sum, std::move(label));
    if (at->itself && !at->children.empty())
        push(depth + 1, *at->itself, "(itself)");
    for (const auto& child : at->children)
        list(*child, depth + 1, rows);
}

}  // namespace

std::vector<tree_row> scope_tree(const std::vector<bill_row>& scopes, bool fold_layers) {
    node root;
    for (const bill_row& row : scopes)
        insert(root, row, fold_layers);
    std::vector<tree_row> rows;
    if (root.itself) {
        rows.push_back({0, *root.itself});
        rows.back().row.label = "(no scope)";
    }
    for (const auto& child : root.children)
        list(*child, 0, rows);
    return rows;
}

}  // namespace abax
