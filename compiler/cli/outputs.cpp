// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/outputs.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "compiler/base/spelling.h"
#include "compiler/cli/console.h"
#include "compiler/cli/write_text.h"
#include "compiler/diagnostics/kinds/cli.h"

namespace cordon::cli {
namespace {

namespace fs = std::filesystem;
namespace kind = diagnostics::kind;
using diagnostics::Diagnostics;

void report_unknown_format(const std::string& name, const KnownFormats& known, Diagnostics& diagnostics) {
  NearestName nearest(name);
  for (const report::FormatInfo* format : known) nearest.consider(format->name);
  auto builder = diagnostics.build(kind::usage, {}, fmt::format("no format is called `{}`", name));
  if (!nearest.result().empty()) builder.help("did you mean `{}`?", nearest.result());
  builder.help("the formats are {}", format_names(known)).emit();
}

std::optional<Output> parse_output(const std::string& text, const KnownFormats& known,
                                   Diagnostics& diagnostics) {
  const std::size_t equals = text.find('=');
  const std::string name = text.substr(0, equals);
  const auto format = std::ranges::find(known, name, &report::FormatInfo::name);
  if (format == known.end()) {
    report_unknown_format(name, known, diagnostics);
    return std::nullopt;
  }
  if (equals == std::string::npos || equals + 1 == text.size()) {
    diagnostics.build(kind::usage, {}, fmt::format("`{}` says no path", text))
        .help("for example `--output {0}=report.{0}`, or `--output {0}=-` for standard output", name)
        .emit();
    return std::nullopt;
  }
  return Output{*format, text.substr(equals + 1)};
}

// Where a path leads through links; the name is kept where nothing is there yet.
fs::path place_of(const std::string& path) {
  std::error_code error;
  fs::path place = fs::weakly_canonical(fs::absolute(path, error), error);
  return error ? fs::path(path) : place;
}

// Why nothing can be written there, as far as it shows beforehand.
std::optional<std::string> refusal(const std::string& path) {
  std::error_code error;
  const fs::path place = place_of(path);
  if (fs::is_directory(place, error)) return fmt::format("`{}` is a folder", path);
  const fs::path folder = place.has_parent_path() ? place.parent_path() : fs::path(".");
  if (!fs::is_directory(folder, error))
    return fmt::format("`{}` cannot be written: there is no folder `{}`", path,
                       fs::path(path).parent_path().string());
  return std::nullopt;
}

// One text for one place. A regular file is written beside its place first.
struct Waiting {
  std::string path;  // as named
  fs::path place;
  fs::path temporary;  // empty: the place is a pipe or a device, or others write to it too
  std::string text;
};

class Writing {
 public:
  Writing() = default;
  Writing(const Writing&) = delete;
  Writing& operator=(const Writing&) = delete;
  ~Writing() {
    std::error_code ignored;
    for (const Waiting& each : waiting_) {
      if (!each.temporary.empty()) fs::remove(each.temporary, ignored);
    }
  }

  std::optional<std::string> add(const std::string& path, std::string text) {
    Waiting next{path, place_of(path), {}, std::move(text)};
    std::error_code error;
    if (!fs::exists(next.place, error) || fs::is_regular_file(next.place, error)) {
      next.temporary = next.place.parent_path() /
                       fmt::format(".{}.{}.{}", next.place.filename().string(), ::getpid(), waiting_.size());
    }
    waiting_.push_back(std::move(next));
    const Waiting& kept = waiting_.back();
    return kept.temporary.empty() ? std::nullopt : write_new_file(kept.temporary, kept.text, path);
  }

  void add_to_shared(const std::string& path, std::string text) {
    waiting_.push_back({path, path, {}, std::move(text)});
  }

  // What cannot be taken back comes first, while all the rest still can.
  std::optional<std::string> finish() {
    for (const Waiting& each : waiting_) {
      if (!each.temporary.empty()) continue;
      if (auto reason = append_to_file(each.place, each.text, each.path)) return reason;
    }
    for (Waiting& each : waiting_) {
      if (each.temporary.empty()) continue;
      if (::rename(each.temporary.c_str(), each.place.c_str()) != 0)
        return system_error(fmt::format("cannot write `{}`", each.path));
      each.temporary.clear();
    }
    return std::nullopt;
  }

 private:
  std::vector<Waiting> waiting_;
};

// The host loses a summary that grows too long, with what others wrote into it; then ours stays out.
void add_summary(const std::function<std::string()>& summary, const report::FormatInfo& format,
                 Writing& writing) {
  const char* path = format.summary_variable == nullptr ? nullptr : std::getenv(format.summary_variable);
  if (path == nullptr || *path == '\0') return;
  std::string text = summary();
  std::error_code error;
  const auto there = fs::file_size(path, error);
  if (!error && there + text.size() <= report::limit::summary_bytes)
    writing.add_to_shared(path, std::move(text));
}

}  // namespace

KnownFormats check_formats() {
  KnownFormats known;
  for (const report::Format& format : report::formats()) known.push_back(&format);
  return known;
}

std::vector<Output> read_outputs(const std::vector<std::string>& texts, const KnownFormats& known,
                                 Diagnostics& diagnostics) {
  std::vector<Output> outputs;
  std::set<fs::path> places;
  for (const std::string& text : texts) {
    auto output = parse_output(text, known, diagnostics);
    if (!output) continue;
    const bool standard = output->to_standard_output();
    if (!places.insert(standard ? fs::path("-") : place_of(output->path)).second) {
      diagnostics.build(kind::usage, {}, fmt::format("two outputs go to `{}`", output->path))
          .help("give each a path of its own")
          .emit();
    } else if (const auto reason = standard ? std::nullopt : refusal(output->path)) {
      diagnostics.build(kind::output_refused, {}, *reason)
          .help("name another path; nothing was written")
          .emit();
    }
    outputs.push_back(std::move(*output));
  }
  return outputs;
}

std::optional<std::string> write_outputs(const std::vector<Output>& outputs, OutputTexts texts,
                                         const Commit& commit) {
  Writing writing;
  std::string standard;
  for (std::size_t at = 0; at < outputs.size(); ++at) {
    std::string& text = texts.texts[at];
    if (outputs[at].to_standard_output()) {
      standard = std::move(text);
    } else if (auto reason = writing.add(outputs[at].path, std::move(text))) {
      return reason;
    }
    add_summary(texts.summary, *outputs[at].format, writing);
  }
  if (commit) {
    if (auto reason = commit()) return reason;
  }
  if (auto reason = writing.finish()) return reason;
  Console::result(standard);
  return std::nullopt;
}

std::optional<std::string> write_outputs(const report::Run& run, const std::vector<Output>& outputs) {
  OutputTexts texts{{}, [&run] { return report::write_markdown(run); }};
  for (const Output& output : outputs)
    texts.texts.push_back(report::find_format(output.format->name)->write(run));
  return write_outputs(outputs, std::move(texts));
}

std::string format_names(const KnownFormats& known) {
  std::string names;
  for (const report::FormatInfo* format : known)
    names += (names.empty() ? "`" : ", `") + std::string(format->name) + "`";
  return names;
}

}  // namespace cordon::cli
