// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/diagnostics/explain.h"

#include <filesystem>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "compiler/base/spelling.h"
#include "compiler/cli/commands.h"
#include "compiler/cli/library.h"
#include "compiler/diagnostics/kinds/cli.h"
#include "compiler/resolve/standards.h"

namespace cordon::cli {
namespace {

std::string list_kinds() {
  std::string text;
  for (const diagnostics::KindInfo& kind : diagnostics::all_kinds()) {
    text += fmt::format("{}  {:<7}  {}\n", kind.code, to_string(kind.severity), kind.slug);
  }
  return text;
}

ExitCode unknown_code(const Console& console, const std::string& code) {
  std::vector<std::string_view> names;
  for (const diagnostics::KindInfo& kind : diagnostics::all_kinds()) {
    names.push_back(kind.code);
    names.push_back(kind.slug);
  }
  diagnostics::Diagnostics diagnostics;
  auto builder =
      diagnostics.build(diagnostics::kind::usage, {}, fmt::format("no message has the code `{}`", code));
  if (const std::string_view nearest = nearest_name(code, names); !nearest.empty()) {
    builder.help("did you mean `{}`?", nearest);
  }
  builder.help("`cordon explain --list` lists every code");
  builder.emit();
  return fail(console, diagnostics, "explain");
}

// What a check speaks to, by catalogue; nothing for other kinds, or where the library is missing.
std::string controls_of(const diagnostics::KindInfo& kind) {
  const std::filesystem::path folder = library_folder();
  if (folder.empty()) return {};
  source::Sources sources;
  diagnostics::Diagnostics diagnostics;
  const auto standards = resolve::load_standards(resolve::DiskFileSystem(folder), sources, diagnostics);
  if (!standards) return {};
  const auto mapping = standards->checks.find(kind.slug);
  if (mapping == standards->checks.end()) return {};
  std::string text = "\n## Controls\n\n";
  if (mapping->second.controls.empty()) return text + fmt::format("None: {}.\n", mapping->second.none);
  for (const ir::ControlRef ref : mapping->second.controls) {
    text += fmt::format("- {} {}: {}\n", standards->catalogues[ref.catalogue].short_name,
                        standards->control(ref).id, standards->control(ref).title);
  }
  return text + fmt::format("\nAfter {}.\n", mapping->second.source);
}

}  // namespace

void add_explain(CLI::App& app, Session& session) {
  CLI::App* command = add_command(app, "explain", "What a message means, why it matters, what to do",
                                  "  cordon explain CD2001\n"
                                  "  cordon explain unknown-name\n"
                                  "  cordon explain --list");
  auto code = std::make_shared<std::string>();
  auto list = std::make_shared<bool>(false);
  command->add_option("code", *code, "A code or its name")->type_name("CODE");
  command->add_flag("--list", *list, "Every code with its severity");
  command->callback([&session, code, list] {
    session.action = [code, list](const Console& console) {
      if (*list || code->empty()) {
        Console::result(list_kinds());
        return ExitCode::success;
      }
      const diagnostics::KindInfo* kind = diagnostics::find_kind(*code);
      if (kind == nullptr) return unknown_code(console, *code);
      Console::result(diagnostics::explain_page(*kind));
      Console::result(controls_of(*kind));
      return ExitCode::success;
    };
  });
}

}  // namespace cordon::cli
