#!/bin/sh
# What docs/errors.md says of the compiler is what it says. A block of ```c++ there is the snippet between the [shown] lines of
# tests/compile_fail/errors/<entry>.cpp, and the block of ```compiler behind it is GCC's first line, shortened by the rule that
# the page tells. refuse.sh looks for the same words in the output of both compilers.
# usage: errors_page.sh PROJECT_ROOT GCC WORK_FOLDER
set -eu
root=$1
compiler=$2
work=$3
page=$root/docs/errors.md

if ! command -v "$compiler" >/dev/null 2>&1; then
    echo "skipped: $compiler is not here"
    exit 77
fi
mkdir -p "$work"
failures=0
complain() {
    echo "$1"
    failures=$((failures + 1))
}

# The lines of the block of language $1 in the entry $2.
block() {
    awk -v fence="\`\`\`$1" -v entry="## $2" '
        /^## / { here = $0 == entry }
        /^```$/ { inside = 0 }
        inside { print }
        here && $0 == fence { inside = 1 }' "$page"
}

# What the compiler says, without the namespace and the types of texts.
shortened() {
    sed -nE 's/.*error: .*does_not_compile(<.*>)[^>]*$/does_not_compile\1/p' |
        sed -E -e 's/abax:://g' -e 's/fixed_text<[0-9]+>\{("[^"]*")\}/\1/g' -e "s/\\\\'/'/g" -e 's/> >/>>/g'
}

entries=$(sed -n 's/^## //p' "$page")
shown=0
for entry in $entries; do
    file=$root/tests/compile_fail/errors/$entry.cpp
    block c++ "$entry" >"$work/quoted.txt"
    if [ ! -s "$work/quoted.txt" ]; then
        [ ! -e "$file" ] || complain "$page does not show $file"
        continue
    fi
    shown=$((shown + 1))
    [ -e "$file" ] || { complain "$page shows a program that is not in $file"; continue; }
    awk '/\[shown\]/ { inside = !inside; next } inside { sub(/^ */, ""); print }' "$file" >"$work/snippet.txt"
    cmp -s "$work/quoted.txt" "$work/snippet.txt" || complain "$page shows another program than $file"
    "$compiler" -std=c++20 -I"$root/lib" -I"$root/parser" -DWRONG=1 -fdiagnostics-color=never -fsyntax-only "$file" \
        >"$work/output.txt" 2>&1 || true
    shortened <"$work/output.txt" >"$work/said.txt"
    # A long message is wrapped on the page.
    block compiler "$entry" | sed 's/^ *//' | paste -s -d ' ' >"$work/wanted.txt"
    if ! cmp -s "$work/wanted.txt" "$work/said.txt"; then
        complain "$page, $entry: the compiler says"
        cat "$work/said.txt"
    fi
done
for file in "$root"/tests/compile_fail/errors/*.cpp; do
    echo "$entries" | grep -qx "$(basename "$file" .cpp)" || complain "$page has no entry for $file"
done
[ "$shown" -gt 0 ] || complain "no block was found: the check itself is broken"
echo "$shown programs of the page, $failures complaints"
[ "$failures" -eq 0 ]
