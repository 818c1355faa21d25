#!/bin/sh
# Every test file is listed in tests/CMakeLists.txt, and every source in its CMakeLists.txt: a file that is
# forgotten would never run.
# usage: listed.sh PROJECT_ROOT
set -eu
cd "$1"
faults=0

for file in tests/*/*_test.cpp; do
    name=$(basename "$file")
    if ! grep -q "^ *$name\$\|[( ]$name[ )]" tests/CMakeLists.txt; then
        echo "$file is not listed in tests/CMakeLists.txt"
        faults=$((faults + 1))
    fi
done
for file in lib/abax/*/*.cpp; do
    if ! grep -q "${file#lib/}" lib/CMakeLists.txt parser/CMakeLists.txt; then
        echo "$file is not listed in lib/CMakeLists.txt"
        faults=$((faults + 1))
    fi
done

[ "$faults" -eq 0 ] || exit 1
echo "all files are listed"
