#pragma once

#include <abax/kernels/reference.hpp>
#include <abax/kernels/statistics.hpp>

#include <cmath>
#include <cstdint>
#include <limits>

/// The oracle for statistics.hpp: loops of the formulas, for any scalar that has arithmetic, abs, sqrt, exp and log.
namespace abax::kernels::reference {

template <class Out, class T>
Out variance(const T* in, const loops<2>& reduced, double correction) {
    const auto add = [](Out a, Out b) { return a + b; };
    const auto count = static_cast<double>(iterations(reduced));
    if (count - correction <= 0)
        return Out(std::numeric_limits<double>::quiet_NaN());
    const Out mean = fold(in, reduced, Out(0), add) / Out(count);
    Out squares = Out(0);
    bool first = true;
    visit(reduced, [&](const auto& at) {
        const Out centred = static_cast<Out>(in[at[1]]) - mean;
        squares = first ? centred * centred : squares + centred * centred;
        first = false;
    });
    return squares / Out(count - correction);
}

template <class Out, class T>
Out norm(statistic which, const T* in, const loops<2>& reduced) {
    using std::abs, std::sqrt;
    Out total = Out(0);
    bool first = true;
    visit(reduced, [&](const auto& at) {
        const Out x = static_cast<Out>(in[at[1]]);
        const Out term = which == statistic::norm_two ? x * x : abs(x);
        if (first)
            total = term;
        else if (which != statistic::norm_infinity)
            total = total + term;
        else
            total = is_nan(total) ? total : is_nan(term) || total < term ? term : total;
        first = false;
    });
    return which == statistic::norm_two ? sqrt(total) : total;
}

template <class Out, class T>
Out logsumexp(const T* in, const loops<2>& reduced) {
    using std::exp, std::log;
    const double infinity = std::numeric_limits<double>::infinity();
    const Out largest =
        fold(in, reduced, Out(-infinity), [](Out a, Out b) { return is_nan(a) || b < a ? a : b; });
    // Whether it is finite is asked once a row, by equality, and is no arithmetic.
    const bool finite = !is_nan(largest) && largest != Out(infinity) && largest != Out(-infinity);
    const Out shift = finite ? largest : Out(0);
    Out total = Out(0);
    bool first = true;
    visit(reduced, [&](const auto& at) {
        const Out e = exp(static_cast<Out>(in[at[1]]) - shift);
        total = first ? e : total + e;
        first = false;
    });
    return log(total) + shift;
}

/// Each vector along `along`, which has the strides of the result and of the operand as `kept` has, by its norm or by epsilon.
template <class T>
void normalize(T* out, const T* in, const loops<2>& kept, const loops<2>& along, double epsilon) {
    visit(kept, [&](const auto& row) {
        const T length = norm<T>(statistic::norm_two, in + row[1], along);
        const T divisor = length < T(epsilon) ? T(epsilon) : length;
        visit(along, [&](const auto& at) { out[row[0] + at[0]] = in[row[1] + at[1]] / divisor; });
    });
}

/// Out is the type of the elements, or a wider one.
template <class Out, class T>
void summarize(
    statistic which,
    Out* out,
    const T* in,
    const loops<2>& kept,
    const loops<2>& reduced,
    double correction = 0
) {
    using std::sqrt;
    visit(kept, [&](const auto& at) {
        const T* const from = in + at[1];
        Out& to = out[at[0]];
        switch (which) {
        case statistic::variance: to = variance<Out>(from, reduced, correction); break;
        case statistic::standard_deviation:
            to = sqrt(variance<Out>(from, reduced, correction));
            break;
        case statistic::logsumexp: to = logsumexp<Out>(from, reduced); break;
        default: to = norm<Out>(which, from, reduced);
        }
    });
}

}  // namespace abax::kernels::reference
