#!/bin/sh
# Every C++ file is formatted as .clang-format says.
# usage: format.sh PROJECT_ROOT
set -eu
cd "$1"
if ! command -v clang-format >/dev/null 2>&1; then
    echo "skipped: clang-format is not here"
    exit 77
fi
find lib parser tools tests examples \( -name '*.hpp' -o -name '*.cpp' \) -print0 |
    xargs -0 clang-format --dry-run --Werror
echo "all files are formatted"
