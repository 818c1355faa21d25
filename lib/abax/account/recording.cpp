#include <abax/account/ledger.hpp>

namespace abax {

namespace {

thread_local const recording* innermost_recording = nullptr;

bool is_open_on(const ledger& bill) noexcept {
    for (auto* open = innermost_recording; open != nullptr; open = open->outer())
        if (&open->bill() == &bill)
            return true;
    return false;
}

}  // namespace

recording::recording(ledger& bill) noexcept : bill_(&bill), outer_(innermost_recording) {
    // A function that opens a recording may be called within one on the same bill: what it does
    // is still billed once.
    if (!is_open_on(bill))
        innermost_recording = this;
}

recording::~recording() {
    innermost_recording = outer_;
}

const recording* recording::innermost() noexcept {
    return innermost_recording;
}

}  // namespace abax
