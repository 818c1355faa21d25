#include <abax/account/ledger.hpp>
#include <abax/core/error.hpp>

namespace abax {

namespace {

thread_local const causal_mask* innermost_mask = nullptr;

}  // namespace

causal_mask::causal_mask(std::string_view queries, std::string_view keys)
    : queries_(queries), keys_(keys), outer_(innermost_mask) {
    if (!queries_ || !keys_ || queries_ == keys_)
        throw error(
            {.kind = category::usage,
             .operation = "causal_mask",
             .message = "a causal mask needs two different axes",
             .axis = std::string(queries),
             .expected = "the queries' axis and the keys', e.g. \"s\" and \"s'\"",
             .got = '"' + std::string(queries) + "\" and \"" + std::string(keys) + '"'}
        );
    innermost_mask = this;
}

causal_mask::~causal_mask() {
    innermost_mask = outer_;
}

const causal_mask* causal_mask::innermost() noexcept {
    return innermost_mask;
}

}  // namespace abax
