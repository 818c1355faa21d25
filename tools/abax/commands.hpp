#pragma once

#include <CLI/CLI.hpp>

namespace cli {

// Each adds a command to the program. A command runs while the line is parsed; what it throws, main reports.
void add_run(CLI::App& app);
void add_forward(CLI::App& app);
void add_apply(CLI::App& app);
void add_check(CLI::App& app);
void add_explain(CLI::App& app);

}  // namespace cli
