#pragma once

#include <abax/core/checked.hpp>

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <new>
#include <utility>

namespace abax {

/// A vector that lives in place and never allocates: up to `Capacity` elements, only the live ones are copied.
/// Moving from one leaves it empty.
///
/// Growing past the capacity throws `overflow`.
template <class T, std::size_t Capacity>
class static_vector {
public:
    using value_type = T;
    using iterator = T*;
    using const_iterator = const T*;

    static_vector() noexcept {}
    static_vector(std::initializer_list<T> values) { append(values.begin(), values.end()); }
    explicit static_vector(std::size_t count, const T& value = T{}) { resize(count, value); }
    template <class Iterator>
    static_vector(Iterator first, Iterator last) {
        append(first, last);
    }
    static_vector(const static_vector& other) { copy(other); }
    static_vector(static_vector&& other) noexcept { take(other); }
    static_vector& operator=(const static_vector& other) {
        if (this != &other) {
            clear();
            copy(other);
        }
        return *this;
    }
    static_vector& operator=(static_vector&& other) noexcept {
        if (this != &other) {
            clear();
            take(other);
        }
        return *this;
    }
    ~static_vector() { clear(); }

    [[nodiscard]] T* data() noexcept { return std::launder(reinterpret_cast<T*>(bytes_)); }
    [[nodiscard]] const T* data() const noexcept {
        return std::launder(reinterpret_cast<const T*>(bytes_));
    }
    [[nodiscard]] iterator begin() noexcept { return data(); }
    [[nodiscard]] iterator end() noexcept { return data() + size_; }
    [[nodiscard]] const_iterator begin() const noexcept { return data(); }
    [[nodiscard]] const_iterator end() const noexcept { return data() + size_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] T& operator[](std::size_t i) noexcept { return data()[i]; }
    [[nodiscard]] const T& operator[](std::size_t i) const noexcept { return data()[i]; }
    [[nodiscard]] T& back() noexcept { return data()[size_ - 1]; }
    [[nodiscard]] const T& back() const noexcept { return data()[size_ - 1]; }

    void push_back(T value) {
        require_room(size_ + 1);
        std::construct_at(data() + size_, std::move(value));
        ++size_;
    }
    void pop_back() noexcept { std::destroy_at(data() + --size_); }
    void insert(std::size_t at, T value) {
        push_back(std::move(value));
        for (std::size_t i = size_ - 1; i > at; --i)
            std::swap(data()[i], data()[i - 1]);
    }
    void erase(std::size_t at) noexcept {
        for (std::size_t i = at + 1; i < size_; ++i)
            data()[i - 1] = std::move(data()[i]);
        pop_back();
    }
    void resize(std::size_t count, const T& value = T{}) {
        require_room(count);
        while (size_ > count)
            pop_back();
        std::uninitialized_fill(begin() + size_, begin() + count, value);
        size_ = count;
    }
    void clear() noexcept {
        std::destroy(begin(), end());
        size_ = 0;
    }

    friend bool operator==(const static_vector& a, const static_vector& b) {
        if (a.size() != b.size())
            return false;
        for (std::size_t i = 0; i < a.size(); ++i)
            if (!(a[i] == b[i]))
                return false;
        return true;
    }

private:
    template <class Iterator>
    void append(Iterator first, Iterator last) {
        for (; first != last; ++first)
            push_back(*first);
    }
    // Both: into an empty one, from one that fits. Elements are few, and most lists are copied and moved all the time.
    void copy(const static_vector& other) {
        std::uninitialized_copy(other.begin(), other.end(), data());
        size_ = other.size_;
    }
    void take(static_vector& other) noexcept {
        // One by one: what is moved from is destroyed before it is ever stored.
        for (std::size_t i = 0; i < other.size_; ++i) {
            std::construct_at(data() + i, std::move(other[i]));
            std::destroy_at(other.data() + i);
        }
        size_ = std::exchange(other.size_, 0);
    }
    static void require_room(std::size_t count) {
        if (count > Capacity)
            throw_overflow("a list of more than 32 axes");
    }

    alignas(T) std::byte bytes_[Capacity * sizeof(T)];
    std::size_t size_ = 0;
};

/// The most axes a tensor or a pattern can have.
inline constexpr std::size_t max_rank = 32;

}  // namespace abax
