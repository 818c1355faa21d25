#include <abax/account/scope.hpp>
#include <abax/plan/price.hpp>

#include <algorithm>
#include <chrono>
#include <unordered_map>

namespace abax {

namespace {

// An axis of stride 0 repeats elements that were read already.
shape distinct_axes(const layout& where) {
    shape axes;
    for (std::size_t i = 0; i < where.rank(); ++i)
        if (where.stride[i] != 0 || where.axes[i].extent <= 1)
            axes.push_back(where.axes[i]);
    return axes;
}

template <class Value>
void append_bytes(std::string& key, const Value& value) {
    key.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void append_label(std::string& key, name label) {
    append_bytes(key, label.text().data());  // interned: the address is the name
}

}  // namespace

call& call::reads(const any_tensor& x) {
    bool counted = true;
    for (const auto& [where, storage] : seen_)
        counted = counted && !(storage.same_as(x.storage()) && reach_the_same(where, x.where()));
    seen_.emplace_back(x.where(), x.storage());
    operands_.push_back(
        {distinct_axes(x.where()), static_cast<std::int64_t>(size_of(x.type())), false, counted}
    );
    bind(x.shape());
    return *this;
}

call& call::reads(shape axes, dtype type) {
    bind(axes);
    operands_.push_back({std::move(axes), static_cast<std::int64_t>(size_of(type)), false, true});
    return *this;
}

call& call::reads_once() {
    for (std::size_t i = 1; i < operands_.size(); ++i)
        operands_[i].counted = operands_[i].counted && operands_[i].written;
    return *this;
}

call& call::writes(shape axes, dtype type) {
    bind(axes);
    operands_.push_back({std::move(axes), static_cast<std::int64_t>(size_of(type)), true, true});
    return *this;
}

call& call::knows(shape axes) {
    bind(axes);
    known_.push_back(std::move(axes));
    return *this;
}

call& call::detail(std::string text) {
    detail_ = std::move(text);
    return *this;
}

call& call::states(equation whole_and_factors) {
    equations_.push_back(std::move(whole_and_factors));
    return *this;
}

void call::bind(const shape& axes) {
    const auto add = [&](name label, std::int64_t extent) {
        const factor bound{label, extent};
        if (label && std::find(bindings_.begin(), bindings_.end(), bound) == bindings_.end())
            bindings_.push_back(bound);
    };
    for (const axis& a : axes)
        if (a.memory == nullptr)
            add(a.label, a.extent);
        else
            for (const factor& f : *a.memory)
                add(f.label, f.extent);
}

bool call::has_one_extent(const factor& f) const {
    return std::none_of(bindings_.begin(), bindings_.end(), [&](const factor& bound) {
        return bound.label == f.label && bound.extent != f.extent;
    });
}

const std::vector<factor>& call::bindings() const {
    std::sort(bindings_.begin(), bindings_.end(), [](const factor& a, const factor& b) {
        return a.label == b.label ? a.extent < b.extent : a.label < b.label;
    });
    return bindings_;
}

polynomial call::extent_of(const axis& a) const {
    const auto of = [&](const factor& f) {
        return f.label && has_one_extent(f) ? polynomial(f.label) : polynomial(f.extent);
    };
    if (a.memory == nullptr)
        return of({a.label, a.extent});
    polynomial product(1);
    for (const factor& f : *a.memory)
        product *= of(f);
    return product;
}

polynomial call::volume(const shape& axes) const {
    polynomial product(1);
    for (const axis& a : axes)
        product *= extent_of(a);
    return product;
}

polynomial call::distinct_volume(const std::vector<const shape*>& all) const {
    polynomial product(1);
    std::vector<name> seen;
    for (const shape* axes : all)
        for (const axis& a : *axes)
            if (!a.label || std::find(seen.begin(), seen.end(), a.label) == seen.end()) {
                seen.push_back(a.label);
                product *= extent_of(a);
            }
    return product;
}

bool call::is_empty() const {
    return std::any_of(operands_.begin(), operands_.end(), [](const operand& o) {
        return !o.written && std::any_of(o.axes.begin(), o.axes.end(), [](const axis& a) {
            return a.extent == 0;
        });
    });
}

cost call::with_bytes(polynomial vec, polynomial specials) const {
    cost price;
    for (const operand& o : operands_)
        if (o.counted)
            (o.written ? price.bytes_written : price.bytes_read) +=
                volume(o.axes) * o.element_bytes;
    if (is_empty())
        return price;  // n_in - n_out would be negative where n_in is 0
    (is_floating(arithmetic_) ? price.flops_vec : price.int_ops) = std::move(vec);
    price.specials = std::move(specials);
    return price;
}

void call::append_key(std::string& key) const {
    const auto append_shape = [&](const shape& axes) {
        append_bytes(key, axes.size());
        for (const axis& a : axes) {
            append_label(key, a.label);
            append_bytes(key, a.memory == nullptr ? std::size_t{0} : a.memory->size());
            if (a.memory != nullptr)
                for (const factor& f : *a.memory)
                    append_label(key, f.label);
            if (!a.label)
                append_bytes(key, a.extent);
        }
    };
    append_bytes(key, arithmetic_);
    append_bytes(key, is_empty());
    for (const operand& o : operands_) {
        append_shape(o.axes);
        append_bytes(key, o.element_bytes);
        append_bytes(key, o.written);
        append_bytes(key, o.counted);
    }
    for (const shape& axes : known_)
        append_shape(axes);
    for (const factor& f : bindings_) {
        append_label(key, f.label);
        if (!has_one_extent(f))
            append_bytes(key, f.extent);
    }
    for (const equation& e : equations_) {
        append_label(key, e.whole);
        for (const name f : e.factors)
            append_label(key, f);
    }
    for (const auto* mask = causal_mask::innermost(); mask != nullptr; mask = mask->outer()) {
        append_label(key, mask->queries());
        append_label(key, mask->keys());
    }
    key += detail_;
}

namespace detail {

std::shared_ptr<const priced_operation> price_of(
    std::string_view operation, op_class kind, const call& c, const callback<cost()>& make
) {
    static constexpr std::size_t most_cached = 4096;
    thread_local std::unordered_map<std::string, std::shared_ptr<const priced_operation>> known;
    thread_local std::string key;
    key.assign(operation);
    c.append_key(key);
    if (const auto found = known.find(key); found != known.end())
        return found->second;

    auto made = std::make_shared<priced_operation>();
    made->operation = operation;
    made->kind = kind;
    made->detail = c.detail();
    made->price = make();
    name last;
    for (const factor& f : c.bindings()) {
        // A name with two extents stands in no price; the record keeps none of them.
        const bool once = std::count_if(
                              c.bindings().begin(),
                              c.bindings().end(),
                              [&](const factor& g) { return g.label == f.label; }
                          )
                       == 1;
        if (once && f.label != last)
            made->variables.push_back(f.label);
        last = f.label;
    }
    made->equations = c.equations();
    if (known.size() >= most_cached)
        known.clear();
    return known.emplace(key, std::move(made)).first->second;
}

namespace {

// The extents of the record that is being entered; kept, since recording allocates nothing per operation.
thread_local std::vector<std::int64_t> entered_extents;

}  // namespace

std::size_t reserve_records(std::size_t records, std::size_t extents) {
    entered_extents.reserve(extents);
    std::size_t open_count = 0;
    for (const auto* open = recording::innermost(); open != nullptr; open = open->outer()) {
        open->bill().reserve(records, extents);
        ++open_count;
    }
    return open_count;
}

void enter(
    const std::shared_ptr<const priced_operation>& what,
    const call& c,
    double seconds,
    std::span<const std::int64_t> parents,
    std::vector<std::int64_t>* positions
) {
    std::vector<std::int64_t>& extents = entered_extents;
    extents.clear();
    for (const name variable : what->variables)
        for (const factor& f : c.bindings())
            if (f.label == variable) {
                extents.push_back(f.extent);
                break;
            }
    std::size_t depth = 0;
    for (const auto* open = recording::innermost(); open != nullptr; open = open->outer()) {
        const std::int64_t position = open->bill().add(
            what, scope::current(), extents, seconds, depth < parents.size() ? parents[depth] : -1
        );
        if (positions != nullptr)
            positions->push_back(position);
        ++depth;
    }
}

std::int64_t clock_ticks() noexcept {
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

double seconds_since(std::int64_t ticks) noexcept {
    using clock = std::chrono::steady_clock;
    return std::chrono::duration<double>(clock::now().time_since_epoch() - clock::duration(ticks))
        .count();
}

}  // namespace detail

}  // namespace abax
