// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The page that `--help` prints: what an option takes is said once, by its name for it.
#ifndef COMPILER_CLI_HELP_FORMATTER_H
#define COMPILER_CLI_HELP_FORMATTER_H

#include <string>

#include <CLI/CLI.hpp>

namespace cordon::cli {

class HelpFormatter : public CLI::Formatter {
 public:
  [[nodiscard]] std::string make_option_opts(const CLI::Option* option) const override;
  [[nodiscard]] std::string make_option_usage(const CLI::Option* option) const override;
};

}  // namespace cordon::cli

#endif  // COMPILER_CLI_HELP_FORMATTER_H
