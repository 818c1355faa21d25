#!/bin/sh
# Every function that takes or gives tensors and is declared in the public headers of the verbs is called in the laws.
# usage: every_verb.sh PROJECT_ROOT
set -eu
cd "$1"
faults=0

# Headers that are installed for their helpers, or whose functions are about text; and the forms with names in types, which
# tests/typed compares with those that are called here.
left_out='print|shape_argument|veneer|typed_.*|expect|explain'

names=$(
    for header in lib/abax/ops/*.hpp; do
        base=$(basename "$header" .hpp)
        if echo "$base" | grep -Eqx "$left_out"; then continue; fi
        if grep -Eq 'Private to this floor|^namespace abax::detail' "$header"; then continue; fi
        # "any_tensor name(", "tensor<...> name(" and the like at the start of a declaration.
        sed -nE 's/^(\[\[nodiscard\]\] )?(inline )?(any_tensor|tensor<[^(]*>|X|packed<[^(]*>|topk_result<[^(]*>|any_rope_table|rope_table<T>|std::vector<[^(]*>|bool|void) ([a-z_0-9]+)\(.*/\4/p' "$header"
        # The macros that declare families.
        sed -nE 's/^ABAX_(UNARY|BINARY|LOGICAL|REDUCTION|COMPARISON)\(([a-z_0-9]+).*/\2/p' "$header"
    done | grep -Evx 'operator|from_lists|stack_for|stacked_for|read_as|is_view|shape_of_type' | sort -u
)
for name in $names; do
    if ! grep -Eqw "$name" tests/laws/*.cpp; then
        echo "$name is declared in lib/abax/ops, and no law calls it"
        faults=$((faults + 1))
    fi
done

[ "$(echo "$names" | wc -l)" -gt 90 ] || { echo "the declarations are not found"; exit 1; }
[ "$faults" -eq 0 ] || exit 1
echo "all $(echo "$names" | wc -l) verbs have their laws"
