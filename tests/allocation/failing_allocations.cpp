#include "failing_allocations.hpp"

#include <abax/storage/allocation_probe.hpp>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

// Of this thread alone: others, of OpenMP or the test framework, are left in peace.
thread_local std::int64_t countdown = 0;  // 0: none fails
thread_local bool failed = false;
std::atomic<std::int64_t> live = 0;

bool may_allocate() {
    if (countdown == 0 || --countdown != 0)
        return true;
    failed = true;
    return false;
}

void* allocated(std::size_t bytes, std::size_t alignment) noexcept {
    if (!may_allocate())
        return nullptr;
    const std::size_t rounded = (bytes + alignment - 1) / alignment * alignment;
    void* const block = alignment <= alignof(std::max_align_t)
                          ? std::malloc(bytes == 0 ? 1 : bytes)
                          : std::aligned_alloc(alignment, rounded == 0 ? alignment : rounded);
    if (block != nullptr)
        ++live;
    return block;
}

void* allocated_or_thrown(std::size_t bytes, std::size_t alignment) {
    void* const block = allocated(bytes, alignment);
    if (block == nullptr)
        throw std::bad_alloc();
    return block;
}

void released(void* block) noexcept {
    if (block != nullptr)
        --live;
    std::free(block);
}

constexpr std::size_t plain = alignof(std::max_align_t);

}  // namespace

void* operator new(std::size_t bytes) {
    return allocated_or_thrown(bytes, plain);
}
void* operator new[](std::size_t bytes) {
    return allocated_or_thrown(bytes, plain);
}
void* operator new(std::size_t bytes, std::align_val_t alignment) {
    return allocated_or_thrown(bytes, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t bytes, std::align_val_t alignment) {
    return allocated_or_thrown(bytes, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t bytes, const std::nothrow_t& /*unused*/) noexcept {
    return allocated(bytes, plain);
}
void* operator new[](std::size_t bytes, const std::nothrow_t& /*unused*/) noexcept {
    return allocated(bytes, plain);
}
void operator delete(void* block) noexcept {
    released(block);
}
void operator delete[](void* block) noexcept {
    released(block);
}
void operator delete(void* block, std::size_t /*bytes*/) noexcept {
    released(block);
}
void operator delete[](void* block, std::size_t /*bytes*/) noexcept {
    released(block);
}
void operator delete(void* block, std::align_val_t /*alignment*/) noexcept {
    released(block);
}
void operator delete[](void* block, std::align_val_t /*alignment*/) noexcept {
    released(block);
}
void operator delete(void* block, std::size_t /*bytes*/, std::align_val_t /*alignment*/) noexcept {
    released(block);
}
void operator delete
    [](void* block, std::size_t /*bytes*/, std::align_val_t /*alignment*/) noexcept {
    released(block);
}
void operator delete(void* block, const std::nothrow_t& /*unused*/) noexcept {
    released(block);
}
void operator delete[](void* block, const std::nothrow_t& /*unused*/) noexcept {
    released(block);
}

namespace abax::testing {

failing_allocation::failing_allocation(std::int64_t n) noexcept {
    abax::detail::allocation_probe = &may_allocate;
    failed = false;
    countdown = n;
}

failing_allocation::~failing_allocation() {
    countdown = 0;
    abax::detail::allocation_probe = nullptr;
}

bool failing_allocation::happened() noexcept {
    return failed;
}

std::int64_t live_blocks() noexcept {
    return live;
}

}  // namespace abax::testing
