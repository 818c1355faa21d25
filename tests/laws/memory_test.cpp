#include <abax/account/ledger.hpp>
#include <abax/core/error.hpp>

#include "verbs.hpp"

#include <doctest/doctest.h>

#include <memory>

/// Axes that remember their factors, `(m: u w)`: they go by their own name, and count as the same numbers.
using namespace abax;
using namespace abax::laws;
using testing::bill_of;

namespace {

// x, whose axes of this name remember that they are u*w; w is `inner`.
any_tensor remembering(const any_tensor& x, const std::string& label, std::int64_t inner) {
    layout where = x.where();
    for (axis& a : where.axes)
        if (a.label == name(label))
            a.memory = std::make_shared<const factors>(factors{
                {name("u"), a.extent / inner}, {name("w"), inner}});
    return x.viewed(std::move(where));
}

}  // namespace

TEST_CASE(
    "laws: an axis that remembers its factors gives the same elements at the same price as one that does not"
) {
    for_each_site(1, [](const verb_case& v, const site& s) {
        // A pattern that splits or merges, or has axes of two extents under one name, is another call.
        if (!s.named || s.rank() == 0 || v.operands(s).empty() || v.label == "concat"
            || v.label == "assign a part" || v.label == "take_along")
            return;
        const std::string where = text_of(v, s);
        CAPTURE(where);
        const std::int64_t inner = s.pick(96, 2) == 0 || s.extent() == 0 ? 1 : s.extent();
        const parts plain = operands_at(v, s);
        parts merged;
        for (const any_tensor& x : plain)
            merged.push_back(remembering(x, s.label(s.at()), inner));

        parts wanted;
        parts got;
        const ledger plain_bill = bill_of([&] { wanted = v.run(plain, s); });
        const ledger merged_bill = bill_of([&] { got = v.run(merged, s); });

        REQUIRE(got.size() == wanted.size());
        for (std::size_t i = 0; i < got.size(); ++i) {
            CHECK(difference(grid_of(got[i]), grid_of(wanted[i])) == "");
        }
        CHECK(merged_bill.size() == plain_bill.size());
        CHECK(merged_bill.total() == plain_bill.total());
    });
}
