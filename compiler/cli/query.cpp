// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/query.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/check/assertions/answer.h"
#include "compiler/check/flow_redundancy.h"
#include "compiler/cli/checking.h"
#include "compiler/cli/commands.h"
#include "compiler/cli/expression.h"
#include "compiler/cli/running_query.h"
#include "compiler/cli/version.h"
#include "compiler/diagnostics/kinds/cli.h"
#include "compiler/ir/endpoint_addresses.h"
#include "compiler/report/cubes.h"
#include "compiler/report/query.h"

namespace cordon::cli {
namespace {

namespace kind = diagnostics::kind;

struct QueryOptions {
  std::string kind, expression;
  PipelineOptions pipeline;
  std::size_t hops = 0;
  bool exit_code = false;
  std::vector<std::string> running;  // files and folders of running configurations; none: the policy is asked
};

// In the format that was asked for, and whether there was anything to tell.
struct Answered {
  std::string text;
  bool any = false;
};

// One question to one policy. An answer that is nothing was either undecided or refused, with a message.
class Query {
 public:
  Query(const Console& console, const QueryOptions& options)
      : options_(options), json_(console.format() == Format::json) {}

  Compilation& compilation() { return compilation_; }
  [[nodiscard]] bool undecided() const { return undecided_; }

  std::optional<Answered> ask() {
    load(compilation_, options_.pipeline);
    if (!compilation_.policy) return std::nullopt;
    compilation_.diagnostics = {};  // warnings are for `check`
    if (options_.kind == "dead-lines") return dead_lines();
    if (options_.kind == "roundtrip") return roundtrip();
    if (options_.kind == "reach" || options_.kind == "lines") {
      const auto flow = read_flow(compilation_, options_.expression);
      if (!flow) return std::nullopt;
      return options_.kind == "reach" ? reach(*flow) : lines(*flow);
    }
    const auto set = read_set(compilation_, options_.expression);
    if (!set) return std::nullopt;
    return options_.kind == "blast-radius" ? blast_radius(*set) : ends(*set, options_.kind == "who-reaches");
  }

 private:
  [[nodiscard]] const ir::Policy& policy() const { return *compilation_.policy; }

  const change::Intent& intent() {
    if (!intent_) intent_.emplace(policy());
    return *intent_;
  }

  report::Question question() {
    const source::Sources& sources = compilation_.project.sources;
    return {policy(),
            sources,
            version,
            options_.kind,
            options_.expression,
            [this, &sources](std::uint32_t cause) {
              return report::cause_text(policy(), sources, intent().causes()[cause]);
            }};
  }

  std::optional<Answered> give_up() {
    undecided_ = true;
    compilation_.diagnostics.build(kind::change_undecided, {})
        .help("ask about less at once, or report it")
        .emit();
    return std::nullopt;
  }

  std::optional<Answered> reach(const ir::FlowSet& flow) {
    const auto found = change::reach(change::permits_of(intent()), change::Space(flow));
    if (!found) return give_up();
    return Answered{json_ ? report::reach_json(question(), *found) : report::reach_text(question(), *found),
                    !found->allowed.empty()};
  }

  std::optional<Answered> lines(const ir::FlowSet& flow) {
    const auto found = change::lines_of(change::permits_of(intent()), change::Space(flow));
    if (!found) return give_up();
    return Answered{json_ ? report::lines_json(question(), *found) : report::lines_text(question(), *found),
                    !found->empty()};
  }

  std::optional<Answered> ends(const ir::Addresses& set, bool towards) {
    const auto all = change::ends_of(policy());
    const change::Permits permits = change::permits_of(intent());
    const auto found =
        towards ? change::who_reaches(permits, all, set) : change::reached_from(permits, all, set);
    if (!found) return give_up();
    bool any = false;
    for (const change::EndFound& each : *found) any = any || !each.found.empty();
    const report::EndsAnswer answer{set, all, *found, towards};
    return Answered{json_ ? report::ends_json(question(), answer) : report::ends_text(question(), answer),
                    any};
  }

