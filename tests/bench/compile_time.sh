#!/bin/sh
# What abax costs a compiler, beside the bounds that were set for it. Prints a table; times are never asserted.
# usage: compile_time.sh [PROJECT_ROOT]
# CXX_LIST="g++-13 clang++-16" names other compilers, ROUNDS=9 asks for more than the best of 5.
set -u
root=$(cd "${1:-$(dirname "$0")/../..}" && pwd) || exit 0
rounds=${ROUNDS:-5}
work=$(mktemp -d) || exit 0
trap 'rm -rf "$work"' EXIT
trap 'exit 0' HUP INT TERM

# User time in seconds of one run of the compiler.
once() {
    (
        "$@" >"$work/log" 2>&1 || {
            head -n 3 "$work/log" >&2
            exit 1
        }
        times >"$work/times"
    ) || return 1
    # The second line is that of the children: "0m1.234s 0m0.056s".
    awk 'NR == 2 { split($1, part, /[ms]/); print part[1] * 60 + part[2] }' "$work/times"
}

# best FILE OPTION...: the shortest of `rounds` runs, or nothing where it does not compile.
best() {
    file=$1
    shift
    shortest=
    round=0
    while [ "$round" -lt "$rounds" ]; do
        seconds=$(once "$compiler" -std=c++20 "-I$root/lib" "-I$root/parser" "$@" "$work/$file") || return 0
        shortest=$(echo "$seconds $shortest" | awk '{ print (NF == 2 && $2 < $1 ? $2 : $1) }')
        round=$((round + 1))
    done
    echo "$shortest"
}

# functions KIND COUNT: so many functions, each with one call. All are distinct except those of the kind "same".
functions() {
    echo '#include <abax/abax.hpp>'
    echo 'using namespace abax;'
    awk -v kind="$1" -v count="$2" 'BEGIN {
        for (i = 0; i < count; ++i) {
            k = kind == "same" ? 0 : i
            a = "a" k; b = "b" k; c = "c" k; d = "d" k; m = "m" k
            if (kind == "rearrange" || kind == "same") {
                printf "auto f%d(const tensor<float, \"%s %s %s\">& x) {", i, a, b, m
                printf " return rearrange<\"%s %s (%s %s) -> %s %s %s %s\">(x, \"%s\"_ax = 2); }\n", a, b, c, d, a, c, b, d, c
                continue
            }
            printf "auto f%d(const tensor<float, \"%s %s %s\">& x, const tensor<float, \"%s %s\">& w) {", i, a, b, c, d, c
            if (kind == "dot")
                printf " return dot<\"%s\">(x, w); }\n", c
            else
                printf " return einsum<\"%s %s %s, %s %s -> %s %s %s\">(x, w); }\n", a, b, c, d, c, a, b, d
        }
    }'
}

row() { printf '| %-8s | %-44s | %10s | %8s |\n' "$@"; }

# difference A B SCALE UNIT: of the best times A and B.
difference() {
    if [ -z "$1" ] || [ -z "$2" ]; then
        echo "no figure"
    else
        echo "$1 $2 $3" | awk -v unit="$4" '{ printf "%.2f %s", ($2 - $1) * $3, unit }'
    fi
}

few=100
many=300

# What one more call costs, from files with few and with many of them.
slope() {
    kind=$1
    functions "$kind" "$few" >"$work/few.cpp"
    functions "$kind" "$many" >"$work/many.cpp"
    less=$(best few.cpp -O0 -c -o "$work/few.o")
    more=$(best many.cpp -O0 -c -o "$work/many.o")
    # Milliseconds a call: 1000 divided by the number of calls.
    difference "$less" "$more" "$(echo "$few $many" | awk '{ print 1000 / ($2 - $1) }')" ms
}

object_code() {
    if [ ! -f "$work/few.o" ] || [ ! -f "$work/many.o" ]; then
        echo "no figure"
        return
    fi
    echo "$(wc -c <"$work/few.o") $(wc -c <"$work/many.o") $((many - few))" \
        | awk '{ printf "%.2f kB", ($2 - $1) / $3 / 1000 }'
}

measure() {
    printf '#include <string>\n#include <vector>\n' >"$work/standard.cpp"
    printf '#include <string>\n#include <vector>\n#include <abax/abax.hpp>\n' >"$work/umbrella.cpp"
    row "$compiler" '<abax/abax.hpp> over <string> and <vector>' \
        "$(difference "$(best standard.cpp -fsyntax-only)" "$(best umbrella.cpp -fsyntax-only)" 1 s)" '0.7 s'
    figure=$(slope rearrange)
    row "$compiler" 'a typed rearrange, -O0: time' "$figure" '6 ms'
    row "$compiler" 'a typed rearrange, -O0: object code' "$(object_code)" '2 kB'
    row "$compiler" 'a pattern seen before' "$(slope same)" '0.5 ms'
    row "$compiler" 'a typed dot' "$(slope dot)" '10 ms'
    row "$compiler" 'a typed einsum' "$(slope einsum)" '10 ms'
    cp "$root/lib/abax/models/gpt2.cpp" "$work/gpt2.cpp"
    row "$compiler" 'a typed GPT-2, -O2' "$(difference 0 "$(best gpt2.cpp -O2 -c -o "$work/gpt2.o")" 1 s)" '10 s'
}

row compiler 'what' figure bound
row -------- -------------------------------------------- ---------- --------
for compiler in ${CXX_LIST:-g++ clang++}; do
    if command -v "$compiler" >/dev/null 2>&1; then
        measure
    else
        row "$compiler" 'not here' '' ''
    fi
done
exit 0
