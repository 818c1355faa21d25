#include <abax/io/file_fault.hpp>
#include <abax/io/safetensors_json.hpp>
#include <abax/shape/shape.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace abax::io {

namespace {

constexpr std::string_view metadata_key = "__metadata__";

[[noreturn]] void rejected(std::string_view where, fault what) {
    throw_file_fault("safetensors", where, std::move(what));
}

/// Takes events instead of a tree: whatever the format has no place for is refused when it begins, so a hostile
/// header can neither nest nor grow, and a key that comes twice is still seen twice.
class header_reader final : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit header_reader(std::string_view where) : where_(where) {}

    safetensors_header result;

    bool start_object(std::size_t /*unknown*/) override {
        if (place_ == place::start)
            place_ = place::names;
        else if (place_ == place::names && key_ == metadata_key)
            place_ = place::metadata;
        else if (place_ == place::names)
            place_ = place::entry;
        else
            unexpected("an object");
        seen_ = {};
        return true;
    }

    bool key(string_t& text) override {
        switch (place_) {
        case place::names: begin_name(text); break;
        case place::metadata: require_new(!result.metadata.contains(text), text); break;
        default: begin_field(text);
        }
        key_ = std::move(text);
        return true;
    }

    bool end_object() override {
        if (place_ == place::entry)
            require_complete();
        place_ = place::names;
        return true;
    }

    bool start_array(std::size_t /*unknown*/) override {
        if (place_ != place::entry || key_ == "dtype")
            unexpected("a list");
        place_ = place::list;
        return true;
    }

    bool end_array() override {
        if (key_ == "data_offsets" && offsets_seen_ != 2)
            fail(
                {"'data_offsets' has too few numbers",
                 "[begin, end]",
                 std::to_string(offsets_seen_)}
            );
        place_ = place::entry;
        return true;
    }

    bool string(string_t& text) override {
        if (place_ == place::metadata)
            result.metadata.emplace(key_, std::move(text));
        else if (place_ == place::entry && key_ == "dtype")
            entry().dtype = std::move(text);
        else
            unexpected("a string");
        return true;
    }

    bool number_unsigned(number_unsigned_t value) override {
        if (place_ != place::list)
            unexpected("a number");
        if (key_ == "shape")
            add_extent(value);
        else
            add_offset(value);
        return true;
    }

    bool number_integer(number_integer_t value) override {
        if (place_ != place::list)
            unexpected("a number");
        fail(
            {'\'' + key_ + "' holds a negative number",
             "integers of 0 or more",
             std::to_string(value)}
        );
    }

    bool number_float(number_float_t /*value*/, const string_t& text) override {
        if (place_ != place::list)
            unexpected("a number");
        fail(
            {'\'' + key_ + "' holds a number that is no integer of 64 bits",
             "integers of 0 or more",
             shown(text)}
        );
    }

    bool null() override { unexpected("null"); }
    bool boolean(bool value) override { unexpected(value ? "true" : "false"); }
    bool binary(binary_t& /*value*/) override { unexpected("binary data"); }  // not in JSON text

    bool parse_error(
        std::size_t position, const std::string& /*token*/, const nlohmann::detail::exception& why
    ) override {
        // The parser's own text quotes the token, which can be as long as the header and any bytes.
        const bool is_encoding =
            std::string_view(why.what()).find("UTF-8") != std::string_view::npos;
        fail(
            {is_encoding ? "the header is not valid UTF-8" : "the header is not valid JSON",
             "one JSON object",
             "a mistake at byte " + std::to_string(position) + " of the header"}
        );
    }

private:
    enum class place { start, names, metadata, entry, list };

    safetensors_entry& entry() { return result.entries.back(); }

    void begin_name(const std::string& text) {
        if (text == metadata_key) {
            require_new(!std::exchange(has_metadata_, true), text);
            return;
        }
        const bool is_new = result.at.emplace(text, result.entries.size()).second;
        if (!is_new)
            rejected(
                tensor_in(where_, text), {"the header has this tensor twice", "each name once"}
            );
        result.entries.push_back({text, {}, {}, 0, 0});
        offsets_seen_ = 0;
    }

    void begin_field(const std::string& text) {
        const auto known = std::find(fields.begin(), fields.end(), text);
        if (known == fields.end())
            fail(
                {"the tensor has an unknown key " + shown(text),
                 "'dtype', 'shape' and 'data_offsets'"}
            );
        require_new(
            !std::exchange(seen_[static_cast<std::size_t>(known - fields.begin())], true), text
        );
    }

    void require_new(bool is_new, const std::string& text) const {
        if (!is_new)
            fail({"the header has the key " + shown(text) + " twice", "each key once"});
    }

    void require_complete() const {
        for (std::size_t i = 0; i < fields.size(); ++i)
            if (!seen_[i])
                fail(
                    {"the tensor lacks the key '" + std::string(fields[i]) + '\'',
                     "'dtype', 'shape' and 'data_offsets'"}
                );
    }

    void add_extent(std::uint64_t value) {
        if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            fail(
                {"an extent in 'shape' does not fit 63 bits",
                 "extents up to 9223372036854775807",
                 std::to_string(value)}
            );
        if (entry().extents.size() == max_rank)
            fail({"the tensor has more than " + std::to_string(max_rank) + " axes"});
        entry().extents.push_back(static_cast<std::int64_t>(value));
    }

    void add_offset(std::uint64_t value) {
        if (offsets_seen_ == 2)
            fail({"'data_offsets' has too many numbers", "[begin, end]"});
        (offsets_seen_ == 0 ? entry().begin : entry().end) = value;
        ++offsets_seen_;
    }

    [[noreturn]] void unexpected(const std::string& got) const {
        switch (place_) {
        case place::start: fail({"the header is not a JSON object", "an object", got});
        case place::names:
            fail({"the value of " + shown(key_) + " is of the wrong type", "an object", got});
        case place::metadata:
            fail({"the metadata " + shown(key_) + " is of the wrong type", "a string", got});
        case place::entry:
            fail(
                {'\'' + key_ + "' is of the wrong type",
                 key_ == "dtype" ? "a string" : "a list",
                 got}
            );
        case place::list: break;
        }
        fail({'\'' + key_ + "' holds something of the wrong type", "integers of 0 or more", got});
    }

    [[noreturn]] void fail(fault what) const {
        const bool in_tensor = place_ == place::entry || place_ == place::list;
        rejected(
            in_tensor ? tensor_in(where_, result.entries.back().name) : std::string(where_),
            std::move(what)
        );
    }

    static constexpr std::array<std::string_view, 3> fields = {"dtype", "shape", "data_offsets"};

    std::string_view where_;
    place place_ = place::start;
    std::string key_;
    std::array<bool, 3> seen_ = {};  // which of `fields` this tensor has had
    std::size_t offsets_seen_ = 0;
    bool has_metadata_ = false;
};

}  // namespace

safetensors_header parse_safetensors_json(std::string_view text, std::string_view where) {
    // The JSON parser takes a zero byte for the end of its input and would not look at what follows.
    if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos)
        rejected(
            where,
            {"the header is not valid JSON",
             "one JSON object",
             "a zero byte at byte " + std::to_string(zero) + " of the header"}
        );
    header_reader reader(where);
    (void)nlohmann::json::sax_parse(text.begin(), text.end(), &reader);
    return std::move(reader.result);
}

}  // namespace abax::io
