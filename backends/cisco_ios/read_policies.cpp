// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_ios/read_policies.h"

#include <algorithm>

namespace cordon::backends::cisco_ios {

void Policies::read_line(const CommandLine& line) {
  const auto conform = std::ranges::find(line.words, "conform-action");
  const bool refuses =
      conform != line.words.end() && std::next(conform) != line.words.end() && *std::next(conform) == "drop";
  if (line.word(0) == "drop" || refuses) dropping_.insert(open_);
  if (line.word(0) == "service-policy") parents_[std::string(line.words.back())].push_back(open_);
}

void Policies::attach(const CommandLine& line, bool control_plane) {
  attachments_.push_back({std::string(line.words.back()), line.range, control_plane});
}

void Policies::refuse_dropping(ConfigurationText& text) {
  std::vector<std::string> pending(dropping_.begin(), dropping_.end());
  while (!pending.empty()) {
    const std::string policy = std::move(pending.back());
    pending.pop_back();
    for (const std::string& parent : parents_[policy]) {
      if (dropping_.insert(parent).second) pending.push_back(parent);
    }
  }
  for (const Attachment& attachment : attachments_) {
    if (!dropping_.contains(attachment.policy)) continue;
    auto& problems = attachment.control_plane ? text.guard_problems : text.problems;
    problems.push_back({attachment.range, "a policy map drops packets here"});
  }
}

}  // namespace cordon::backends::cisco_ios
