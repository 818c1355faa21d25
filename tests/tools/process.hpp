#pragma once

#include "../io/scratch.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace abax::testing {

/// What a program that has ended left behind.
struct outcome {
    int exit_code = -1;  ///< 128 + the signal that ended it
    std::string out;
    std::string err;
    long peak_kilobytes = 0;
};

using arguments = std::vector<std::string>;

/// For CAPTURE.
[[nodiscard]] inline std::string joined(const arguments& all) {
    std::string text;
    for (const std::string& one : all)
        text += '\'' + one + "' ";
    return text;
}

/// One end of a pipe, closed when it goes.
class pipe_end {
public:
    explicit pipe_end(int descriptor) : descriptor_(descriptor) {}
    ~pipe_end() { close(); }
    pipe_end(const pipe_end&) = delete;
    pipe_end& operator=(const pipe_end&) = delete;

    [[nodiscard]] int get() const { return descriptor_; }
    void close() {
        if (descriptor_ >= 0)
            ::close(descriptor_);
        descriptor_ = -1;
    }

private:
    int descriptor_;
};

struct spawn_actions {
    posix_spawn_file_actions_t raw = {};
    spawn_actions() { posix_spawn_file_actions_init(&raw); }
    ~spawn_actions() { posix_spawn_file_actions_destroy(&raw); }
    spawn_actions(const spawn_actions&) = delete;
    spawn_actions& operator=(const spawn_actions&) = delete;
};

/// Reads both pipes to their ends at once: a program that fills one while we wait for the other would stall.
inline void drain(pipe_end& out, std::string& out_text, pipe_end& err, std::string& err_text) {
    std::array<pollfd, 2> ends = {pollfd{out.get(), POLLIN, 0}, pollfd{err.get(), POLLIN, 0}};
    const std::array<std::string*, 2> texts = {&out_text, &err_text};
    std::array<char, 65536> buffer;
    while (ends[0].fd >= 0 || ends[1].fd >= 0) {
        if (::poll(ends.data(), ends.size(), -1) < 0)
            continue;
        for (std::size_t i = 0; i < ends.size(); ++i) {
            if (ends[i].fd < 0 || ends[i].revents == 0)
                continue;
            const ssize_t count = ::read(ends[i].fd, buffer.data(), buffer.size());
            if (count > 0)
                texts[i]->append(buffer.data(), static_cast<std::size_t>(count));
            else
                ends[i].fd = -1;  // poll passes over it
        }
    }
}

enum class standard_output { captured, closed };

/// Runs a program to its end, without input.
[[nodiscard]] inline outcome run_program(
    const char* program, const arguments& of_it, standard_output where = standard_output::captured
) {
    std::array<int, 2> out_ends = {};
    std::array<int, 2> err_ends = {};
    if (::pipe2(out_ends.data(), O_CLOEXEC) != 0 || ::pipe2(err_ends.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe for the test");
    pipe_end out_read(out_ends[0]), out_write(out_ends[1]);
    pipe_end err_read(err_ends[0]), err_write(err_ends[1]);

    spawn_actions actions;
    posix_spawn_file_actions_addclose(&actions.raw, STDIN_FILENO);
    if (where == standard_output::captured)
        posix_spawn_file_actions_adddup2(&actions.raw, out_write.get(), STDOUT_FILENO);
    else
        posix_spawn_file_actions_addclose(&actions.raw, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions.raw, err_write.get(), STDERR_FILENO);

    arguments owned = of_it;
    std::vector<char*> argv = {const_cast<char*>(program)};
    for (std::string& text : owned)
        argv.push_back(text.data());
    argv.push_back(nullptr);
    pid_t child = 0;
    if (::posix_spawn(&child, program, &actions.raw, nullptr, argv.data(), environ) != 0)
        throw std::runtime_error(std::string("cannot run ") + program);
    out_write.close();
    err_write.close();

    outcome result;
    drain(out_read, result.out, err_read, result.err);
    int status = 0;
    rusage used = {};
    while (::wait4(child, &status, 0, &used) < 0)
        ;
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    result.peak_kilobytes = used.ru_maxrss;
    return result;
}

[[nodiscard]] inline outcome run_abax(
    const arguments& of_it, standard_output where = standard_output::captured
) {
    return run_program(ABAX_COMMAND, of_it, where);
}

[[nodiscard]] inline outcome run_conformance(const arguments& of_it) {
    return run_program(ABAX_CONFORMANCE, of_it);
}

/// What an outcome lacks of a success without a word on stderr; empty if nothing.
[[nodiscard]] inline std::string fault_of_success(const outcome& o) {
    if (o.exit_code != 0)
        return "exit code " + std::to_string(o.exit_code) + ": " + o.err;
    return o.err.empty() ? "" : "on stderr: " + o.err;
}

/// What an outcome lacks of a refusal: exit code 2, nothing on stdout, and on stderr one message that begins with
/// "abax", goes on in indented lines only, and has each of `words`. Empty if nothing.
[[nodiscard]] inline std::string fault_of_refusal(
    const outcome& o, const std::vector<std::string>& words
) {
    const std::string shown = "; stderr: " + o.err;
    if (o.exit_code != 2)
        return "exit code " + std::to_string(o.exit_code) + shown;
    if (!o.out.empty())
        return "on stdout: " + o.out;
    if (!o.err.starts_with("abax: ") || !o.err.ends_with('\n'))
        return "not a message of abax" + shown;
    for (std::size_t at = o.err.find('\n'); at + 1 < o.err.size(); at = o.err.find('\n', at + 1))
        if (o.err.compare(at + 1, 2, "  ") != 0)
            return "more than one message" + shown;
    for (const std::string& word : words)
        if (o.err.find(word) == std::string::npos)
            return "no word of '" + word + '\'' + shown;
    return {};
}

/// Parsed, or a failure of the test.
[[nodiscard]] inline nlohmann::json parsed(const std::string& text) {
    const auto result = nlohmann::json::parse(text, nullptr, false);
    REQUIRE_MESSAGE(!result.is_discarded(), "no JSON: ", text);
    return result;
}

[[nodiscard]] inline nlohmann::json json_of(const std::filesystem::path& file) {
    return parsed(content_of(file));
}

/// Whether `text` has `part`.
[[nodiscard]] inline bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace abax::testing
