// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/cli/commands.h"
#include "compiler/cli/library.h"
#include "compiler/cli/output_directory.h"
#include "compiler/cli/read_text.h"
#include "compiler/diagnostics/kinds/cli.h"
#include "compiler/syntax/schema.h"

namespace cordon::cli {
namespace {

namespace fs = std::filesystem;

struct InitOptions {
  std::string folder = ".";
  std::string from = "starter";
};

std::vector<std::string> template_names(const fs::path& templates) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(templates, error)) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

ExitCode refuse(const Console& console, const std::string& message, const std::string& help) {
  diagnostics::Diagnostics diagnostics;
  diagnostics.build(diagnostics::kind::output_refused, {}, message).help("{}", help).emit();
  return fail(console, diagnostics, "init");
}

// Copies a template; never overwrites a file.
ExitCode init(const Console& console, const InitOptions& options) {
  const fs::path templates = library_folder() / "templates";
  const std::vector<std::string> names = template_names(templates);
  if (std::ranges::find(names, options.from) == names.end()) {
    return refuse(console, fmt::format("there is no template called `{}`", options.from),
                  fmt::format("the templates are: {}", fmt::join(names, ", ")));
  }
  const fs::path folder = options.folder;
  const fs::path policy = folder / "cordon.yaml";
  std::error_code error;
  if (fs::exists(policy, error)) {
    return refuse(console, fmt::format("`{}` exists already", policy.string()), "name another folder");
  }
  fs::create_directories(folder, error);
  std::ofstream(folder / "cordon.schema.json", std::ios::binary) << syntax::json_schema();
  std::ofstream stream(policy, std::ios::binary);
  stream << read_text(templates / options.from / "cordon.yaml").value_or("");
  stream.close();
  if (!stream)
    return refuse(console, fmt::format("cannot write `{}`", policy.string()), "is the folder writable?");
  Console::result(
      fmt::format("{}: a policy to start from (template `{}`)\n"
                  "next:  cordon check {}\n"
                  "       cordon compile {} -o build\n",
                  policy.string(), options.from, options.folder, options.folder));
  return ExitCode::success;
}

}  // namespace

void add_init(CLI::App& app, Session& session) {
  CLI::App* command = add_command(app, "init", "Start a policy: a small site that checks and compiles",
                                  "  cordon init my-site\n"
                                  "  cordon init my-site --from empty");
  auto options = std::make_shared<InitOptions>();
  command->add_option("folder", options->folder, "Folder to write cordon.yaml into")->type_name("DIR");
  command->add_option("--from", options->from, "Template to copy")->type_name("NAME")->capture_default_str();
  command->callback([&session, options] {
    session.action = [options](const Console& console) { return init(console, *options); };
  });
}

}  // namespace cordon::cli
