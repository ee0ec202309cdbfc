// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/schema.h"

#include <memory>
#include <string>

#include "compiler/cli/commands.h"
#include "compiler/report/ci.h"
#include "compiler/report/formats.h"

namespace cordon::cli {

void add_schema(CLI::App& app, Session& session) {
  CLI::App* command =
      add_command(app, "schema", "Print the JSON Schema of the policy language, or of what a command prints",
                  "  cordon schema > cordon.schema.json\n"
                  "  # yaml-language-server: $schema=cordon.schema.json   first line of a policy file\n"
                  "  cordon schema --of check   of `cordon check --format json`\n"
                  "  cordon schema --of ci      of `cordon ci --format json`");
  auto of = std::make_shared<std::string>("policy");
  command->add_option("--of", *of, "What the schema is of")
      ->check(CLI::IsMember({"policy", "check", "ci"}))
      ->type_name("policy|check|ci");
  command->callback([&session, of] {
    session.action = [of](const Console&) {
      Console::result(*of == "check" ? report::check_schema()
                      : *of == "ci"  ? report::ci_schema()
                                     : syntax::json_schema());
      return ExitCode::success;
    };
  });
}

}  // namespace cordon::cli
