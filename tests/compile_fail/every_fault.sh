#!/bin/sh
# Every kind of fault of a pattern stands in a program of language/ that must not compile, and every sentence of a refusal in one of
# rules/. A sentence that no rule can say is to be deleted, not listed here.
# usage: every_fault.sh PROJECT_ROOT
set -eu
root=$1
missing=0

# Each enumerator of the enumeration $1 in file $2 must be a word of a WRONG comment in the folder $3.
check() {
    names=$(sed -n "/^enum class $1 /,/^};/p" "$root/$2" | sed -nE 's/^    ([a-z_0-9]+),.*/\1/p' | grep -vx none)
    [ -n "$names" ] || { echo "$2 has no enumeration $1: the check itself is broken"; exit 1; }
    for name in $names; do
        if ! grep -qE "^// WRONG( [0-9]+)?: .*\| $name( \||$)" "$root/tests/compile_fail/$3"/*.cpp; then
            echo "no program of tests/compile_fail/$3 is refused for $1 $name"
            missing=$((missing + 1))
        fi
    done
    echo "$1: $(echo "$names" | wc -l) kinds"
}

check fault_kind parser/abax/pattern/fault.hpp language
check sentence lib/abax/shape/refusal.hpp rules
[ "$missing" -eq 0 ]
