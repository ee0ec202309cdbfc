// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/diagnostics/diagnostics.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "compiler/base/check.h"

namespace cordon::diagnostics {
namespace {

struct Row {
  std::string_view code;
  std::string_view name;
  Severity severity;
  std::string_view format;
};

constexpr Row rows[] = {
#define CORDON_KIND(code, name, severity, format, ...) {code, #name, severity, format},
#include "compiler/diagnostics/kinds.def"
#undef CORDON_KIND
};

// Slugs are the names with dashes; they live as long as the program.
const std::vector<std::string>& slugs() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> made;
    for (const Row& row : rows) {
      made.emplace_back(row.name);
      std::replace(made.back().begin(), made.back().end(), '_', '-');
    }
    return made;
  }();
  return all;
}

std::vector<KindInfo> make_kinds() {
  std::vector<KindInfo> kinds;
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    kinds.push_back({rows[i].code, slugs()[i], rows[i].severity, rows[i].format});
  }
  return kinds;
}

auto text_key(const Diagnostic& diagnostic) {
  return std::tie(info(diagnostic.kind).code, diagnostic.message);
}

}  // namespace

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return {};
}

// A message about no file comes first: it tends to be why everything else is missing.
bool comes_before(const Diagnostic& a, const Diagnostic& b, const source::Sources& sources) {
  const Range first = a.labels.front().range;
  const Range second = b.labels.front().range;
  if (first.valid() != second.valid()) return second.valid();
  if (first.valid() && first.file != second.file) {
    const int order = sources.path(first.file).compare(sources.path(second.file));
    if (order != 0) return order < 0;
    return first.file < second.file;
  }
  if (first != second) return first < second;
  return text_key(a) < text_key(b);
}

const std::vector<KindInfo>& all_kinds() {
  static const std::vector<KindInfo> kinds = make_kinds();
  return kinds;
}

const KindInfo& info(KindId id) {
  static const std::map<KindId, const KindInfo*> by_id = [] {
    std::map<KindId, const KindInfo*> made;
    for (const KindInfo& kind : all_kinds()) made.emplace(kind_id(kind.code), &kind);
    return made;
  }();
  return *by_id.at(id);
}

const KindInfo* find_kind(std::string_view code_or_slug) {
  for (const KindInfo& kind : all_kinds()) {
    if (kind.code == code_or_slug || kind.slug == code_or_slug) return &kind;
  }
  return nullptr;
}

bool operator==(const Diagnostic& a, const Diagnostic& b) {
  const auto same = [](const Label& x, const Label& y) { return x.range == y.range && x.text == y.text; };
  return a.kind == b.kind && a.severity == b.severity && a.message == b.message && a.notes == b.notes &&
         a.helps == b.helps &&
         std::equal(a.labels.begin(), a.labels.end(), b.labels.begin(), b.labels.end(), same);
}

void Builder::emit() { sink_.add(std::move(diagnostic_)); }

Diagnostic Diagnostics::make(KindId id, Range range, std::string message) {
  Diagnostic diagnostic;
  diagnostic.kind = id;
  diagnostic.severity = info(id).severity;
  diagnostic.message = std::move(message);
  diagnostic.labels.push_back({range, {}});
  return diagnostic;
}

void Diagnostics::add(Diagnostic diagnostic) {
  CORDON_CHECK(!diagnostic.labels.empty());
  if (diagnostic.severity == Severity::error) ++errors_;
  items_.push_back(std::move(diagnostic));
}

void Diagnostics::append(Diagnostics other) {
  for (Diagnostic& diagnostic : other.items_) add(std::move(diagnostic));
}

void Diagnostics::sort(const source::Sources& sources) {
  std::stable_sort(items_.begin(), items_.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return comes_before(a, b, sources); });
  items_.erase(std::unique(items_.begin(), items_.end()), items_.end());
  errors_ = 0;
  for (const Diagnostic& diagnostic : items_) errors_ += diagnostic.severity == Severity::error;
}

}  // namespace cordon::diagnostics
