#pragma once

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace abax {

/// Throws abax::error usage: a function that is not there was called.
[[noreturn]] void throw_empty_callback();

template <class Signature>
class callback;

/// A function to be called back: anything that can be called so, or nothing. A value, as `std::function` is; its header
/// compiles in a fraction of the time.
///
/// What is small and trivial (a lambda with two references) is held in place, anything else in a block of its own.
template <class R, class... Args>
class callback<R(Args...)> {
    template <class F>
    static constexpr bool acceptable = [] {
        if constexpr (std::is_same_v<F, callback>)
            return false;
        else
            return requires(F & f, Args... args) {
                static_cast<R>(f(std::forward<Args>(args)...));
            };
    }();

public:
    ///@{
    /// Nothing.
    callback() noexcept = default;
    callback(std::nullptr_t) noexcept {}  // NOLINT(google-explicit-constructor): as a pointer is
    ///@}
    /// Calls `f`, a copy of it. A null pointer and an empty `std::function` are nothing.
    template <class F, class Held = std::decay_t<F>>
    requires(acceptable<Held>) callback(F&& f) {  // NOLINT(*-explicit-*)
        if constexpr (!std::is_empty_v<Held> && requires { static_cast<bool>(f == nullptr); })
            if (f == nullptr)
                return;
        if constexpr (in_place<Held>)
            ::new (static_cast<void*>(room_)) Held(std::forward<F>(f));
        else
            ::new (static_cast<void*>(room_)) Held*(new Held(std::forward<F>(f)));
        acts_ = &actions_of<Held>;
    }
    ///@{
    /// A copy calls a copy; what is moved from is nothing.
    callback(const callback& other) : acts_(other.acts_) {
        if (acts_ != nullptr)
            acts_->copy(other.room_, room_);
    }
    callback(callback&& other) noexcept { swap(other); }
    callback& operator=(callback other) noexcept {
        swap(other);
        return *this;
    }
    ///@}
    ~callback() {
        if (acts_ != nullptr)
            acts_->destroy(room_);
    }

    /// Whether there is something to call.
    [[nodiscard]] explicit operator bool() const noexcept { return acts_ != nullptr; }
    /// Whether there is nothing to call.
    friend bool operator==(const callback& f, std::nullptr_t) noexcept { return !f; }

    /// Calls it. @throws abax::error usage: there is nothing to call
    R operator()(Args... args) const {
        if (acts_ == nullptr)
            throw_empty_callback();
        return acts_->call(room_, std::forward<Args>(args)...);
    }

private:
    using bytes = std::byte[2 * sizeof(void*)];

    struct actions {
        R (*call)(const bytes& room, Args&&... args);
        void (*copy)(const bytes& from, bytes& to);
        void (*destroy)(bytes& room) noexcept;
    };

    // Whatever is held may be moved by moving the bytes.
    template <class Held>
    static constexpr bool in_place =
        std::is_trivially_copyable_v<Held> && sizeof(Held) <= sizeof(bytes)
        && alignof(Held) <= alignof(void*);

    // As of std::function, calling one that is const calls what it holds as it was declared.
    template <class Held>
    static Held& held_in(const bytes& room) noexcept {
        auto* const at = const_cast<std::byte*>(room);
        if constexpr (in_place<Held>)
            return *std::launder(reinterpret_cast<Held*>(at));
        else
            return **std::launder(reinterpret_cast<Held**>(at));
    }

    template <class Held>
    static constexpr actions actions_of = {
        [](const bytes& room, Args&&... args) -> R {
            return static_cast<R>(held_in<Held>(room)(std::forward<Args>(args)...));
        },
        [](const bytes& from, bytes& to) {
            if constexpr (in_place<Held>)
                ::new (static_cast<void*>(to)) Held(held_in<Held>(from));
            else
                ::new (static_cast<void*>(to)) Held*(new Held(held_in<Held>(from)));
        },
        [](bytes& room) noexcept {
            if constexpr (!in_place<Held>)
                delete &held_in<Held>(room);
        }};

    void swap(callback& other) noexcept {
        std::swap(room_, other.room_);
        std::swap(acts_, other.acts_);
    }

    alignas(void*) bytes room_ = {};
    const actions* acts_ = nullptr;
};

}  // namespace abax
