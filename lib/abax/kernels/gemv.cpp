#include <abax/kernels/iterate.hpp>
#include <abax/kernels/kernels.hpp>
#include <abax/kernels/product.hpp>
#include <abax/kernels/vectors.hpp>
#include <abax/storage/buffer.hpp>

#include <algorithm>
#include <cstdint>

// A few rows times a matrix: what generating text one token at a time does. Every element of b is used m times
// only, so the time is that of reading b, and what counts is that each thread reads long streams.
namespace abax::kernels::detail {
namespace {

/// sums[j] += a[l] * b[l, j] for j < n, rows l of b contiguous, four of them at once: the sums are then
/// fetched and stored once for four rows.
template <class T>
void add_rows(
    T* sums,
    const T* a,
    std::int64_t a_k,
    const T* b,
    std::int64_t b_k,
    std::int64_t k,
    std::int64_t n
) {
    std::int64_t l = 0;
    for (; l + 4 <= k; l += 4) {
        const T* const row = b + l * b_k;
        const T f0 = a[l * a_k];
        const T f1 = a[(l + 1) * a_k];
        const T f2 = a[(l + 2) * a_k];
        const T f3 = a[(l + 3) * a_k];
        std::int64_t j = 0;
        for (; j + lanes<T> <= n; j += lanes<T>)
            store<T>(
                sums + j,
                ((load(sums + j) + f0 * load(row + j)) + f1 * load(row + b_k + j))
                    + f2 * load(row + 2 * b_k + j) + f3 * load(row + 3 * b_k + j)
            );
        for (; j < n; ++j)
            sums[j] +=
                f0 * row[j] + f1 * row[b_k + j] + f2 * row[2 * b_k + j] + f3 * row[3 * b_k + j];
    }
    for (; l < k; ++l)
        for (std::int64_t j = 0; j < n; ++j)
            sums[j] += a[l * a_k] * b[l * b_k + j];
}

/// The products of a with `Count` rows of contiguous elements.
template <int Count, class T>
void dot_rows(T* sums, const T* a, const T* b, std::int64_t b_n, std::int64_t k) {
    vec<T> sum[Count] = {};
    std::int64_t l = 0;
    for (; l + lanes<T> <= k; l += lanes<T>) {
        const vec<T> x = load(a + l);
        for (int j = 0; j < Count; ++j)
            sum[j] += x * load(b + j * b_n + l);
    }
    if (l < k) {
        const vec<T> x = load_part(a + l, k - l, T{0});
        for (int j = 0; j < Count; ++j)
            sum[j] += x * load_part(b + j * b_n + l, k - l, T{0});
    }
    for (int j = 0; j < Count; ++j)
        sums[j] = across<T>(sum[j], [](vec<T> x, vec<T> y) { return x + y; });
}

/// How the work is cut: pieces of n by pieces of k, a few hundred kilobytes of b each. Depends on the problem only.
struct cut {
    std::int64_t n;
    std::int64_t k;
};

template <class T>
cut cut_of(const product<T>& p) {
    constexpr std::int64_t elements = (1 << 18) / sizeof(T);
    if (p.b_n != 1)
        return {
            std::clamp<std::int64_t>(elements / p.k / 4 * 4, 4, std::max<std::int64_t>(p.n, 4)),
            p.k};
    const std::int64_t n = std::min<std::int64_t>(p.n, 1024);
    const std::int64_t k = std::max<std::int64_t>(elements / n / 4 * 4, 64);
    return {n, std::min(k, p.k)};
}

/// One piece: m rows of `n` sums, `sums_m` apart, over `k` elements.
template <class T>
void multiply_piece(
    const product<T>& p,
    T* sums,
    std::int64_t sums_m,
    const T* a,
    const T* b,
    std::int64_t n,
    std::int64_t k
) {
    if (p.b_n == 1) {
        // Sixteen rows of b at a time stay in the first-level cache for the other rows of a.
        constexpr std::int64_t rows = 16;
        for (std::int64_t i = 0; i < p.m; ++i)
            std::fill_n(sums + i * sums_m, n, T{0});
        const std::int64_t step = p.m == 1 ? k : rows;
        for (std::int64_t l = 0; l < k; l += step)
            for (std::int64_t i = 0; i < p.m; ++i)
                add_rows(
                    sums + i * sums_m,
                    a + i * p.a_m + l * p.a_k,
                    p.a_k,
                    b + l * p.b_k,
                    p.b_k,
                    std::min(step, k - l),
                    n
                );
        return;
    }
    std::int64_t j = 0;
    for (; j + 4 <= n; j += 4)
        for (std::int64_t i = 0; i < p.m; ++i)
            dot_rows<4>(sums + i * sums_m + j, a + i * p.a_m, b + j * p.b_n, p.b_n, k);
    for (; j < n; ++j)
        for (std::int64_t i = 0; i < p.m; ++i)
            dot_rows<1>(sums + i * sums_m + j, a + i * p.a_m, b + j * p.b_n, p.b_n, k);
}

/// Adds the pieces of k in order and writes the result where it belongs.
template <class T>
void write_sums(const product<T>& p, const T* sums, std::int64_t pieces) {
    loops<3> rows = p.batch;
    rows.push_back({p.m, {p.out_m, 0, 0}});
    const auto body = [&](auto begin, auto end) {
        std::int64_t i = begin;
        walk(rows, begin, end, {}, [&](const auto& at, const auto&) {
            const T* const row = sums + i / p.m * pieces * p.m * p.n + i % p.m * p.n;
            T* const to = p.out + at[0];
            for (std::int64_t j = 0; j < p.n; ++j) {
                T sum = row[j];
                for (std::int64_t piece = 1; piece < pieces; ++piece)
                    sum += row[piece * p.m * p.n + j];
                to[j * p.out_n] = p.accumulate ? to[j * p.out_n] + sum : sum;
            }
            ++i;
        });
    };
    parallel_for(iterations(rows), rows_per_task(p.n * pieces), body);
}

/// Rows of contiguous b are multiplied element by element: a must be contiguous as well.
template <class T>
buffer contiguous_a(product<T>& p) {
    loops<2> copy;
    std::int64_t packed = p.k * p.m;
    for (std::size_t d = p.batch.size(); d-- > 0;) {
        copy.insert(0, {p.batch[d].extent, {packed, p.batch[d].stride[1]}});
        p.batch[d].stride[1] = packed;
        packed *= p.batch[d].extent;
    }
    copy.push_back({p.m, {p.k, p.a_m}});
    copy.push_back({p.k, {1, p.a_k}});
    buffer scratch = buffer::allocate(static_cast<std::size_t>(packed) * sizeof(T));
    move(dtype_of<T>, scratch.data(), p.a, copy);
    p.a = reinterpret_cast<const T*>(scratch.data());
    p.a_m = p.k;
    p.a_k = 1;
    return scratch;
}

}  // namespace

template <class T>
void multiply_few_rows(const product<T>& given) {
    product<T> p = given;
    buffer packed_a;
    if (p.b_n != 1 && p.a_k != 1)
        packed_a = contiguous_a(p);
    const cut piece = cut_of(p);
    const std::int64_t k_pieces = (p.k + piece.k - 1) / piece.k;
    // Sums of all of k are the result, and written where it belongs if its rows are contiguous; others are set aside.
    const bool in_place = k_pieces == 1 && p.out_n == 1 && !p.accumulate;
    const std::int64_t sums_m = in_place ? p.out_m : p.n;
    buffer scratch;
    if (!in_place)
        scratch = buffer::allocate(
            static_cast<std::size_t>(iterations(p.batch) * k_pieces * p.m * p.n) * sizeof(T)
        );
    T* const sums = in_place ? p.out : reinterpret_cast<T*>(scratch.data());

    loops<3> tasks = p.batch;
    const std::size_t at_k = tasks.size();
    tasks.push_back({k_pieces, {p.m * p.n, piece.k * p.a_k, piece.k * p.b_k}});
    tasks.push_back({(p.n + piece.n - 1) / piece.n, {piece.n, 0, piece.n * p.b_n}});
    std::int64_t dense = k_pieces * p.m * p.n;
    for (std::size_t d = at_k; !in_place && d-- > 0;) {
        tasks[d].stride[0] = dense;
        dense *= tasks[d].extent;
    }
    parallel_for(iterations(tasks), rows_per_task(piece.n * piece.k), [&](auto begin, auto end) {
        walk(tasks, begin, end, {}, [&](const auto& at, const auto& index) {
            multiply_piece(
                p,
                sums + at[0],
                sums_m,
                p.a + at[1],
                p.b + at[2],
                std::min(piece.n, p.n - index[at_k + 1] * piece.n),
                std::min(piece.k, p.k - index[at_k] * piece.k)
            );
        });
    });
    if (!in_place)
        write_sums(p, sums, k_pieces);
}

template void multiply_few_rows(const product<float>&);
template void multiply_few_rows(const product<double>&);

}  // namespace abax::kernels::detail
