#!/bin/sh
# Programs that must not compile, for one compiler. Each file is compiled twice: as it stands, which must work, and with WRONG,
# which must give exactly one error that holds all words its comments ask for:
#
#     // WRONG: name_mismatch | the_pattern_names_another_axis | (b h s d)
#
# With several mistakes in one file the comments number them, `// WRONG 2: ...`, and WRONG has that value.
# Clang 14 prints a text that is a template argument as characters; they are joined before the words are looked for.
# usage: refuse.sh PROJECT_ROOT COMPILER WORK_FOLDER FILE...
set -eu
root=$1
compiler=$2
work=$3
shift 3

if ! command -v "$compiler" >/dev/null 2>&1; then
    echo "skipped: $compiler is not here"
    exit 77
fi
mkdir -p "$work"
flags="-std=c++20 -I$root/lib -I$root/parser -I$root/tests -fdiagnostics-color=never"
printf '#include <abax/abax.hpp>\n#include <doctest/doctest.h>\n' >"$work/all.hpp"
# Read once: the headers take longer than any of the files.
case $compiler in
clang*)
    # shellcheck disable=SC2086
    "$compiler" $flags -x c++-header "$work/all.hpp" -o "$work/all.hpp.pch"
    flags="$flags -include-pch $work/all.hpp.pch"
    ;;
*)
    # shellcheck disable=SC2086
    "$compiler" $flags -x c++-header "$work/all.hpp" -o "$work/all.hpp.gch"
    flags="$flags -Winvalid-pch -include $work/all.hpp"
    ;;
esac

failures=0
mistakes=0
complain() {
    echo "$1"
    sed 's/^/    /' "$work/output.txt"
    failures=$((failures + 1))
}

for file in "$@"; do
    # shellcheck disable=SC2086
    if ! "$compiler" $flags -fsyntax-only "$file" >"$work/output.txt" 2>&1; then
        complain "$file must compile as it stands"
        continue
    fi
    grep -E '^// WRONG( [0-9]+)?: ' "$file" >"$work/wanted.txt" || complain "$file says nothing of its mistakes"
    while IFS= read -r line; do
        mistakes=$((mistakes + 1))
        number=$(printf '%s\n' "$line" | sed -nE 's/^\/\/ WRONG ([0-9]+): .*/\1/p')
        # shellcheck disable=SC2086
        if "$compiler" $flags -DWRONG="${number:-1}" -fsyntax-only "$file" >"$work/output.txt" 2>&1; then
            complain "$file compiles with WRONG=${number:-1}"
            continue
        fi
        errors=$(grep -cE '(^|[^a-z_])error:' "$work/output.txt" || true)
        [ "$errors" -eq 1 ] || complain "$file, WRONG=${number:-1}: $errors errors instead of one"
        # Without the line that names the header which is precompiled here: a program includes abax.hpp itself.
        lines=$(grep -cvF "$work/all.hpp" "$work/output.txt" || true)
        [ "$lines" -le "${ABAX_LINES:-15}" ] || complain "$file, WRONG=${number:-1}: $lines lines of output, more than 15"
        # The first line of the error, or for a consteval constructor of Clang the notes too, as one text.
        sed -e "s/', '//g" -e "s/\\\\'/'/g" -e 's/\\"/"/g' "$work/output.txt" >"$work/joined.txt"
        # And once more with the pieces of a message as no compiler prints them, but both alike: has{b h s s'}.
        sed -E -e "s/', '//g" -e "s/message::([a-z_]+)<'(([^'\\\\]|\\\\.)*)'>/\1{\2}/g" \
            -e 's/message::([a-z_]+)<abax::fixed_text<[0-9]+>\{"(([^"\\]|\\.)*)"\}>/\1{\2}/g' \
            -e "s/\\\\'/'/g" "$work/output.txt" >>"$work/joined.txt"
        printf '%s\n' "$line" | sed -E 's/^\/\/ WRONG( [0-9]+)?: //' | tr '|' '\n' | sed -e 's/^ *//' -e 's/ *$//' >"$work/words.txt"
        while IFS= read -r words; do
            grep -qF -- "$words" "$work/joined.txt" || complain "$file, WRONG=${number:-1}: the error lacks: $words"
        done <"$work/words.txt"
    done <"$work/wanted.txt"
done
echo "$mistakes mistakes in $# files, $failures complaints"
[ "$failures" -eq 0 ]
