#pragma once

#include <abax/io/file_path.hpp>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace abax::models {

/// @throws abax::error config: always
[[noreturn]] void reject_config(
    const std::string& file, std::string message, std::string expected = {}, std::string got = {}
);

/// @throws abax::error config: an extent below 1
void require_positive(std::initializer_list<std::int64_t> extents, const std::string& file);

/// The keys of a model's config.json, each read with a check of its type and range.
///
/// What is asked for by `key` alone must be there; what has a fallback may be left out or null. All faults are `config`
/// errors that name the file and the key.
class config_fields {
public:
    /// Far above any model, far below where products of extents would overflow.
    static constexpr std::int64_t most_extent = std::int64_t{1} << 40U;
    /// More than any model has; each costs time, even dry.
    static constexpr std::int64_t most_layers = 10000;

    /// Reads `folder`/config.json. @throws abax::error file: missing or no JSON; config: no object
    [[nodiscard]] static config_fields open(const file_path& folder);

    /// The path of the file, for messages.
    [[nodiscard]] const std::string& file() const noexcept;

    [[nodiscard]] bool contains(std::string_view key) const;
    /// Whether the key is there and not null.
    [[nodiscard]] bool has_value(std::string_view key) const;

    /// The key `model_type`, or "" if it is missing or no text.
    [[nodiscard]] std::string model_type() const;
    /// @throws abax::error config: another `model_type`; `title` is what the model is called: "a GPT-2"
    void require_model_type(std::string_view wanted, std::string_view title) const;

    /// From 1 to `most`.
    [[nodiscard]] std::int64_t whole_number(std::string_view key, std::int64_t most = most_extent)
        const;
    [[nodiscard]] std::int64_t whole_number_or(
        std::string_view key, std::int64_t fallback, std::int64_t most = most_extent
    ) const;
    /// Between 0 and `below`, both exclusive.
    [[nodiscard]] double number_or(std::string_view key, double fallback, double below) const;
    [[nodiscard]] bool boolean_or(std::string_view key, bool fallback) const;
    /// `expected` are the texts that are understood, for the message.
    [[nodiscard]] std::string text_or(
        std::string_view key, std::string_view fallback, std::string_view expected
    ) const;

    /// The object under `key`; one without keys if it is missing or null.
    [[nodiscard]] config_fields object_or_empty(std::string_view key) const;

    /// Refuses switches of variants that change the arithmetic: ignoring them would give wrong numbers silently.
    /// @throws abax::error config: the key has another value
    void require_if_present(std::string_view key, bool supported) const;

    /// What stands under `key`, as JSON; for messages.
    [[nodiscard]] std::string text_of(std::string_view key) const;

private:
    struct contents;
    explicit config_fields(std::shared_ptr<const contents> parsed) noexcept
        : contents_(std::move(parsed)) {}

    std::shared_ptr<const contents> contents_;
};

}  // namespace abax::models