  std::optional<Answered> blast_radius(const ir::Addresses& set) {
    const auto all = change::ends_of(policy());
    const change::Permits permits = change::permits_of(intent());
    const change::Blast blast = change::blast_radius(permits, policy(), all, set, options_.hops);
    const report::BlastAnswer answer{all, blast, options_.hops};
    return Answered{json_ ? report::blast_json(question(), answer) : report::blast_text(question(), answer),
                    !blast.reached.empty()};
  }

  // An assertion that nobody wrote down.
  std::optional<Answered> roundtrip() {
    const auto flow = read_flow(compilation_, options_.expression);
    if (!flow) return std::nullopt;
    ir::Policy& with_ends = *compilation_.policy;
    ir::Assertion assertion;
    assertion.kind = ir::Assertion::Kind::roundtrip;
    assertion.traffic.from = {
        with_ends.endpoints.push_back(ir::endpoint_of(with_ends, flow->from_text, flow->from))};
    assertion.traffic.to = {
        with_ends.endpoints.push_back(ir::endpoint_of(with_ends, flow->to_text, flow->to))};
    assertion.traffic.services =
        with_ends.service_lists.push_back({packet::to_string(flow->services), flow->services});
    const check::Context context(inputs_of(compilation_, {}));
    check::Desk desk(context);
    const check::Answer answer = check::answer(desk, assertion);
    if (answer.outcome == check::Outcome::undecided) return give_up();
    return Answered{
        json_ ? report::roundtrip_json(question(), answer) : report::roundtrip_text(question(), answer),
        answer.outcome == check::Outcome::broken};
  }

  std::optional<Answered> dead_lines() {
    const check::Context context(inputs_of(compilation_, {}));
    if (!context.redundancy().decided) return give_up();
    return Answered{
        json_ ? report::dead_lines_json(question(), context) : report::dead_lines_text(question(), context),
        !context.redundancy().found.empty()};
  }

