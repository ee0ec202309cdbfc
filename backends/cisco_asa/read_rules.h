// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Permits and denies as rules, and lists as filters.
#ifndef BACKENDS_CISCO_ASA_READ_RULES_H
#define BACKENDS_CISCO_ASA_READ_RULES_H

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "backends/cisco_asa/read_groups.h"
#include "compiler/config/reading.h"

namespace cordon::backends::cisco_asa::reading {

class RuleReader {
 public:
  RuleReader(const source::Sources& sources, const ConfigurationText& text, config::Reading& reading)
      : sources_(sources), text_(text), reading_(reading), groups_(sources, text, reading.device) {}

  // An empty filter that lets pass what the device remembers: packets of connections, and errors about them.
  [[nodiscard]] config::FilterId open_filter(std::string_view name);

  // The list's lines, for packets that its filter has not decided about yet. What is not understood becomes a
  // gap of the filter.
  void add_list(const std::string& name, const BoundList& bound, config::FilterId filter);

  // Every packet of both families that is left.
  void add_rest(config::Action action, config::FilterId filter);

  void add_rule(config::Action action, packet::Family family, config::AddressSetId source,
                config::AddressSetId destination, const packet::ServiceSet& terms, config::Origin origin,
                config::FilterId filter);
  void add_gap(Problem problem, config::FilterId filter);

  [[nodiscard]] Groups& groups() { return groups_; }
  [[nodiscard]] config::AddressSetId all(packet::Family family);

 private:
  void add_remembered(config::Filter& filter);
  void add_entry(source::Range range, const std::string& remark, config::FilterId filter);
  [[nodiscard]] std::string unique_name(std::string_view name);

  const source::Sources& sources_;
  const ConfigurationText& text_;
  config::Reading& reading_;
  Groups groups_;
  config::AddressSetId all_[2];
  std::unordered_map<std::string, std::size_t> names_;  // of filters, and how many asked for each
};

}  // namespace cordon::backends::cisco_asa::reading

#endif  // BACKENDS_CISCO_ASA_READ_RULES_H
