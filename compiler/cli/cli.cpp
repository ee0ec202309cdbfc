// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/cli.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/base/spelling.h"
#include "compiler/cli/commands.h"
#include "compiler/cli/help_formatter.h"
#include "compiler/cli/version.h"
#include "compiler/diagnostics/kinds/cli.h"

namespace cordon::cli {
namespace {

constexpr void (*all_commands[])(CLI::App&, Session&) = {
    add_init,    add_fmt,    add_check,   add_test,   add_diff,       add_ci,     add_why,
    add_query,   add_drift,  add_compile, add_verify, add_graph,      add_schema, add_explain,
    add_resolve, add_report, add_blame,   add_passes, add_completion,
};

void add_globals(CLI::App& app, GlobalOptions& globals) {
  app.add_option("--format", globals.format, "How diagnostics and results are printed")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("text|json");
  app.add_option("--color", globals.color, "When to colour (NO_COLOR and FORCE_COLOR are honoured)")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("auto|always|never");
  app.add_option("-j,--jobs", globals.jobs, "Threads; by default one for each core")
      ->check(CLI::Range(1, 256))
      ->type_name("N");
  app.add_flag("-q,--quiet", globals.quiet, "No notes and no progress");
  app.add_flag("--timings", globals.timings, "Print the processor time of each stage");
}

void configure(CLI::App& app, Session& session) {
  app.name("cordon");
  app.formatter(std::make_shared<HelpFormatter>());
  app.set_help_flag("-h,--help", "Print this help");
  app.set_version_flag("--version", fmt::format("cordon {}", version), "Print the version");
  app.require_subcommand(1);
  app.fallthrough();
  app.failure_message([](const CLI::App*, const CLI::Error&) { return std::string(); });
  app.footer(
      "Examples:\n"
      "  cordon init my-site                 start a policy\n"
      "  cordon check my-site                is it sound?\n"
      "  cordon compile my-site -o build     write device configurations\n"
      "  cordon blame build/fw.cfg:42        which policy line asked for this?\n"
      "  cordon explain CD2001               what does this message mean?");
  add_globals(app, session.globals);
  for (const auto add : all_commands) add(app, session);
}

// The command that was chosen so far, `report evidence` say, without the program itself.
std::vector<const CLI::App*> chosen_commands(const CLI::App& app) {
  std::vector<const CLI::App*> chain;
  for (const CLI::App* at = &app; !at->get_subcommands().empty();) {
    at = at->get_subcommands().front();
    chain.push_back(at);
  }
  return chain;
}

// Every long option and command that is legal here.
std::vector<std::string> candidates(const CLI::App& app, bool options) {
  const std::vector<const CLI::App*> chosen = chosen_commands(app);
  std::vector<std::string> names;
  if (!options) {
    const CLI::App& place = chosen.empty() ? app : *chosen.back();
    for (const CLI::App* command : place.get_subcommands({})) names.push_back(command->get_name());
    return names;
  }
  const auto add = [&](const CLI::App& place) {
    for (const CLI::Option* option : place.get_options({})) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  };
  add(app);
  for (const CLI::App* place : chosen) add(*place);
  return names;
}

std::string suggestion(const CLI::App& app, const std::string& word) {
  const bool is_option = word.starts_with("-");
  const std::vector<std::string> names = candidates(app, is_option);
  const std::string_view nearest = nearest_name(word.substr(0, word.find('=')), names);
  return nearest.empty() ? std::string() : fmt::format("did you mean `{}`?", nearest);
}

// The library's own words, turned into ours.
std::string usage_message(const CLI::ParseError& error) {
  if (error.get_name() == "RequiredError" &&
      std::string_view(error.what()).find("subcommand") != std::string_view::npos)
    return "no command given";
  return error.what();
}

ExitCode report_usage(const CLI::App& app, const Console& console, const CLI::ParseError& error, int argc,
                      char** argv) {
  std::string message = usage_message(error);
  std::string help;
  const std::vector<const CLI::App*> chosen = chosen_commands(app);
  const std::vector<std::string> commands = candidates(app, false);
  const std::vector<std::string> options = candidates(app, true);
  for (int index = 1; index < argc; ++index) {
    const std::string word = argv[index];
    const bool option = word.starts_with("--");
    const std::vector<std::string>& names = option ? options : commands;
    const std::string bare = word.substr(0, word.find('='));
    const bool named =
        std::ranges::any_of(chosen, [&](const CLI::App* each) { return each->get_name() == bare; });
    const bool first_word = !option && !word.starts_with("-") && !commands.empty() && !named;
    if ((option || first_word) && std::ranges::find(names, bare) == names.end()) {
      message = fmt::format("`{}` is not {} of cordon", bare, option ? "an option" : "a command");
      help = suggestion(app, word);
      break;
    }
  }
  diagnostics::Diagnostics diagnostics;
  auto builder = diagnostics.build(diagnostics::kind::usage, {}, message);
  if (!help.empty()) builder.help("{}", help);
  builder.help("`cordon --help` lists the commands, `cordon COMMAND --help` the options of one");
  builder.emit();
  return fail(console, diagnostics, "usage");
}

}  // namespace

CLI::App* add_command(CLI::App& app, const char* name, const char* description, const char* examples) {
  CLI::App* command = app.add_subcommand(name, description);
  command->footer(std::string("Examples:\n") + examples);
  return command;
}

int run(int argc, char** argv) {
  CLI::App app{"cordon: declare zones and conduits, get device configurations that permit exactly that"};
  Session session;
  session.root = &app;
  configure(app, session);
  const Console console(session.globals);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    return static_cast<int>(report_usage(app, console, error, argc, argv));
  }
  return static_cast<int>(session.action(console));
}

}  // namespace cordon::cli
