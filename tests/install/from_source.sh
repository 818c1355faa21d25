#!/bin/sh
# Builds a stranger's project that takes abax as source: by FetchContent whole, by add_subdirectory the parser alone.
# usage: from_source.sh PROJECT_ROOT CXX_COMPILER
set -eu
root=$1
compiler=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

quietly() {
    "$@" >"$scratch/log" 2>&1 || { cat "$scratch/log"; exit 1; }
}

# As quick to compile as it gets: what is tested is that it builds and links.
configure() {
    quietly cmake -S "$root/tests/install/$1" -B "$scratch/$1" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" \
        -DCMAKE_CXX_FLAGS=-O0 -DABAX_SOURCE="$root"
    quietly cmake --build "$scratch/$1"
}

echo "FetchContent"
configure fetched
test "$("$scratch/fetched/stranger" | head -1)" = "b=2 h=2 s=3 d=4"
echo "add_subdirectory, parser alone"
configure subdirectory
test "$("$scratch/subdirectory/pattern_only")" = "b s (h d) -> b h s d"

# What abax builds for itself (tests, tools, examples) is none of a stranger's business.
if find "$scratch" -name 'abax-tests-*' -o -name 'abax-conformance' | grep .; then
    echo "a stranger's build made these"
    exit 1
fi
echo "strangers can build from source"
