// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/common/remarks.h"

#include <string_view>
#include <utility>

namespace cordon::backends {
namespace {

using config::Device;
using config::Role;
using config::Rule;

std::string_view label_of_rule(const Device& device, const Rule& rule) {
  return rule.origin.valid() ? std::string_view(device.origins[rule.origin].label) : std::string_view();
}

// `pump-telemetry/7` as `pump-telemetry` and `7`; a label without a number is all name.
std::pair<std::string_view, std::string_view> split(std::string_view label) {
  const std::size_t slash = label.rfind('/');
  if (slash == std::string_view::npos) return {label, {}};
  return {label.substr(0, slash), label.substr(slash + 1)};
}

std::string_view lead_in(Role role) {
  switch (role) {
    case Role::anti_spoofing:
      return "anti-spoofing";
    case Role::error:
      return "errors of connections";
    case Role::own_address:
      return "addresses of the device itself";
    case Role::reply:
      return "replies of";
    case Role::boundary:
      return "end of flows between declared networks";
    case Role::default_deny:
      return "default deny";
    case Role::infrastructure:
    case Role::flow:
    case Role::zone:
      return "";
  }
  return "";
}

bool same_run(const Device& device, const Rule& a, const Rule& b) {
  if (a.role != b.role) return false;
  const std::string_view first = label_of_rule(device, a);
  const std::string_view second = label_of_rule(device, b);
  return first == second || (split(first).first == split(second).first && !split(first).second.empty() &&
                             !split(second).second.empty());
}

std::string run_text(const Device& device, const Rule& first, const Rule& last) {
  std::string text(lead_in(first.role));
  const std::string_view label = label_of_rule(device, first);
  if (!text.empty() && label == config::to_string(first.role))
    return text;  // no line of the policy asked for it
  if (!text.empty() && !label.empty()) text += ' ';
  text += label;
  if (label != label_of_rule(device, last)) {
    text += '-';
    text += split(label_of_rule(device, last)).second;
  }
  return text;
}

// A flow that stands alone between those of other conduits.
bool alone(const Device& device, std::span<const Rule* const> rules, std::size_t begin, std::size_t end) {
  const Role role = rules[begin]->role;
  return end == begin + 1 && (role == Role::flow || role == Role::reply) &&
         !label_of_rule(device, *rules[begin]).empty();
}

}  // namespace

std::vector<Remark> remarks(const Device& device, std::span<const Rule* const> rules, std::size_t limit) {
  constexpr std::string_view comma = ", ";
  std::vector<Remark> found;
  bool open = false;  // the last remark takes more names
  for (std::size_t begin = 0, end = 0; begin < rules.size(); begin = end) {
    end = begin + 1;
    while (end < rules.size() && same_run(device, *rules[begin], *rules[end])) ++end;
    const bool joins = alone(device, rules, begin, end);
    const std::string_view label = label_of_rule(device, *rules[begin]);
    if (open && joins && rules[begin - 1]->role == rules[begin]->role &&
        found.back().text.size() + comma.size() + label.size() <= limit) {
      found.back().text.append(comma).append(label);
      continue;
    }
    open = joins;
    std::string text = run_text(device, *rules[begin], *rules[end - 1]);
    if (!text.empty()) found.push_back({begin, std::move(text)});
  }
  return found;
}

}  // namespace cordon::backends
