#include <abax/core/error.hpp>
#include <abax/storage/allocation_probe.hpp>
#include <abax/storage/buffer.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

namespace abax {

struct buffer::block {
    std::atomic<std::size_t> owners = 1;
    std::byte* data = nullptr;
    std::size_t bytes = 0;
    std::size_t size_class = 0;  // of the pool; meaningful when pooled
    bool pooled = false;
    bool dry = false;
    bool read_only = false;
    callback<void()> release = {};
};

namespace {

// Four size classes to each power of two keep the waste below a quarter.
constexpr std::size_t class_count = 4 * 48;
constexpr std::size_t most_cached_bytes = std::size_t{1} << 30U;

std::size_t class_of(std::size_t bytes) {
    const std::size_t lines = bytes <= buffer::alignment ? 0 : (bytes - 1) / buffer::alignment;
    if (lines < 4)
        return lines;
    const auto power = static_cast<std::size_t>(std::bit_width(lines)) - 3;
    return 4 * power + (lines >> power);
}

std::size_t capacity_of(std::size_t size_class) {
    if (size_class < 8)
        return (size_class + 1) * buffer::alignment;
    const std::size_t power = size_class / 4 - 1;
    return ((size_class % 4 + 4 + 1) << power) * buffer::alignment;
}

[[noreturn]] void out_of_memory(std::size_t bytes) {
    throw error(
        {.kind = category::allocation,
         .message = "memory for " + std::to_string(bytes) + " bytes could not be had",
         .help = "use smaller extents, or a dry run to see what they would need"}
    );
}

}  // namespace

// Blocks are kept whole, with the few words that describe them: one that is used again allocates nothing.
struct pool {
    std::mutex guard;
    std::array<std::vector<buffer::block*>, class_count> free_blocks;
    storage_figures figures;

    // Never destroyed: tensors in static objects may be released after it otherwise would be.
    static pool& instance() {
        static auto* const the_pool = new pool;
        return *the_pool;
    }

    buffer::block* take(std::size_t bytes, std::size_t size_class) {
        if (auto* const may = detail::allocation_probe.load(std::memory_order_relaxed);
            may && !may())
            out_of_memory(bytes);
        if (buffer::block* const kept = take_kept(bytes, size_class))
            return kept;
        buffer::block* const made = fresh(bytes, size_class);
        const std::lock_guard lock(guard);
        count_live(bytes);
        return made;
    }

    void give_back(buffer::block* given) noexcept {
        {
            const std::lock_guard lock(guard);
            figures.live_bytes -= given->bytes;
            const std::size_t capacity = capacity_of(given->size_class);
            if (figures.cached_bytes + capacity <= most_cached_bytes) {
                try {
                    free_blocks[given->size_class].push_back(given);
                    figures.cached_bytes += capacity;
                    return;
                } catch (const std::bad_alloc&) {
                    // No room for the list itself: the block goes back to the system.
                }
            }
        }
        release(given);
    }

    void release_all() noexcept {
        const std::lock_guard lock(guard);
        for (auto& blocks : free_blocks) {
            for (buffer::block* const kept : blocks)
                release(kept);
            blocks.clear();
        }
        figures.cached_bytes = 0;
    }

private:
    // The block that was released last, which may still be in a cache of the processor; null if none is kept.
    buffer::block* take_kept(std::size_t bytes, std::size_t size_class) noexcept {
        const std::lock_guard lock(guard);
        auto& blocks = free_blocks[size_class];
        if (blocks.empty())
            return nullptr;
        buffer::block* const kept = blocks.back();
        blocks.pop_back();
        figures.cached_bytes -= capacity_of(size_class);
        count_live(bytes);
        kept->owners.store(1, std::memory_order_relaxed);
        kept->bytes = bytes;
        return kept;
    }

    static buffer::block* fresh(std::size_t bytes, std::size_t size_class) {
        auto made = std::make_unique<buffer::block>();
        made->data =
            static_cast<std::byte*>(std::aligned_alloc(buffer::alignment, capacity_of(size_class)));
        if (made->data == nullptr)
            out_of_memory(bytes);
        made->bytes = bytes;
        made->size_class = size_class;
        made->pooled = true;
        return made.release();
    }

    static void release(buffer::block* pooled) noexcept {
        std::free(pooled->data);
        delete pooled;
    }

    void count_live(std::size_t bytes) noexcept {
        figures.live_bytes += bytes;
        figures.peak_bytes = std::max(figures.peak_bytes, figures.live_bytes);
    }
};

buffer::buffer(const buffer& other) noexcept : block_(other.block_) {
    if (block_ != nullptr)
        block_->owners.fetch_add(1, std::memory_order_relaxed);
}

buffer& buffer::operator=(buffer other) noexcept {
    std::swap(block_, other.block_);
    return *this;
}

void buffer::drop() noexcept {
    // The last owner is alone: nobody is left who could share the block meanwhile, and no atomic subtraction is due.
    if (block_->owners.load(std::memory_order_acquire) != 1
        && block_->owners.fetch_sub(1, std::memory_order_acq_rel) != 1)
        return;
    if (block_->pooled) {
        pool::instance().give_back(block_);
        return;
    }
    if (block_->release)
        block_->release();
    delete block_;
}

buffer buffer::allocate(std::size_t bytes) {
    const std::size_t size_class = class_of(bytes);
    if (size_class >= class_count)
        out_of_memory(bytes);
    return buffer(pool::instance().take(bytes, size_class));
}

buffer buffer::dry(std::size_t bytes) {
    buffer result(new block);
    result.block_->bytes = bytes;
    result.block_->dry = true;
    return result;
}

buffer buffer::adopt(void* data, std::size_t bytes, callback<void()> release) {
    buffer result(new block);
    result.block_->data = static_cast<std::byte*>(data);
    result.block_->bytes = bytes;
    result.block_->release = std::move(release);
    return result;
}

buffer buffer::adopt_read_only(void* data, std::size_t bytes, callback<void()> release) {
    buffer result = adopt(data, bytes, std::move(release));
    result.block_->read_only = true;
    return result;
}

std::byte* buffer::data() const noexcept {
    return block_ == nullptr ? nullptr : block_->data;
}

std::size_t buffer::bytes() const noexcept {
    return block_ == nullptr ? 0 : block_->bytes;
}

bool buffer::is_dry() const noexcept {
    return block_ == nullptr || block_->dry;
}

bool buffer::is_unique() const noexcept {
    return block_ != nullptr && !block_->read_only
        && block_->owners.load(std::memory_order_acquire) == 1;
}

storage_figures storage() noexcept {
    auto& shared = pool::instance();
    const std::lock_guard lock(shared.guard);
    return shared.figures;
}

void reset_peak_bytes() noexcept {
    auto& shared = pool::instance();
    const std::lock_guard lock(shared.guard);
    shared.figures.peak_bytes = shared.figures.live_bytes;
}

void release_cached_storage() noexcept {
    pool::instance().release_all();
}

}  // namespace abax
