#!/bin/sh
# Installs what abax builds with, from Debian's packages; does nothing when all is there.
set -eu

packages="g++ cmake ninja-build pkg-config clang clang-format doxygen
libeigen3-dev tao-pegtl-dev doctest-dev nlohmann-json3-dev libcli11-dev libfmt-dev libbenchmark-dev"

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "setup.sh: this is no Debian system. abax needs these packages of Debian 12, or what they are called here:" >&2
    echo "$packages" >&2
    exit 1
fi

missing=""
for package in $packages; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "setup.sh: neither root nor sudo here; as root, run: apt-get install$missing" >&2
        exit 1
    fi
    as_root=sudo
fi

echo "setup.sh: installing$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086  # a list of words on purpose
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
