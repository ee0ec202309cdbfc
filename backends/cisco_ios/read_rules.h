// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Permits and denies as rules.
#ifndef BACKENDS_CISCO_IOS_READ_RULES_H
#define BACKENDS_CISCO_IOS_READ_RULES_H

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "backends/cisco_ios/read_groups.h"
#include "compiler/config/reading.h"

namespace cordon::backends::cisco_ios {

class RuleReader {
 public:
  RuleReader(const source::Sources& sources, const ConfigurationText& text, config::Reading& reading)
      : sources_(sources), reading_(reading), groups_(sources, text, reading.device) {}

  // The filter of a list that has lines: first match wins by sequence, then what the platform adds. The
  // other family passes. Lines that are not understood become gaps. The list is sorted.
  [[nodiscard]] config::FilterId read(const std::string& name, const AccessList& list);

  // The filter of a list of a service of the device, which listens to TCP ports: nobody may connect but whom
  // the list permits; other packets pass. Nothing: nobody.
  [[nodiscard]] config::FilterId read_service_list(const std::string& name, const AccessList* list,
                                                   packet::Family family,
                                                   std::span<const std::uint16_t> ports);

  // Passes everything.
  [[nodiscard]] config::FilterId read_open(std::string_view name);

 private:
  void add_entry(const Entry& entry, const AccessList& list, config::FilterId filter);
  void add_gap(Problem problem, config::FilterId filter);
  [[nodiscard]] std::string unique_name(std::string_view name);
  void add_implicit(config::Filter& filter, packet::Family family);
  [[nodiscard]] packet::AddressSet never_accepting(packet::Family family) const;
  void restrict_to_connections(config::Filter& filter, packet::Family family,
                               std::span<const std::uint16_t> ports);
  config::Rule rule(packet::Family family, config::Action action, const packet::ServiceSet& services);

  const source::Sources& sources_;
  config::Reading& reading_;
  Groups groups_;
  std::unordered_map<std::string, std::size_t> names_;  // of filters, and how many asked for each
};

}  // namespace cordon::backends::cisco_ios

#endif  // BACKENDS_CISCO_IOS_READ_RULES_H
