#pragma once

#include <map>
#include <ostream>
#include <set>
#include <string>

namespace conformance {

/// Counts what passed and failed, by operation or kind; quirks and extensions apart.
class tally {
public:
    tally(std::ostream& out, std::set<std::string> only) : out_(out), only_(std::move(only)) {}

    /// Whether cases of this operation or kind are asked for.
    [[nodiscard]] bool wants(const std::string& group) {
        met_.insert(group);
        return only_.empty() || only_.contains(group);
    }

    /// What was asked for and is the operation or kind of no case: a slip of the pen, or the wrong file.
    [[nodiscard]] std::set<std::string> unmet() const;

    void pass(const std::string& group) { ++groups_[group].passed; }
    void fail(
        const std::string& group,
        const std::string& id,
        const std::string& expected,
        const std::string& got
    );

    /// A case that is not judged by the file: an extension of the language.
    void set_aside(const std::string& group) { ++groups_[group].set_aside; }

    /// Prints the counts; whether nothing failed.
    bool report();

private:
    struct counts {
        long passed = 0;
        long failed = 0;
        long set_aside = 0;
    };

    std::ostream& out_;
    std::set<std::string> only_;
    std::set<std::string> met_;
    std::map<std::string, counts> groups_;
};

}  // namespace conformance
