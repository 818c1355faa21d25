#include <abax/account/scope.hpp>
#include <abax/plan/plan.hpp>
#include <abax/plan/step_cost.hpp>

#include <array>
#include <chrono>

namespace abax {

namespace {

using kernels::loops;

// The result's elementary axes are dense in their order: merging them later is only another shape.
strides dense_strides(const step& s) {
    strides result(s.axes.size());
    std::int64_t step = 1;
    for (std::size_t i = s.axes.size(); i-- > 0;)
        if (!s.axes[i].summed) {
            result[i] = step;
            step *= s.axes[i].what.extent;
        }
    return result;
}

void run_move(const step& s, any_tensor& out, const any_tensor& in) {
    loops<2> nest;
    const strides dense = dense_strides(s);
    for (std::size_t i = 0; i < s.axes.size(); ++i)
        nest.push_back({s.axes[i].what.extent, {dense[i], s.axes[i].stride[0]}});
    if (s.kind == step_kind::copy)
        kernels::move(s.type, out.writable(), in.data(), nest);
    else
        kernels::cast(s.type, out.writable(), in.type(), in.data(), nest);
}

void run_reduce(const step& s, any_tensor& out, const any_tensor& in) {
    loops<2> kept;
    loops<2> reduced;
    const strides dense = dense_strides(s);
    for (std::size_t i = 0; i < s.axes.size(); ++i)
        (s.axes[i].summed ? reduced : kept)
            .push_back({s.axes[i].what.extent, {dense[i], s.axes[i].stride[0]}});
    kernels::reduce(s.how, in.type(), out.writable(), in.data(), kept, reduced);
}

void run_product(const step& s, any_tensor& out, const any_tensor& a, const any_tensor& b) {
    loops<3> all;
    loops<3> batch;
    loops<3> m;
    loops<3> n;
    loops<3> k;
    const strides dense = dense_strides(s);
    for (std::size_t i = 0; i < s.axes.size(); ++i) {
        const step_axis& x = s.axes[i];
        const kernels::loop<3> l{x.what.extent, {dense[i], x.stride[0], x.stride[1]}};
        (x.summed ? k : x.has(0) && x.has(1) ? batch : x.has(0) ? m : n).push_back(l);
        all.push_back(l);
    }
    if (s.kind == step_kind::contract)
        kernels::contract(a.type(), out.writable(), a.data(), b.data(), batch, m, n, k);
    else if (a.type() == dtype::boolean)
        kernels::map(
            kernels::binary::logical_and, a.type(), out.writable(), a.data(), b.data(), all
        );
    else
        kernels::map(kernels::binary::multiply, a.type(), out.writable(), a.data(), b.data(), all);
}

any_tensor run(const step& s, std::span<const any_tensor* const> operands) {
    if (s.kind == step_kind::view)
        return operands[0]->viewed(s.result);
    bool dry = dry_run::is_on();
    for (const any_tensor* x : operands)
        dry = dry || x->is_dry();
    if (dry)
        return any_tensor::dry(s.type, s.result.axes);
    any_tensor out = any_tensor::empty(s.type, s.result.axes);
    if (s.kind == step_kind::reduce)
        run_reduce(s, out, *operands[0]);
    else if (s.kind == step_kind::contract || s.kind == step_kind::multiply)
        run_product(s, out, *operands[0], *operands[1]);
    else
        run_move(s, out, *operands[0]);
    return out;
}

// What ran, waiting to be billed: a parent's record comes before its children's.
struct ran {
    call what;
    std::shared_ptr<const priced_operation> priced;
    double seconds = 0;
};

void bill(const plan& p, const std::vector<ran>& parts) {
    if (parts.size() == 1) {
        detail::reserve_records(1, parts[0].priced->variables.size());
        detail::enter(parts[0].priced, parts[0].what, parts[0].seconds);
        return;
    }
    call whole(p.type);
    whole.detail(p.pattern);
    cost sum;
    double seconds = 0;
    op_class kind = op_class::view;
    std::string key;
    for (const ran& part : parts) {
        sum += part.priced->price;
        seconds += part.seconds;
        if (part.priced->kind == op_class::contraction || kind == op_class::view)
            kind = part.priced->kind;
        for (const factor& f : part.what.bindings())
            whole.knows(shape{axis{f.label, f.extent, nullptr}});
        for (const equation& e : part.what.equations())
            whole.states(e);
        key += part.priced->detail + ';';
    }
    if (whole.detail().empty())
        whole.detail(key);
    // Unnamed axes are numbers in the parts' prices, so the parts' keys must tell the sums apart.
    for (const ran& part : parts)
        for (const auto& o : part.what.operands()) {
            whole.knows(o.axes);
            // A buffer read once or twice makes another price of the same shapes.
            whole.knows(shape{axis{{}, o.counted ? 1 : 0, nullptr}});
        }
    const auto price = detail::price_of(p.operation, kind, whole, [&] { return sum; });
    std::size_t extents = price->variables.size();
    for (const ran& part : parts)
        extents += part.priced->variables.size();
    // All the room first: a bill holds the whole with all its parts, or nothing of it.
    std::vector<std::int64_t> parents;
    parents.reserve(detail::reserve_records(1 + parts.size(), extents));
    detail::enter(price, whole, seconds, {}, &parents);
    for (const ran& part : parts)
        detail::enter(part.priced, part.what, part.seconds, parents);
}

// `operand(i)` points to the i-th operand of the plan.
template <class Operand>
any_tensor execute_on(const plan& p, std::size_t count, const Operand& operand) {
    const bool billed = recording::innermost() != nullptr;
    if (!billed && p.steps.size() == 1) {
        const step& only = p.steps.front();
        std::array<const any_tensor*, 2> of{};
        for (std::size_t i = 0; i < only.operands.size(); ++i)
            of[i] = operand(only.operands[i]);
        return run(only, std::span(of).first(only.operands.size()));
    }
    std::vector<any_tensor> results;
    results.reserve(p.steps.size());
    std::vector<ran> parts;
    for (const step& s : p.steps) {
        std::vector<const any_tensor*> of;
        for (const std::size_t value : s.operands)
            of.push_back(value < count ? operand(value) : &results[value - count]);
        if (!billed) {
            results.push_back(run(s, of));
            continue;
        }
        call what = call_of(p, s, of);
        const step_cost priced{&s};
        const std::string operation =
            p.steps.size() == 1 ? p.operation : std::string(to_string(s.kind));
        auto price =
            detail::price_of(operation, priced.kind_of(), what, [&] { return priced.price(what); });
        const auto start = std::chrono::steady_clock::now();
        results.push_back(run(s, of));
        const bool dry = results.back().is_dry() || s.kind == step_kind::view;
        const double seconds =
            dry ? 0
                : std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        parts.push_back({std::move(what), std::move(price), seconds});
    }
    if (billed)
        bill(p, parts);
    return std::move(results.back());
}

}  // namespace

any_tensor execute(const plan& p, std::span<const any_tensor> operands) {
    return execute_on(p, operands.size(), [&](std::size_t i) { return &operands[i]; });
}

any_tensor execute(const plan& p, std::span<const any_tensor* const> operands) {
    return execute_on(p, operands.size(), [&](std::size_t i) { return operands[i]; });
}

}  // namespace abax
