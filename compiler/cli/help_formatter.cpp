// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/help_formatter.h"

namespace cordon::cli {

// CLI11 adds `:{a,b}` to the name of a type for whatever checks its value: a list that the name has, or
// bounds.
std::string HelpFormatter::make_option_opts(const CLI::Option* option) const {
  std::string text = CLI::Formatter::make_option_opts(option);
  if (const std::size_t words = text.find(":{"); words != std::string::npos)
    text.erase(words, text.find('}', words) + 1 - words);
  if (const std::size_t bounds = text.find(":INT in "); bounds != std::string::npos)
    text.replace(bounds, 8, " in ");
  return text;
}

// One that may be given up to so many times is written as one that may be given often.
std::string HelpFormatter::make_option_usage(const CLI::Option* option) const {
  const std::string name = make_option_name(option, true) + (option->get_expected_max() > 1 ? "..." : "");
  return option->get_required() ? name : "[" + name + "]";
}

}  // namespace cordon::cli
