#!/bin/sh
# A file is compiled twice: as it stands (must compile), and with ABAX_EXPECT_ERROR (must not, with one error that holds
# all the words).
# usage: compile_fail.sh PROJECT_ROOT COMPILER FILE WORDS...
set -eu
root=$1
compiler=$2
file=$3
shift 3

if ! command -v "$compiler" >/dev/null 2>&1; then
    echo "skipped: $compiler is not here"
    exit 77
fi
compile() {
    "$compiler" -std=c++20 -fsyntax-only -I"$root/lib" -I"$root/parser" "$@" "$file" 2>&1
}

if ! message=$(compile); then
    printf '%s\n' "$message"
    echo "$file must compile as it stands"
    exit 1
fi
if message=$(compile -DABAX_EXPECT_ERROR); then
    echo "$file compiles with ABAX_EXPECT_ERROR"
    exit 1
fi
for words in "$@"; do
    if ! printf '%s' "$message" | grep -qF -- "$words"; then
        printf '%s\n' "$message"
        echo "the error lacks: $words"
        exit 1
    fi
done
count=$(printf '%s\n' "$message" | grep -c 'error:')
if [ "$count" -ne 1 ]; then
    printf '%s\n' "$message"
    echo "$count errors instead of one"
    exit 1
fi
echo "rejected as documented"
