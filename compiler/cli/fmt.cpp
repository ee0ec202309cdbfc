// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Writes policies in their canonical form, or says which are not in it. Each file is replaced in one step or
// left as it is, byte for byte.
#include <filesystem>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "compiler/cli/commands.h"
#include "compiler/cli/formatting.h"
#include "compiler/cli/library.h"
#include "compiler/cli/pipeline.h"
#include "compiler/cli/read_text.h"
#include "compiler/cli/text_difference.h"
#include "compiler/cli/write_text.h"
#include "compiler/diagnostics/kinds/cli.h"

namespace cordon::cli {
namespace {

namespace fs = std::filesystem;
namespace kind = diagnostics::kind;

struct FmtOptions {
  std::vector<std::string> paths;
  bool check = false, diff = false;
};

// What is to be looked at, with the place that a new text goes to. Messages know a file by the name it was
// given.
struct Work {
  source::Sources sources;
  std::vector<std::pair<source::FileId, fs::path>> files;
  std::set<fs::path> seen;
  diagnostics::Diagnostics diagnostics;    // what is wrong
  diagnostics::Diagnostics not_canonical;  // what `--check` found
};

void add_file(Work& work, const fs::path& path, std::string text) {
  std::error_code error;
  fs::path place = fs::weakly_canonical(path, error);  // a link stays one
  if (error) place = path;
  if (!work.seen.insert(place).second) return;
  const std::string shown = path.lexically_normal().generic_string();
  work.files.emplace_back(work.sources.add(shown, std::move(text)), place);
}

void add_project(Work& work, const std::string& named) {
  const auto start = locate_project(named, work.diagnostics);
  if (!start) return;
  const fs::path library = library_folder();
  const resolve::DiskFileSystem files(start->root), library_files(library);
  diagnostics::Diagnostics ignored;  // `check` speaks of what else is wrong
  const resolve::Project project =
      resolve::load_project(files, start->file, library.empty() ? nullptr : &library_files, ignored);
  for (const source::FileId file : policy_files(project)) {
    const fs::path path = named.empty() ? fs::proximate(start->root / project.sources.path(file))
                                        : start->root / project.sources.path(file);
    add_file(work, path, project.sources.text(file));
  }
}

void add_named_file(Work& work, const std::string& path) {
  std::error_code error;
  auto text = fs::is_directory(path, error) ? std::nullopt : read_text(path);
  if (text) {
    add_file(work, path, std::move(*text));
  } else {
    work.diagnostics.build(kind::usage, {}, fmt::format("`{}` cannot be read", path))
        .help("name policies, projects, or `-` for standard input")
        .emit();
  }
}

// A folder is a project, a file is itself.
Work gather(const FmtOptions& options) {
  Work work;
  std::error_code error;
  if (options.paths.empty()) add_project(work, "");
  for (const std::string& path : options.paths) {
    if (fs::is_directory(path, error)) {
      add_project(work, path);
    } else {
      add_named_file(work, path);
    }
  }
  return work;
}

struct Outcome {
  std::size_t changed = 0, refused = 0;
};

void replace(Work& work, source::FileId file, const fs::path& place, const std::string& canonical) {
  if (const auto reason = replace_file(place, canonical)) {
    work.diagnostics.build(kind::output_refused, source::Range{file, 0, 0}, *reason)
        .help("the file is as it was")
        .emit();
  } else {
    Console::result(fmt::format("formatted {}\n", work.sources.path(file)));
  }
}

Outcome format_all(Work& work, const FmtOptions& options) {
  Outcome outcome;
  for (const auto& [file, place] : work.files) {
    const std::string& text = work.sources.text(file);
    const auto canonical = canonical_text(work.sources, file, work.diagnostics);
    outcome.refused += !canonical;
    if (!canonical || *canonical == text) continue;
    ++outcome.changed;
    if (options.check) report_not_formatted(work.sources, file, *canonical, work.not_canonical);
    if (options.diff) Console::result(text_difference(work.sources.path(file), text, *canonical));
    if (!options.check && !options.diff) replace(work, file, place, *canonical);
  }
  return outcome;
}

// Faults of files end with 3, and only what would change with 1. Joins the messages of both.
ExitCode judge(Work& work) {
  const ExitCode code = work.diagnostics.has_errors()     ? ExitCode::usage
                        : work.not_canonical.has_errors() ? ExitCode::findings
                                                          : ExitCode::success;
  work.diagnostics.append(std::move(work.not_canonical));
  return code;
}

ExitCode finish(const Console& console, Work& work, const Outcome& outcome, const FmtOptions& options) {
  const ExitCode code = judge(work);
  if (!work.diagnostics.all().empty() || console.format() == Format::json)
    console.print(std::move(work.diagnostics), work.sources, "fmt");
  if (console.format() == Format::text) {
    const bool writes = !options.check && !options.diff;
    std::string text = fmt::format("{}, {} {}", counted(work.files.size(), "file"), outcome.changed,
                                   writes ? "rewritten" : "would change");
    if (outcome.refused > 0) text += fmt::format(", {} left as they are", outcome.refused);
    console.note(text + '\n');
  }
  return code;
}

// Standard input to standard output; what cannot be formatted is not passed on.
ExitCode filter(const Console& console, const FmtOptions& options) {
  Work work;
  work.files.emplace_back(
      work.sources.add("<stdin>", std::string(std::istreambuf_iterator<char>(std::cin), {})), fs::path());
  const source::FileId file = work.files.front().first;
  const auto canonical = canonical_text(work.sources, file, work.diagnostics);
  Outcome outcome;
  if (canonical) {
    outcome.changed = *canonical == work.sources.text(file) ? 0 : 1;
    if (options.check && outcome.changed > 0)
      report_not_formatted(work.sources, file, *canonical, work.not_canonical);
    if (options.diff) Console::result(text_difference("stdin", work.sources.text(file), *canonical));
    if (!options.check && !options.diff) Console::result(*canonical);
  }
  const ExitCode code = judge(work);
  console.print_text(work.diagnostics, work.sources, Stream::error);
  return code;
}

ExitCode run_fmt(const Console& console, const FmtOptions& options) {
  if (options.paths == std::vector<std::string>{"-"}) return filter(console, options);
  Work work = gather(options);
  const Outcome outcome = format_all(work, options);
  return finish(console, work, outcome, options);
}

}  // namespace

void add_fmt(CLI::App& app, Session& session) {
  CLI::App* command =
      add_command(app, "fmt", "Write a policy in its canonical form; comments, quotes and columns stay",
                  "  cordon fmt                      every file of the project\n"
                  "  cordon fmt zones.yaml hosts.yaml\n"
                  "  cordon fmt --check              for a pipeline: ends with 1 when a file would change\n"
                  "  cordon fmt --diff               what would change\n"
                  "  cordon fmt - < zones.yaml       for an editor");
  auto options = std::make_shared<FmtOptions>();
  command->add_option("paths", options->paths, "Folders with a cordon.yaml, files, or `-`")
      ->type_name("PROJECT|FILE");
  command->add_flag("--check", options->check, "Write nothing; end with 1 when something would change");
  command->add_flag("--diff", options->diff, "Write nothing; show what would change");
  command->callback([&session, options] {
    session.action = [options](const Console& console) { return run_fmt(console, *options); };
  });
}

}  // namespace cordon::cli
