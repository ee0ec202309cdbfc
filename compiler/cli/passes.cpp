// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/plan/passes.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/cli/commands.h"

namespace cordon::cli {
namespace {

std::string pass_table() {
  std::size_t widest = 0;
  for (const plan::Pass& pass : plan::passes()) widest = std::max(widest, pass.name.size());
  std::string text;
  for (const plan::Pass& pass : plan::passes())
    text += fmt::format("{:<{}}  {}\n", pass.name, widest, pass.summary);
  return text;
}

std::string pass_json() {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const plan::Pass& pass : plan::passes())
    rows.push_back({{"name", pass.name}, {"summary", pass.summary}});
  const nlohmann::ordered_json answer{
      {"format", "cordon.passes"}, {"format_version", "1.0"}, {"passes", std::move(rows)}};
  return answer.dump(2) + "\n";
}

}  // namespace

void add_passes(CLI::App& app, Session& session) {
  CLI::App* command = add_command(app, "passes", "List the optimisations, in the order in which they run",
                                  "  cordon passes\n"
                                  "  cordon compile -o build --without merge-sources\n"
                                  "  cordon compile -o build --stop-after drop-implied");
  command->callback([&session] {
    session.action = [](const Console& console) {
      Console::result(console.format() == Format::json ? pass_json() : pass_table());
      return ExitCode::success;
    };
  });
}

}  // namespace cordon::cli
