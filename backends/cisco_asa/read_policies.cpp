// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_asa/read_policies.h"

#include <algorithm>

namespace cordon::backends::cisco_asa::reading {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

// Inspections that look at what goes through a connection and let no other connection pass by it.
bool opens_nothing(std::string_view inspection) {
  return is_one_of(inspection,
                   {"dns", "esmtp", "smtp", "http", "netbios", "snmp", "ip-options", "ipv6", "scansafe"});
}

}  // namespace

void Policies::open_class_map(const CommandLine& line) {
  class_map_ = line.words.back();
  of_everything_.erase(class_map_);
  if (line.word(1) == "type") class_map_.clear();
}

void Policies::open_policy_map(const CommandLine& line) {
  policy_map_ = line.word(1) == "type" ? std::string_view{} : line.word(1);
  class_.clear();
}

void Policies::read_class_map_line(const CommandLine& line) {
  if (class_map_.empty()) return;
  const bool everything =
      begins(line, {"match", "any"}) || begins(line, {"match", "default-inspection-traffic"});
  if (everything) of_everything_.insert(class_map_);
}

void Policies::read_policy_map_line(const CommandLine& line) {
  if (policy_map_.empty()) return;
  if (line.word(0) == "class") {
    class_ = line.word(1);
    return;
  }
  const bool no = line.word(0) == "no";
  std::vector<std::string> words(line.words.begin() + (no ? 1 : 0), line.words.end());
  auto& actions = actions_[policy_map_];
  if (no) {
    std::erase_if(actions,
                  [&](const Action& action) { return action.of_class == class_ && action.words == words; });
  } else {
    actions.push_back({class_, line.range, std::move(words)});
  }
}

void Policies::attach(const CommandLine& line) {
  attachments_.push_back({std::string(line.word(1)),
                          line.word(2) == "interface" ? std::string(line.word(3)) : std::string{},
                          line.range});
}

void Policies::detach(const CommandLine& line) {
  std::erase_if(attachments_, [&](const Attachment& one) { return one.policy == line.word(2); });
}

void Policies::apply(ConfigurationText& text) const {
  for (const Attachment& attachment : attachments_) {
    const auto found = actions_.find(attachment.policy);
    if (found == actions_.end()) continue;
    for (const Action& action : found->second) apply(action, attachment, text);
  }
}

void Policies::apply(const Action& action, const Attachment& attachment, ConfigurationText& text) const {
  const std::vector<std::string>& words = action.words;
  const auto word = [&](std::size_t at) {
    return at < words.size() ? std::string_view(words[at]) : std::string_view{};
  };
  if (word(0) == "inspect") return apply_inspection(action, attachment, text);
  const bool bypass = word(0) == "set" && std::ranges::find(words, "tcp-state-bypass") != words.end();
  if (bypass) text.problems.push_back({action.range, "connections pass without being remembered"});
  if (is_one_of(word(0), {"ips", "csc", "cxsc", "sfr", "drop"}))
    text.problems.push_back({action.range, "packets are filtered by something else here"});
}

void Policies::apply_inspection(const Action& action, const Attachment& attachment,
                                ConfigurationText& text) const {
  const std::vector<std::string>& words = action.words;
  if (words.size() < 2 || opens_nothing(words[1])) return;
  if (words[1] != "icmp") {
    text.problems.push_back({action.range, "an inspection lets more pass than the lists do"});
    return;
  }
  const bool everywhere = attachment.interface.empty() &&
                          (action.of_class == "class-default" || of_everything_.contains(action.of_class));
  const bool errors = words.size() > 2 && words[2] == "error";
  if (!everywhere) {
    text.problems.push_back({action.range, "which ICMP is inspected is not understood"});
  } else if (errors) {
    text.tracks_icmp_errors = true;
  } else {
    text.tracks_icmp = true;
  }
}

}  // namespace cordon::backends::cisco_asa::reading
