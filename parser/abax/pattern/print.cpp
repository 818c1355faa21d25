#include <abax/pattern/pattern.hpp>

#include <cstddef>
#include <utility>

// How a pattern is written: as canonical text, and as a drawing.
namespace abax {

namespace {

template <class Parts>
std::string joined(const Parts& parts, std::string_view separator) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        text += i == 0 ? std::string_view{} : separator;
        text += parts[i].str();
    }
    return text;
}

std::string describe(const atom& a) {
    switch (a.kind) {
    case atom_kind::ellipsis: return "ellipsis " + a.str();
    case atom_kind::number: return "number " + a.str();
    case atom_kind::skip: return "skipped " + a.str();
    case atom_kind::star: return "packed " + a.str();
    case atom_kind::name: break;
    }
    return "name " + a.str();
}

std::string describe(const item& i) {
    if (!i.group)
        return i.is_unit() ? "unit" : describe(i.atoms.front());
    if (i.is_unit())
        return "unit ()";
    return i.label ? "group " + std::string(i.label.text()) : "group";
}

/// Draws the branches of a tree, one line a node.
class drawing {
public:
    explicit drawing(std::string title) : text_(std::move(title) + "\n") {}

    void add(const std::string& title, const side& s, bool last) {
        branch("", last, s.items.empty() ? title + ": no axes" : title);
        const std::string indent = last ? "   " : "|  ";
        for (std::size_t i = 0; i < s.items.size(); ++i)
            add(indent, s.items[i], i + 1 == s.items.size());
    }
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    void add(const std::string& indent, const item& i, bool last) {
        branch(indent, last, describe(i));
        if (!i.group)
            return;
        for (std::size_t k = 0; k < i.atoms.size(); ++k)
            branch(indent + (last ? "   " : "|  "), k + 1 == i.atoms.size(), describe(i.atoms[k]));
    }
    void branch(const std::string& indent, bool last, const std::string& what) {
        text_ += indent + (last ? "`- " : "|- ") + what + "\n";
    }

    std::string text_;
};

}  // namespace

std::string atom::str() const {
    switch (kind) {
    case atom_kind::ellipsis: return "...";
    case atom_kind::number: return std::to_string(number);
    case atom_kind::skip: return "_";
    case atom_kind::star: return "*";
    case atom_kind::name: break;
    }
    std::string text(label.text());
    if (extent)
        text += "=" + std::to_string(*extent);
    return text;
}

std::string item::str() const {
    if (!group)
        return is_unit() ? "1" : atoms.front().str();
    const std::string start = label ? std::string(label.text()) + ": " : "";
    return "(" + start + joined(atoms, " ") + ")";
}

std::string side::str() const {
    return joined(items, " ");
}

std::string pattern::str() const {
    std::string text = joined(inputs_, ", ");
    if (!has_arrow(operation_))
        return text;
    const std::string right = output_.str();
    text += text.empty() || text.back() == ' ' ? "->" : " ->";
    return right.empty() ? text : text + " " + right;
}

std::string pattern::tree() const {
    drawing drawn(std::string(to_string(operation_)) + "  " + str());
    const bool has_output = has_arrow(operation_);
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
        const std::string title = !has_output                ? "axes"
                                : operation_ == verb::einsum ? "operand " + std::to_string(i + 1)
                                                             : "input";
        drawn.add(title, inputs_[i], !has_output && i + 1 == inputs_.size());
    }
    if (has_output)
        drawn.add("output", output_, true);
    return drawn.text();
}

}  // namespace abax
