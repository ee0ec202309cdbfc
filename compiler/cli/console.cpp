// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/console.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "compiler/cli/version.h"
#include "compiler/diagnostics/render_json.h"
#include "compiler/diagnostics/render_text.h"

namespace cordon::cli {
namespace {

bool is_set(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' && std::strcmp(value, "0") != 0;
}

bool wants_color(const GlobalOptions& options, int stream) {
  if (options.color == "always") return true;
  if (options.color == "never") return false;
  if (is_set("FORCE_COLOR") || is_set("CLICOLOR_FORCE")) return true;
  return !is_set("NO_COLOR") && ::isatty(stream) == 1;
}

void write(std::FILE* stream, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stream);
  std::fflush(stream);
}

}  // namespace

void Console::result(std::string_view text) { write(stdout, text); }

void Console::note(std::string_view text) const {
  if (!options_.quiet) write(stderr, text);
}

void Console::print(diagnostics::Diagnostics diagnostics, const source::Sources& sources,
                    std::string_view command) const {
  diagnostics.sort(sources);
  if (format() == Format::json) {
    write(stdout, diagnostics::render_json(diagnostics.all(), sources, command, version));
    return;
  }
  print_text(diagnostics, sources, Stream::output);
}

void Console::print_text(const diagnostics::Diagnostics& diagnostics, const source::Sources& sources,
                         Stream stream, std::string_view overview) const {
  const bool output = stream == Stream::output;
  const bool color = wants_color(options_, output ? STDOUT_FILENO : STDERR_FILENO);
  write(output ? stdout : stderr,
        diagnostics::render_text(diagnostics.all(), sources, {.color = color, .overview = overview}));
}

ExitCode fail(const Console& console, const diagnostics::Diagnostics& diagnostics, std::string_view command) {
  console.print(diagnostics, source::Sources(), command);
  return ExitCode::usage;
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace cordon::cli
