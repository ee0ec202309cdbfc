// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Every command: a file each, listed here and in the table of cli.cpp.
#ifndef COMPILER_CLI_COMMANDS_H
#define COMPILER_CLI_COMMANDS_H

#include <functional>

#include <CLI/CLI.hpp>

#include "compiler/cli/console.h"

namespace cordon::cli {

// What a command line asked for: set while parsing, run afterwards.
struct Session {
  GlobalOptions globals;
  std::function<ExitCode(const Console&)> action;
  CLI::App* root = nullptr;
};

void add_init(CLI::App& app, Session& session);
void add_fmt(CLI::App& app, Session& session);
void add_check(CLI::App& app, Session& session);
void add_diff(CLI::App& app, Session& session);
void add_test(CLI::App& app, Session& session);
void add_drift(CLI::App& app, Session& session);
void add_graph(CLI::App& app, Session& session);
void add_ci(CLI::App& app, Session& session);
void add_compile(CLI::App& app, Session& session);
void add_passes(CLI::App& app, Session& session);
void add_verify(CLI::App& app, Session& session);
void add_schema(CLI::App& app, Session& session);
void add_explain(CLI::App& app, Session& session);
void add_query(CLI::App& app, Session& session);
void add_resolve(CLI::App& app, Session& session);
void add_report(CLI::App& app, Session& session);
void add_blame(CLI::App& app, Session& session);
void add_why(CLI::App& app, Session& session);
void add_completion(CLI::App& app, Session& session);

// Adds a command with its examples, shown under `--help`.
CLI::App* add_command(CLI::App& app, const char* name, const char* description, const char* examples);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_COMMANDS_H
