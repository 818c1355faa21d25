#include <abax/ops/join.hpp>
#include <abax/ops/losses.hpp>
#include <abax/ops/names.hpp>
#include <abax/ops/order.hpp>
#include <abax/ops/pack.hpp>
#include <abax/ops/pad.hpp>
#include <abax/ops/parse_shape.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/rows.hpp>
#include <abax/ops/select.hpp>
#include <abax/ops/statistics.hpp>
#include <abax/ops/views.hpp>
#include <abax/plan/names_rule.hpp>
#include <abax/plan/pack_rule.hpp>
#include <abax/plan/views_rule.hpp>

#include "rules.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

/// The rules of verbs along axes of one tensor: all axes of all tensors of up to three axes.
namespace abax {

namespace {

using testing::as_in_type;
using testing::axes_of;
using testing::comparison;
using testing::dry_tensor;
using testing::lists_of;
using testing::read_pattern;

using texts = std::vector<std::string>;

const texts tensors = lists_of({"a", "b'", "(m: x y)", "(x y)", "_", "1"}, 3);
const texts one_axis{
    "a", "b'", "m", "(m: x y)", "(m: y x)", "(x y)", "(y x)", "x", "n", "_", "1", ""};

// One axis or none, then two and three.
texts axis_lists() {
    texts all = one_axis;
    for (const char* more : {"a b'", "b' a", "a m", "m (x y)", "a n", "(x y) a b'"})
        all.push_back(more);
    return all;
}

any_tensor of(const std::string& text, std::int64_t each = 2) {
    return dry_tensor(axes_of(text, each));
}

// rule(over, axes) beside verb(x, over).
template <class Rule, class Verb>
void compare(comparison& all, const texts& lists, const Rule& rule, const Verb& verb) {
    for (const std::string& over : lists)
        for (const std::string& axes : tensors)
            all.add(
                "over (" + over + ") of (" + axes + ")",
                rule(as_in_type(over), as_in_type(axes)),
                [&] { return verb(of(axes), over); }
            );
}

void check(const comparison& all, std::size_t accepted, std::size_t refused) {
    CHECK(all.text() == "");
    CHECK(all.about_extents() == 0);
    CHECK(all.accepted() >= accepted);
    CHECK(all.refused() >= refused);
}

// A verb that takes one axis, in either way of saying so.
auto along(effect what) {
    return [what](const static_axes& over, const static_axes& axes) {
        const verdict one = one_axis_rule(over);
        return one.ok() ? axis_rule(over, axes, what) : one;
    };
}
auto along_one(effect what) {
    return [what](const static_axes& over, const static_axes& axes) {
        return one_axis_rule(over, axes, what);
    };
}

}  // namespace

TEST_CASE("rules: verbs that keep the axis are foretold") {
    comparison all;
    compare(
        all,
        axis_lists(),
        along(effect::keeps),
        [](const any_tensor& x, const std::string& over) { return softmax(x, over).shape(); }
    );
    compare(
        all,
        axis_lists(),
        along_one(effect::keeps),
        [](const any_tensor& x, const std::string& over) { return log_softmax(x, over).shape(); }
    );
    compare(
        all,
        axis_lists(),
        along_one(effect::keeps),
        [](const any_tensor& x, const std::string& over) { return cumsum(x, over).shape(); }
    );
    check(all, 300, 300);
}

TEST_CASE("rules: verbs that drop the axis are foretold") {
    comparison all;
    compare(
        all,
        axis_lists(),
        along(effect::drops),
        [](const any_tensor& x, const std::string& over) { return argmax(x, over).shape(); }
    );
    compare(
        all,
        axis_lists(),
        along_one(effect::drops),
        [](const any_tensor& x, const std::string& over) { return argmin(x, over).shape(); }
    );
    compare(
        all,
        axis_lists(),
        along(effect::drops),
        [](const any_tensor& x, const std::string& over) { return at(x, over, 0).shape(); }
    );
    check(all, 300, 300);
}

TEST_CASE("rules: verbs that divide the axis are foretold") {
    comparison all;
    using along_axis = std::function<shape(const any_tensor&, const std::string&)>;
    const std::vector<along_axis> verbs{
        [](const any_tensor& x, const std::string& over) {
            return slice(x, {over, 0, 1}).shape();
        },
        [](const any_tensor& x, const std::string& over) { return chunk(x, over, 2)[0].shape(); },
        [](const any_tensor& x, const std::string& over) { return pad(x, over, 1, 0).shape(); },
        [](const any_tensor& x, const std::string& over) { return roll(x, over, 1).shape(); },
        [](const any_tensor& x, const std::string& over) { return take(x, {0}, over).shape(); },
        [](const any_tensor& x, const std::string& over) {
            return concat({x, x}, over).shape();
        }};
    for (const along_axis& one : verbs)
        compare(all, axis_lists(), along(effect::divides), one);
    for (const along_axis& one : std::vector<along_axis>{
             [](const any_tensor&x, const std::string&over) { return sort(x, over).shape(); },
             [](const any_tensor&x, const std::string&over) { return argsort(x, over).shape(); },
             [](const any_tensor&x, const std::string&over) {
                 return topk(x, over, 1).values.shape();
             },
             [](const any_tensor&x, const std::string&over) { return forget(x, over).shape(); }})
        compare(all, axis_lists(), along_one(effect::divides), one);
    check(all, 1'000, 1'000);
}

TEST_CASE("rules: verbs over several axes are foretold") {
    comparison all;
    const auto drops = [](const static_axes& over, const static_axes& axes) {
        return axis_rule(over, axes, effect::drops);
    };
    compare(all, axis_lists(), drops, [](const any_tensor& x, const std::string& over) {
        return sum(x, over).shape();
    });
    texts lists = axis_lists();
    lists.erase(std::find(lists.begin(), lists.end(), "")
    );  // a sum over no axes is none, the others refuse it
    compare(all, lists, drops, [](const any_tensor& x, const std::string& over) {
        return variance(x, over).shape();
    });
    compare(
        all,
        lists,
        [](const static_axes& over, const static_axes& axes) {
            return axis_rule(over, axes, effect::keeps);
        },
        [](const any_tensor& x, const std::string& over) { return normalize(x, over).shape(); }
    );
    compare(
        all,
        lists,
        [](const static_axes& over, const static_axes& axes) {
            return axis_rule(over, axes, effect::divides);
        },
        [](const any_tensor& x, const std::string& over) { return flip(x, over).shape(); }
    );
    compare(all, lists, drops, [](const any_tensor& x, const std::string& over) {
        shape axes = x.shape();
        for (axis& a : axes) {
            a.extent = 1;
            if (a.memory != nullptr)
                a.memory = axes_of(axis_text(a), 1)[0].memory;
        }
        return squeeze(dry_tensor(axes), over).shape();
    });
    check(all, 500, 500);
}

TEST_CASE("rules: permute is foretold for all orders") {
    comparison all;
    compare(
        all,
        lists_of({"a", "b'", "m", "(x y)", "(m: x y)", "n", "_"}, 3),
        permute_rule,
        [](const any_tensor& x, const std::string& order) { return permute(x, order).shape(); }
    );
    check(all, 30, 300);
}

TEST_CASE("rules: new axes are foretold") {
    comparison all;
    const auto added = [](const static_axes& label, const static_axes& axes) {
        const verdict one = new_axis_rule(label);
        return one.ok() ? added_rule(label, axes) : one;
    };
    compare(all, axis_lists(), added, [](const any_tensor& x, const std::string& label) {
        return broadcast(x, label, 3).shape();
    });
    compare(all, axis_lists(), added, [](const any_tensor& x, const std::string& label) {
        return unsqueeze(x, label).shape();
    });
    texts named = axis_lists();
    named.erase(std::find(named.begin(), named.end(), "")
    );  // a stack without a name is an unnamed one
    compare(all, named, added, [](const any_tensor& x, const std::string& label) {
        return stack({x, x}, label).shape();
    });
    for (const std::string& label : texts{"n", "a", "m"}) {
        compare(
            all,
            one_axis,
            [&](const static_axes& before, const static_axes& axes) {
                const verdict one = one_axis_rule(before);
                const verdict has = one.ok() ? axis_rule(before, axes, effect::keeps) : one;
                const std::size_t place = axis_table(axes.view()).find(before.view());
                return has.ok() ? added_rule(as_in_type(label), axes, place) : has;
            },
            [&](const any_tensor& x, const std::string& before) {
                return unsqueeze(x, label, before).shape();
            }
        );
        compare(
            all,
            one_axis,
            [&](const static_axes& over, const static_axes& axes) {
                const verdict one = one_axis_rule(over);
                return one.ok() ? unfold_rule(over, as_in_type(label), axes) : one;
            },
            [&](const any_tensor& x, const std::string& over) {
                return unfold(x, over, label, 1).shape();
            }
        );
    }
    check(all, 200, 200);
}

TEST_CASE("rules: diagonals are foretold") {
    comparison all;
    for (const char* text :
         {"a b' -> t",    "b' a -> t",      "a b' -> a", "a m -> m",  "m a -> n",
          "a (x y) -> t", "(x y) m -> n",   "a b' -> m", "a a -> t",  "a n -> t",
          "a -> t",       "a b' m -> t",    "a b'",      "a b' -> 1", "a b' -> (t)",
          "a b' ->",      " a  b'  ->  t ", "x y -> t",  "a _ -> t",  "a b' -> t u"})
        for (const std::string& axes : tensors)
            all.add(
                std::string(text) + " of (" + axes + ")",
                diagonal_rule(text, as_in_type(axes)),
                [&] {
                    shape equal = axes_of(axes);
                    for (axis& a : equal)
                        a.extent = a.memory != nullptr || a.label ? 4 : a.extent;
                    return diagonal(dry_tensor(equal), text).shape();
                }
            );
    check(all, 50, 200);
}

TEST_CASE("rules: rename is foretold") {
    comparison all;
    for (const char* text :
         {"a -> n",
          "a -> b', b' -> a",
          "a -> b'",
          "m -> n",
          "(x y) -> n",
          "(m: x y) -> n",
          "(x y) -> m",
          "a -> a",
          "x -> n",
          "n -> a",
          "a -> n, a -> o",
          "a -> n, b' -> n",
          "",
          "a",
          "a ->",
          "-> a",
          "a -> 1",
          "a -> (n)",
          "a -> n,",
          "_ -> n",
          "1 -> n",
          "a->n",
          " a  ->  n , b' -> a",
          "a -> n''",
          "a -> n_"})
        for (const std::string& axes : tensors) {
            const static_changes changes(text);
            all.add(
                std::string(text) + " of (" + axes + ")",
                changes.wrong().ok() ? rename_rule(changes, as_in_type(axes)) : changes.wrong(),
                [&] { return rename(of(axes), text).shape(); }
            );
        }
    check(all, 100, 200);
}

TEST_CASE("rules: pack, unpack and parse_shape are foretold") {
    comparison all;
    const texts few = lists_of({"a", "b'", "(m: x y)", "(m: y x)", "(x y)", "_"}, 2);
    for (const char* text : {"*", "a *", "* a", "a * b'", "* m", "(x y) *"}) {
        const read_pattern p(text, verb::pack);
        if (!p.is_legal())
            continue;
        for (const std::string& a : few)
            for (const std::string& b : few) {
                const static_axes parts[] = {as_in_type(a), as_in_type(b)};
                all.add(
                    std::string(text) + " of (" + a + "), (" + b + ")",
                    pack_rule(p.tree(), parts),
                    [&] {
                        const auto fit = [&](const std::string& axes) {
                            shape all_fours = axes_of(axes);
                            for (axis& each : all_fours)
                                each.extent = 4;
                            return dry_tensor(all_fours);
                        };
                        return pack(pattern_text(text), {fit(a), fit(b)}).values.shape();
                    }
                );
            }
    }
    check(all, 20, 200);
    comparison read;
    for (const char* text :
         {"_ a", "a b'", "a", "...", "... a", "a ... b'", "_", "m a", "a (x y)", "1 a"}) {
        const read_pattern p(text, verb::parse_shape);
        if (!p.is_legal())
            continue;
        for (const std::string& axes : tensors)
            read.add(
                std::string(text) + " reads (" + axes + ")",
                detail::match_list(p.tree(), as_in_type(axes)),
                [&] {
                    (void)parse_shape(of(axes), pattern_text(text));
                    return axes_of(axes);
                }
            );
    }
    CHECK(read.text() == "");
    CHECK(read.accepted() >= 50);
}

}  // namespace abax
