#include <abax/ops/expect.hpp>
#include <abax/plan/contraction.hpp>
#include <abax/plan/match.hpp>
#include <abax/plan/pattern_of.hpp>
#include <abax/plan/resolve.hpp>

#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace abax::detail {

namespace {

/// An operand beside its list of axes.
struct expected_operand {
    pattern list;
    std::uint32_t at;  ///< where the list begins in the text
    const any_tensor* x;
};

std::string shapes_of(std::span<const any_tensor* const> operands) {
    std::string text;
    for (const any_tensor* x : operands)
        text += (text.empty() ? "(" : ", (") + x->shape().str() + ")";
    return text;
}

/// One call: its operands, and the words for what is wrong with them.
class door {
public:
    door(std::string_view text, std::span<const any_tensor* const> operands)
        : text_(text), input_(shapes_of(operands)) {
        const expected_terms terms(text);
        if (terms.count() != operands.size())
            throw fault(
                {.kind = category::other,
                 .message = "the text has " + std::to_string(terms.count())
                          + " terms for a call with " + std::to_string(operands.size())
                          + " operands",
                 .expected = "one list of axes for each operand, separated by ','"}
            );
        if (terms.count() > expected_terms::most)
            throw fault(
                {.kind = category::other,
                 .message = "a call with " + std::to_string(terms.count()) + " operands",
                 .expected = "at most " + std::to_string(expected_terms::most) + " operands"}
            );
        for (std::size_t k = 0; k < operands.size(); ++k)
            operands_.push_back(
                {said_of(terms[k].at, [&] { return list_of(terms[k].text); }),
                 terms[k].at,
                 operands[k]}
            );
    }

    /// Names, then extents, then the factors of groups.
    [[nodiscard]] std::vector<axis_size> extents() {
        for (const expected_operand& o : operands_)
            said_of(o.at, [&] { check_order(o); });
        for (std::size_t k = 0; k < operands_.size(); ++k)
            bind(k);
        for (const expected_operand& o : operands_)
            said_of(o.at, [&] { split(o); });
        std::vector<axis_size> found;
        for_each_name(text_, [&](std::string_view word, bool first) {
            if (const name label(word); first)
                found.emplace_back(label.text(), *extent_of(label));
        });
        return found;
    }

private:
    /// What a name stands for, and the first operand that has it.
    struct binding {
        name label;
        axis what;
        std::size_t operand;
    };

    [[nodiscard]] error fault(diagnosis d) const {
        d.operation = "expect";
        d.pattern = text_;
        d.input = input_;
        return error(std::move(d));
    }

    // What is wrong with one list is said of the whole text.
    template <class Body>
    std::invoke_result_t<const Body&> said_of(std::uint32_t at, const Body& body) const {
        try {
            return body();
        } catch (const error& e) {
            diagnosis d = e.details();
            if (d.offset != diagnosis::nowhere)
                d.offset += at;
            throw fault(std::move(d));
        }
    }

    static pattern list_of(std::string_view text) {
        return pattern_of(pattern_argument(text, {}, false), verb::axes);
    }
    static call_site site(const expected_operand& o) {
        return {"expect", &o.list, o.x->shape().str()};
    }

    // Of names in another order the help is how to reorder them.
    static void check_order(const expected_operand& o) {
        const shape& has = o.x->shape();
        try {
            check_names(site(o), o.list.input(), has);
        } catch (const error& e) {
            if (o.list.input().items.size() != has.rank())
                throw;
            diagnosis d = e.details();
            std::string left;
            std::string right;
            for (const axis& a : has)
                left += std::string(a.label.text()) + " ";
            for (const item& i : o.list.input().items) {
                if (!i.is_simple_name() || !has.find(i.atoms.front().label))
                    throw;
                right += " " + std::string(i.atoms.front().label.text());
            }
            d.help = "pass rearrange(x, \"" + left + "->" + right + "\")";
            throw error(std::move(d));
        }
    }

    [[nodiscard]] std::string bindings() const {
        std::string text;
        for (const binding& b : bindings_)
            text += (text.empty() ? "" : " ") + std::string(b.label.text()) + "="
                  + std::to_string(b.what.extent);
        return text;
    }

    [[nodiscard]] std::optional<std::int64_t> extent_of(name label) const {
        for (const binding& b : bindings_)
            if (b.label == label)
                return b.what.extent;
        return std::nullopt;
    }

    // What is known without arithmetic: the axes that have a name in the text, `m`, and m of `(m: h d)`; and remembered factors.
    void bind(std::size_t k) {
        const expected_operand& o = operands_[k];
        for_each_matched(
            o.list.input(),
            o.x->rank(),
            [&](const item& i, std::size_t at, std::size_t) {
                if (i.is_ellipsis())
                    return;
                const text_range place{i.at.offset + o.at, i.at.length};
                const axis& has = o.x->shape()[at];
                if (const name label = i.is_simple_name() ? i.atoms.front().label : i.label)
                    meet_or_add({label, has, k}, place);
                if (!i.is_simple_name() && has.memory != nullptr)
                    for (const factor& f : *has.memory)
                        meet_or_add({f.label, {f.label, f.extent, nullptr}, k}, place);
            }
        );
    }

    void meet_or_add(const binding& wanted, text_range at) {
        for (binding& b : bindings_) {
            if (b.label != wanted.label)
                continue;
            if (b.what.extent != wanted.what.extent)
                throw two_extents(b, wanted, at);
            said_of(0, [&] { require_same_axis({"expect", nullptr, {}}, b.what, wanted.what); });
            // An axis without memory meets any, so what counts from here on is who has one.
            if (b.what.memory == nullptr)
                b.what = wanted.what;
            return;
        }
        bindings_.push_back(wanted);
    }

    [[nodiscard]] error two_extents(const binding& a, const binding& b, text_range at) const {
        const std::string label(a.label.text());
        return fault(
            {.kind = category::size_mismatch,
             .message = "'" + label + "' is " + std::to_string(a.what.extent) + " in operand "
                      + std::to_string(a.operand + 1) + " and " + std::to_string(b.what.extent)
                      + " in operand " + std::to_string(b.operand + 1),
             .offset = at.offset,
             .length = at.length,
             .axis = label,
             .expected_extent = a.what.extent,
             .got_extent = b.what.extent,
             .expected = bindings(),
             .got = label + "=" + std::to_string(b.what.extent)}
        );
    }

    // Groups are split by what is known so far, numbers and `h=12` compared.
    void split(const expected_operand& o) {
        known_extents known(site(o), {});
        for (const item& i : o.list.input().items)
            for (const atom& a : i.atoms)
                if (a.kind == atom_kind::name)
                    if (const auto extent = extent_of(a.label))
                        known.learn(site(o), a.at, a.label, *extent);
        (void)resolve(site(o), o.list.input(), o.x->where(), known);
        for (const item& i : o.list.input().items)
            for (const atom& a : i.atoms)
                if (a.kind == atom_kind::name && !extent_of(a.label))
                    bindings_.push_back({a.label, {a.label, *known.find(a.label), nullptr}, 0});
    }

    std::string text_;
    std::string input_;
    std::vector<expected_operand> operands_;
    std::vector<binding> bindings_;
};

}  // namespace

std::vector<axis_size> expected_extents(
    std::string_view text, std::span<const any_tensor* const> operands
) {
    return door(text, operands).extents();
}

}  // namespace abax::detail
