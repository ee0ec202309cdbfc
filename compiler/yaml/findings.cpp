// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/yaml/findings.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace cordon::yaml {
namespace {

using diagnostics::Diagnostic;

constexpr std::size_t settle_at = 256;
constexpr std::size_t excerpt_bytes = 60;

bool by_place(const Diagnostic& a, const Diagnostic& b) {
  return a.labels.front().range < b.labels.front().range;
}

}  // namespace

diagnostics::Diagnostics& Findings::sink() {
  if (fresh_.all().size() >= settle_at) settle();
  return fresh_;
}

void Findings::shorten(Group& group) const {
  std::stable_sort(group.first.begin(), group.first.end(), by_place);
  if (group.first.size() <= per_kind_) return;
  group.dropped += group.first.size() - per_kind_;
  group.first.resize(per_kind_);
}

void Findings::settle() {
  for (const Diagnostic& diagnostic : fresh_.all()) {
    Group& group = groups_[diagnostic.kind];
    group.first.push_back(diagnostic);
    if (group.first.size() >= 2 * per_kind_ + settle_at) shorten(group);
  }
  fresh_ = {};
}

void Findings::append(Findings other) {
  other.settle();
  for (auto& [kind, theirs] : other.groups_) {
    Group& ours = groups_[kind];
    std::move(theirs.first.begin(), theirs.first.end(), std::back_inserter(ours.first));
    ours.dropped += theirs.dropped;
    shorten(ours);
  }
}

void Findings::flush(diagnostics::Diagnostics& diags) {
  settle();
  std::vector<Diagnostic> all;
  for (auto& [kind, group] : groups_) {
    shorten(group);
    if (group.dropped > 0)
      group.first.back().notes.push_back(fmt::format("{} more of these in this file", group.dropped));
    std::move(group.first.begin(), group.first.end(), std::back_inserter(all));
  }
  groups_.clear();
  std::stable_sort(all.begin(), all.end(), by_place);
  for (Diagnostic& diagnostic : all) diags.add(std::move(diagnostic));
}

std::string excerpt(std::string_view text) {
  if (text.size() <= excerpt_bytes) return std::string(text);
  std::size_t size = excerpt_bytes;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  return fmt::format("{}…", text.substr(0, size));
}

}  // namespace cordon::yaml
