#pragma once

#include <abax/core/callback.hpp>

#include <cstddef>

namespace abax {

/// A shared block of bytes, aligned to 64; copying a buffer shares its block.
///
/// Blocks come from a pool: fresh pages cost more than the work on them (each is faulted in), so a
/// released block is kept for the next request of about its size. Thread-safe.
class buffer {
public:
    /// Bytes to which every pooled block is aligned: a cache line, and the widest vector register.
    static constexpr std::size_t alignment = 64;

    buffer() noexcept = default;
    ///@{
    /// Shares or takes over the block; no byte is copied.
    buffer(const buffer& other) noexcept;
    buffer(buffer&& other) noexcept : block_(other.block_) { other.block_ = nullptr; }
    buffer& operator=(buffer other) noexcept;
    ///@}
    ~buffer() {
        if (block_ != nullptr)
            drop();
    }

    /// A block of `bytes` bytes with undefined content. @throws abax::error allocation
    [[nodiscard]] static buffer allocate(std::size_t bytes);

    /// A buffer that stands for `bytes` bytes and holds none: what dry tensors share.
    [[nodiscard]] static buffer dry(std::size_t bytes);

    /// Foreign memory; `release` is called when nobody shares it any more (may be empty).
    [[nodiscard]] static buffer adopt(void* data, std::size_t bytes, callback<void()> release);

    /// Foreign memory that is never written to: who wants to write gets a copy.
    [[nodiscard]] static buffer adopt_read_only(
        void* data, std::size_t bytes, callback<void()> release
    );

    /// The first byte, aligned to `alignment` unless the memory is foreign; null if dry or empty.
    [[nodiscard]] std::byte* data() const noexcept;
    /// As asked for; of a dry buffer, what it stands for.
    [[nodiscard]] std::size_t bytes() const noexcept;
    /// Whether it stands for bytes that it does not hold; so does one without a block, as moving from it leaves it.
    [[nodiscard]] bool is_dry() const noexcept;

    /// Whether no other buffer shares the block, and it may be written to.
    [[nodiscard]] bool is_unique() const noexcept;

    /// Same block. An empty buffer is the same as nothing.
    [[nodiscard]] bool same_as(const buffer& other) const noexcept {
        return block_ != nullptr && block_ == other.block_;
    }

private:
    struct block;
    friend struct pool;
    explicit buffer(block* owned) noexcept : block_(owned) {}
    void drop() noexcept;  // there is a block

    block* block_ = nullptr;
};

/// What the pool holds now; bytes, as asked for (not as rounded up).
struct storage_figures {
    std::size_t live_bytes = 0;    ///< in use by buffers, foreign memory excluded
    std::size_t peak_bytes = 0;    ///< the most that was live at once since `reset_peak_bytes`
    std::size_t cached_bytes = 0;  ///< released and kept for reuse
};

/// The figures of this moment, over all threads.
[[nodiscard]] storage_figures storage() noexcept;

/// Starts a new measurement of the peak, at what is live now.
void reset_peak_bytes() noexcept;

/// Gives the kept blocks back to the system.
void release_cached_storage() noexcept;

}  // namespace abax
