// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// From the library's files of standards to tables whose references are positions.
//
// A check names outcomes, an outcome the controls of every catalogue that ask for it: so what several
// standards have in common is written once, with the document that sets them side by side.
#include "compiler/resolve/standards.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <oneapi/tbb/parallel_for.h>

#include "compiler/base/spelling.h"
#include "compiler/diagnostics/kinds/resolve.h"
#include "compiler/syntax/standards.h"
#include "compiler/yaml/load.h"

namespace cordon::resolve {
namespace {

using diagnostics::Diagnostics;
using syntax::StandardsFile;
using syntax::StandardsRole;
namespace kind = diagnostics::kind;

// `standards/csf-2.0.yaml` is `csf-2.0`.
std::string stem_of(std::string_view path) {
  const std::size_t slash = path.rfind('/') + 1;
  return std::string(path.substr(slash, path.rfind('.') - slash));
}

StandardsRole role_of(std::string_view path) {
  if (path.starts_with("standards/"))
    return stem_of(path) == "map" ? StandardsRole::control_map : StandardsRole::catalogue;
  return stem_of(path) == "mds2" ? StandardsRole::mds2_form : StandardsRole::questionnaire;
}

struct Read {
  std::string path;
  source::FileId id;
  StandardsFile file;
  Diagnostics found;
};

std::vector<Read> read_files(const FileSystem& library, source::Sources& sources, Diagnostics& diagnostics) {
  std::vector<Read> files;
  for (const char* pattern : {"questionnaires/*.yaml", "standards/*.yaml"}) {
    for (const std::string& path : library.match(pattern)) {
      auto text = library.read(path);
      if (!text) {
        diagnostics.build(kind::file_unreadable, {}, "library:" + path, text.error()).emit();
        continue;
      }
      files.push_back({path, sources.add("library:" + path, std::move(*text)), {}, {}});
    }
  }
  tbb::parallel_for(std::size_t{0}, files.size(), [&](std::size_t index) {
    Read& read = files[index];
    auto document = yaml::load(sources, read.id, read.found);
    if (!document) return;
    read.file = syntax::parse_standards(std::make_shared<const yaml::Document>(std::move(*document)),
                                        role_of(read.path), read.found);
  });
  for (Read& read : files) diagnostics.append(std::move(read.found));
  return files;
}

class Builder {
 public:
  explicit Builder(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  ir::Standards build(const std::vector<Read>& files) {
    for (const Read& read : files) {
      if (read.file.role == StandardsRole::catalogue) add_catalogue(read);
    }
    for (const Read& read : files) {
      for (const syntax::Outcome& outcome : read.file.outcomes) add_outcome(outcome);
    }
    for (const Read& read : files) {
      for (const syntax::Mapping& row : read.file.checks) add_mapping(row, out_.checks);
      for (const syntax::Mapping& row : read.file.assertions) add_mapping(row, out_.assertions);
      for (const syntax::Question& question : read.file.questions) add_question(question, stem_of(read.path));
      for (const syntax::FormQuestion& question : read.file.form) add_form_question(question, read.file);
    }
    std::ranges::sort(out_.questions, {}, &ir::Question::id);
    std::ranges::sort(out_.mds2, {}, &ir::Mds2Question::id);
    return std::move(out_);
  }

 private:
  // Files come by path, so catalogues come by id.
  void add_catalogue(const Read& read) {
    ir::Catalogue catalogue;
    catalogue.id = stem_of(read.path);
    catalogue.title = read.file.title.value;
    catalogue.short_name = read.file.short_name.value;
    catalogue.source = read.file.source.value;
    catalogue.in_messages = read.file.in_messages.value;
    const auto position = static_cast<std::uint32_t>(out_.catalogues.size());
    auto& ids = controls_[catalogue.id];
    for (const syntax::StandardControl& control : read.file.controls) {
      ids[std::string(control.name.value)] = {position,
                                              static_cast<std::uint32_t>(catalogue.controls.size())};
      catalogue.controls.push_back({std::string(control.name.value), std::string(control.title.value),
                                    source_of(control.source, read.file), control.unverified.value});
    }
    out_.catalogues.push_back(std::move(catalogue));
  }

  void add_outcome(const syntax::Outcome& outcome) {
    auto& refs = outcomes_[std::string(outcome.name.value)];
    add_controls(outcome.controls, refs);
  }

  void add_mapping(const syntax::Mapping& row, ir::Mappings& into) {
    ir::Mapping mapping;
    mapping.controls = controls_of(row.outcomes, row.controls);
    mapping.none = row.none.value;
    mapping.source = row.source.value;
    into.emplace(row.name.value, std::move(mapping));
  }

  void add_question(const syntax::Question& question, const std::string& topic) {
    if (!fresh(question.name)) return;
    ir::Question out;
    out.id = question.name.value;
    out.topic = topic;
    out.ask = question.ask.value;
    out.source = question.source.value;
    out.wanted = question.wanted.value == "no" ? ir::Answer::no : ir::Answer::yes;
    out.severity = question.severity.value;
    out.controls = controls_of(question.outcomes, question.controls);
    out_.questions.push_back(std::move(out));
  }

  void add_form_question(const syntax::FormQuestion& question, const StandardsFile& file) {
    out_.mds2.push_back({std::string(question.name.value), std::string(question.ask.value),
                         source_of(question.source, file), question.unverified.value});
  }

  static std::string source_of(const syntax::Text& own, const StandardsFile& file) {
    return std::string(own.present() ? own.value : file.rows_from.value);
  }

  // Two files can hold a question of one name; within one the reader sees it.
  bool fresh(const syntax::Text& name) {
    const auto [first, inserted] = questions_.emplace(std::string(name.value), name.range);
    if (inserted) return true;
    diagnostics_.build(kind::duplicate_name, name.range, name.value)
        .label(first->second, "first declared here")
        .help("rename one of the two questions")
        .emit();
    return false;
  }

  std::vector<ir::ControlRef> controls_of(const syntax::Texts& outcomes,
                                          const std::vector<syntax::Argument>& controls) {
    std::vector<ir::ControlRef> refs;
    for (const syntax::Text& outcome : outcomes) {
      if (const auto* found = find(outcomes_, outcome, "the outcomes stand in library:standards/map.yaml"))
        refs.insert(refs.end(), found->begin(), found->end());
    }
    add_controls(controls, refs);
    std::ranges::sort(refs);
    refs.erase(std::unique(refs.begin(), refs.end()), refs.end());
    return refs;
  }

  void add_controls(const std::vector<syntax::Argument>& controls, std::vector<ir::ControlRef>& refs) {
    for (const syntax::Argument& each : controls) {
      const auto* ids = find(controls_, each.name, "a catalogue is called as its file in library:standards/");
      if (ids == nullptr) continue;
      for (const syntax::Text& id : each.values) {
        if (const auto* ref = find(*ids, id, "a control has to stand in its catalogue")) refs.push_back(*ref);
      }
    }
  }

  // Null when nothing is called so, which is reported with the nearest name.
  template <class Value>
  const Value* find(const std::map<std::string, Value, std::less<>>& names, const syntax::Text& name,
                    std::string_view help) {
    const auto found = names.find(name.value);
    if (found != names.end()) return &found->second;
    NearestName nearest(name.value);
    for (const auto& [each, value] : names) nearest.consider(each);
    auto builder = diagnostics_.build(kind::unknown_name, name.range, name.value);
    if (!nearest.result().empty()) builder.help("did you mean `{}`?", nearest.result());
    builder.help("{}", help).emit();
    return nullptr;
  }

  Diagnostics& diagnostics_;
  ir::Standards out_;
  std::map<std::string, std::map<std::string, ir::ControlRef, std::less<>>, std::less<>> controls_;
  std::map<std::string, std::vector<ir::ControlRef>, std::less<>> outcomes_;
  std::map<std::string, source::Range, std::less<>> questions_;
};

}  // namespace

std::optional<ir::Standards> load_standards(const FileSystem& library, source::Sources& sources,
                                            Diagnostics& diagnostics) {
  Diagnostics found;
  const std::vector<Read> files = read_files(library, sources, found);
  std::optional<ir::Standards> standards;
  if (!found.has_errors() && !files.empty()) standards = Builder(found).build(files);
  const bool sound = !found.has_errors();
  diagnostics.append(std::move(found));
  return sound ? std::move(standards) : std::nullopt;
}

}  // namespace cordon::resolve
