#!/bin/sh
# Installs the build into a temporary folder and builds strangers' projects against it.
# usage: run.sh BUILD_DIR CXX_COMPILER
set -eu
build=$1
compiler=$2
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

quietly() {
    "$@" >"$scratch/log" 2>&1 || { cat "$scratch/log"; exit 1; }
}

quietly cmake --install "$build" --prefix "$scratch/usr"
cat >"$scratch/expected" <<'TEXT'
b=2 h=2 s=3 d=4
b=2 h=2 s=3 s'=3
2*b*d*h*s*s'
b s (h d) -> b h s d
TEXT

echo "find_package"
quietly cmake -S "$here/stranger" -B "$scratch/build" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" \
    -DCMAKE_PREFIX_PATH="$scratch/usr"
quietly cmake --build "$scratch/build"
{
    "$scratch/build/stranger"
    "$scratch/build/pattern_only"
} >"$scratch/output"
diff "$scratch/expected" "$scratch/output"

# The package is found from where it lies, so it can be moved.
echo "pkg-config, from a folder that was moved"
mv "$scratch/usr" "$scratch/moved"
PKG_CONFIG_PATH=$(dirname "$(find "$scratch/moved" -name abax.pc)")
export PKG_CONFIG_PATH
flags=$(pkg-config --cflags abax)
# shellcheck disable=SC2046,SC2086  # lists of words on purpose
quietly "$compiler" $flags "$here/stranger/main.cpp" -o "$scratch/by_pkg_config" $(pkg-config --libs abax)
"$scratch/by_pkg_config" | diff - "$scratch/expected" | grep '^<' && exit 1

# A stranger needs PEGTL's headers and no others of ours.
echo "what the umbrella header reaches"
# shellcheck disable=SC2086
"$compiler" $flags -M "$here/stranger/main.cpp" >"$scratch/reached"
if tr ' ' '\n' <"$scratch/reached" | grep -iE '/(eigen3?|fmt|nlohmann|CLI|doctest)/'; then
    echo "the umbrella header reaches these private dependencies"
    exit 1
fi
grep -q '/abax/abax.hpp' "$scratch/reached"
echo "strangers can build against the installed package"
