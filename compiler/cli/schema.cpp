// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/schema.h"

#include "compiler/cli/commands.h"

namespace cordon::cli {

void add_schema(CLI::App& app, Session& session) {
  CLI::App* command =
      add_command(app, "schema", "Print the JSON Schema of the policy language",
                  "  cordon schema > cordon.schema.json\n"
                  "  # yaml-language-server: $schema=cordon.schema.json   first line of a policy file");
  command->callback([&session] {
    session.action = [](const Console&) {
      Console::result(syntax::json_schema());
      return ExitCode::success;
    };
  });
}

}  // namespace cordon::cli
