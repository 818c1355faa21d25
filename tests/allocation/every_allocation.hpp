#pragma once

#include <abax/account/ledger.hpp>
#include <abax/core/error.hpp>
#include <abax/shape/any_tensor.hpp>

#include "failing_allocations.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <new>
#include <string>
#include <vector>

namespace abax::testing {

/// The elements of contiguous tensors, to see later that nobody has written to them.
class snapshot {
public:
    explicit snapshot(const std::vector<any_tensor>& tensors) : tensors_(tensors) {
        for (const any_tensor& x : tensors)
            bytes_.push_back(bytes_of(x));
    }
    [[nodiscard]] bool holds() const {
        for (std::size_t i = 0; i < tensors_.size(); ++i)
            if (bytes_of(tensors_[i]) != bytes_[i])
                return false;
        return true;
    }

private:
    static std::string bytes_of(const any_tensor& x) {
        const auto count = static_cast<std::size_t>(x.volume()) * size_of(x.type());
        return {reinterpret_cast<const char*>(x.data()), count};
    }
    std::vector<any_tensor> tensors_;
    std::vector<std::string> bytes_;
};

/// Runs `body` with the first allocation failing, then the second, ... until one run succeeds.
///
/// Each failure must come out as std::bad_alloc or as an `error` of category allocation, leave `operands` as they
/// were, hold no memory of the pool, and put nothing on the bill of an operation that failed: no more than
/// `records_before_failure`, those of operations that had succeeded.
/// @return  how many allocations were made to fail
template <class Body>
std::int64_t fail_every_allocation(
    const std::vector<any_tensor>& operands, std::size_t records_before_failure, const Body& body
) {
    constexpr std::int64_t most = 20000;
    const snapshot before(operands);
    const std::size_t live_bytes = storage().live_bytes;
    for (std::int64_t n = 1; n < most; ++n) {
        CAPTURE(n);
        ledger bill;
        bool survived = false;
        bool other = false;
        {
            const recording on(bill);
            const failing_allocation fails(n);
            try {
                body();
                survived = true;
            } catch (const std::bad_alloc&) {
            } catch (const error& thrown) {
                other = thrown.kind() != category::allocation;
            }
        }
        CHECK_FALSE(other);
        CHECK(before.holds());
        CHECK(storage().live_bytes == live_bytes);
        if (!survived)
            CHECK(bill.size() <= records_before_failure);
        if (survived && !failing_allocation::happened())
            return n - 1;
    }
    FAIL("the body never runs to its end");
    return most;
}

}  // namespace abax::testing
