#!/bin/sh
# Includes point down only: each floor may include itself and the floors below it.
# usage: layering.sh PROJECT_ROOT
set -eu
cd "$1"

# From the bottom up. A floor that is not listed here is an error.
floors="core pattern account storage shape kernels plan ops io nn models report"

# What a floor may include besides itself.
below() {
    case "$1" in
    core) echo "" ;;
    pattern) echo "core" ;;
    account) echo "core" ;;
    storage) echo "core" ;;
    shape) echo "core pattern storage" ;;
    kernels) echo "core storage" ;;
    plan) echo "core pattern account storage shape kernels" ;;
    io) echo "core pattern account storage shape kernels plan ops" ;;
    ops) echo "core pattern account storage shape kernels plan" ;;
    nn) echo "core account shape plan ops" ;;
    models) echo "core account storage shape plan ops io nn" ;;
    report) echo "core account" ;;
    *) return 1 ;;
    esac
}

faults=0
for floor in $floors; do
    case "$floor" in
    pattern) folder=parser/abax/pattern ;;
    *) folder=lib/abax/$floor ;;
    esac
    allowed=" $floor $(below "$floor") "
    for file in "$folder"/*.hpp "$folder"/*.cpp; do
        for included in $(sed -n 's|^ *# *include *<abax/\([a-z_]*\)/.*|\1|p' "$file" | sort -u); do
            case "$allowed" in
            *" $included "*) ;;
            *)
                echo "$file includes <abax/$included/...>, which is not below '$floor'"
                faults=$((faults + 1))
                ;;
            esac
        done
    done
done

for folder in lib/abax/*/; do
    name=$(basename "$folder")
    case " $floors " in
    *" $name "*) ;;
    *)
        echo "lib/abax/$name is not in the list of floors"
        faults=$((faults + 1))
        ;;
    esac
done

# Heavy or private dependencies stay where they belong.
private() {
    pattern=$1
    shift
    for file in $(grep -rlE "$pattern" lib parser --include='*.hpp' --include='*.cpp' || true); do
        for home in "$@"; do
            case "$file" in $home) continue 2 ;; esac
        done
        echo "$file includes $pattern, which belongs to: $*"
        faults=$((faults + 1))
    done
}
private 'include *<(Eigen|unsupported)/' 'lib/abax/kernels/*' lib/abax/eigen.hpp  # opt-in, as fmt.hpp
private 'include *<tao/' 'parser/abax/pattern/*'
private 'include *<nlohmann/' '*.cpp'
private 'include *<fmt/' '*.cpp' lib/abax/fmt.hpp  # opt-in: not part of <abax/abax.hpp>

[ "$faults" -eq 0 ] || exit 1
echo "includes point down only"