  const QueryOptions& options_;
  bool json_;
  Compilation compilation_;
  std::optional<change::Intent> intent_;
  bool undecided_ = false;
};

ExitCode tell_undecided(const Console& console, Compilation& compilation) {
  compilation.diagnostics.build(kind::change_undecided, {})
      .help("ask about less at once, or report it")
      .emit();
  console.print(std::move(compilation.diagnostics), compilation.project.sources, "query");
  return ExitCode::unproved;
}

ExitCode run_query_of_running(const Console& console, const QueryOptions& options) {
  Compilation compilation;
  load(compilation, options.pipeline);
  const auto refuse = [&] {
    console.print(std::move(compilation.diagnostics), compilation.project.sources, "query");
    return ExitCode::usage;
  };
  if (!compilation.policy) return refuse();
  compilation.diagnostics = {};  // warnings are for `check`
  const auto read = read_for_questions(console, compilation, options.running);
  if (!read) return refuse();
  const auto answer =
      ask_running(console, compilation, *read, {options.kind, options.expression, options.hops});
  if (!answer) return refuse();
  if (answer->undecided) return tell_undecided(console, compilation);
  Console::result(answer->text);
  if (answer->incomplete) return ExitCode::incomplete;
  return options.exit_code && answer->any ? ExitCode::findings : ExitCode::success;
}

ExitCode run_query(const Console& console, const QueryOptions& options) {
  if (!options.running.empty()) return run_query_of_running(console, options);
  Query query(console, options);
  const auto answered = query.ask();
  if (answered) {
    Console::result(answered->text);
    return options.exit_code && answered->any ? ExitCode::findings : ExitCode::success;
  }
  Compilation& compilation = query.compilation();
  console.print(std::move(compilation.diagnostics), compilation.project.sources, "query");
  return query.undecided() ? ExitCode::unproved : ExitCode::usage;
}

struct QueryKind {
  const char* name;
  const char* description;
  const char* examples;
  const char* expression;  // what it is called; null: the question needs none
  const char* exit_code;
};

constexpr QueryKind query_kinds[] = {
    {"reach", "What of a flow is permitted, what is not, and by which lines",
     "  cordon query reach 'guests -> type:medical-device'\n"
     "  cordon query reach 'pumps -> host:gateway tcp/443' sites/east\n"
     "  cordon query reach 'guests -> pumps' --config running/     what the devices do today",
     "FLOW", "End with 1 when any of it is permitted"},
    {"who-reaches", "Zone by zone who may open connections to a set, and by which lines",
     "  cordon query who-reaches type:medical-device\n"
     "  cordon query who-reaches 'host:gateway, device:core'\n"
     "  cordon query who-reaches pumps --config running/     what the devices do today",
     "SET", "End with 1 when anybody does"},
    {"reaches-from", "Zone by zone what a set may open connections to, and by which lines",
     "  cordon query reaches-from zone:guests\n"
     "  cordon query reaches-from 10.20.0.17\n"
     "  cordon query reaches-from guests --config running/     what the devices do today",
     "SET", "End with 1 when it reaches anything"},
    {"roundtrip", "Whether what is permitted of a flow is answered on every path",
     "  cordon query roundtrip 'pumps -> host:gateway tcp/443'\n"
     "  cordon query roundtrip 'pumps -> host:gateway' --config running/",
     "FLOW", "End with 1 when an answer is lost on some path"},
    {"blast-radius", "What an intruder who holds a set comes to, connection by connection",
     "  cordon query blast-radius zone:guests\n"
     "  cordon query blast-radius host:gateway --hops 2\n"
     "  cordon query blast-radius guests --config running/     by what the devices let through",
     "SET", "End with 1 when anything is reached"},
    {"lines", "Which lines, of the policy or of devices, permit something of a flow",
     "  cordon query lines 'any -> type:medical-device tcp/22'\n"
     "  cordon query lines 'guests -> pumps' --config running/     lines of devices",
     "FLOW", "End with 1 when there is one"},
    {"dead-lines",
     "Flows that open nothing that others do not open as well; lines of devices that never match",
     "  cordon query dead-lines\n"
     "  cordon query dead-lines --config running/     lines of devices, with those that cover them",
     nullptr, "End with 1 when there is one"},
};

void add_kind(CLI::App& query, Session& session, const QueryKind& kind) {
  CLI::App* command = add_command(query, kind.name, kind.description, kind.examples);
  auto options = std::make_shared<QueryOptions>();
  options->kind = kind.name;
  if (kind.expression != nullptr) {
    command->add_option("expression", options->expression, "`cordon resolve --help` says how it is written")
        ->required()
        ->type_name(kind.expression);
  }
  command->add_option("project", options->pipeline.project, "Folder with a cordon.yaml, or one file")
      ->type_name("PROJECT");
  if (options->kind == "blast-radius") {
    command
        ->add_option("--hops", options->hops, "Only so many connections one after the other; by default all")
        ->check(CLI::Range(1, 1000))
        ->type_name("N");
  }
  command
      ->add_option("--config", options->running,
                   "Ask running configurations: a folder of them, or a file; may be repeated. The policy "
                   "is told beside it")
      ->type_name("PATH")
      ->allow_extra_args(false)
      ->take_all();
  command->add_flag("--exit-code", options->exit_code, kind.exit_code);
  command->callback([&session, options] {
    session.action = [&session, options](const Console& console) {
      options->pipeline.jobs = session.globals.jobs;
      return run_query(console, *options);
    };
  });
}

}  // namespace

void add_query(CLI::App& app, Session& session) {
  CLI::App* command =
      add_command(app, "query", "Ask what the policy permits: exact answers, by name, with their lines",
                  "  cordon query reach 'guests -> type:medical-device'\n"
                  "  cordon query who-reaches type:medical-device\n"
                  "  cordon query blast-radius host:gateway --hops 2\n"
                  "  cordon query dead-lines\n"
                  "  cordon query who-reaches pumps --config running/     what the devices do today\n"
                  "FLOW is `SET -> SET [SERVICES]`; `cordon resolve --help` says what a SET is.");
  command->require_subcommand(1);
  for (const QueryKind& kind : query_kinds) add_kind(*command, session, kind);
}

}  // namespace cordon::cli
