// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Where results, notes and diagnostics go, and in which form.
//
// Results are written to standard output, notes and progress to standard error. Colour is used on a
// terminal only, unless asked for; NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE are honoured.
#ifndef COMPILER_CLI_CONSOLE_H
#define COMPILER_CLI_CONSOLE_H

#include <cstddef>
#include <string>
#include <string_view>

#include "compiler/cli/exit_code.h"
#include "compiler/diagnostics/diagnostics.h"

namespace cordon::cli {

enum class Format { text, json };
enum class Stream { output, error };

struct GlobalOptions {
  std::string format = "text";
  std::string color = "auto";
  int jobs = 0;  // 0: one for each core
  bool quiet = false;
  bool timings = false;

  [[nodiscard]] Format output_format() const { return format == "json" ? Format::json : Format::text; }
};

class Console {
 public:
  explicit Console(const GlobalOptions& options) : options_(options) {}

  static void result(std::string_view text);  // standard output
  void note(std::string_view text) const;     // standard error, silent with --quiet

  // Sorts and prints everything that was found, and a closing line in text form. The name of the
  // command goes into the JSON document.
  void print(diagnostics::Diagnostics diagnostics, const source::Sources& sources,
             std::string_view command) const;

  // Text alone, sorted already; an overview stands before the closing line.
  void print_text(const diagnostics::Diagnostics& diagnostics, const source::Sources& sources, Stream stream,
                  std::string_view overview = {}) const;

  [[nodiscard]] Format format() const { return options_.output_format(); }

 private:
  const GlobalOptions& options_;
};

// Errors of the command line itself: one message about no file.
[[nodiscard]] ExitCode fail(const Console& console, const diagnostics::Diagnostics& diagnostics,
                            std::string_view command);

// `1 zone`, `4 zones`.
[[nodiscard]] std::string counted(std::size_t count, std::string_view noun);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_CONSOLE_H
