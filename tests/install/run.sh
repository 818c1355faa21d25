#!/bin/sh
# Installs the build into a temporary folder and builds a stranger's project against it.
# usage: run.sh BUILD_DIR CXX_COMPILER
set -eu
build=$1
compiler=$2
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

cmake --install "$build" --prefix "$scratch/usr" >/dev/null
cmake -S "$here/stranger" -B "$scratch/build" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" \
    -DCMAKE_PREFIX_PATH="$scratch/usr" >"$scratch/log" 2>&1 || { cat "$scratch/log"; exit 1; }
cmake --build "$scratch/build" >"$scratch/log" 2>&1 || { cat "$scratch/log"; exit 1; }
cat >"$scratch/expected" <<'TEXT'
b=2 h=2 s=3 d=4
b=2 h=2 s=3 s'=3
2*b*d*h*s*s'
b s (h d) -> b h s d
TEXT
{
    "$scratch/build/stranger"
    "$scratch/build/pattern_only"
} >"$scratch/output"
diff "$scratch/expected" "$scratch/output"

# Nothing private is installed: a stranger needs PEGTL's headers and no others.
if grep -rlE '#include *<(Eigen|fmt|nlohmann|CLI)/' "$scratch/usr/include"; then
    echo "these installed headers include private dependencies"
    exit 1
fi
echo "a stranger can build against the installed package"
