// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Object groups and addresses as sets of the device, each text once.
#ifndef BACKENDS_CISCO_IOS_READ_GROUPS_H
#define BACKENDS_CISCO_IOS_READ_GROUPS_H

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "backends/cisco_ios/read_text.h"
#include "compiler/config/device.h"

namespace cordon::backends::cisco_ios {

// A group that was worked out, or why it cannot be.
struct ServiceGroup {
  packet::ServiceSet terms;
  // A member says ports that leave none out: like every line with ports, a deny of it passes by later
  // fragments, which a set of terms does not tell.
  bool has_vacuous_ports = false;
  std::optional<Problem> problem;
};
struct AddressGroup {
  packet::AddressSet addresses;
  config::AddressSetId id;  // once a rule has asked for it
  std::optional<Problem> problem;
};

class Groups {
 public:
  Groups(const source::Sources& sources, const ConfigurationText& text, config::Device& device)
      : sources_(sources), text_(text), device_(device) {}

  // Nothing where there is no such group. Valid as long as this lives.
  [[nodiscard]] AddressGroup* addresses(const std::string& name) { return addresses(name, 0); }
  [[nodiscard]] const ServiceGroup* services(const std::string& name) { return services(name, 0); }

  [[nodiscard]] config::AddressSetId all(packet::Family family);
  // The cursor stands at `any`, `host A`, `A WILDCARD`, `P/L` or `object-group X`; invalid and refused where
  // it is none of them.
  [[nodiscard]] config::AddressSetId take_addresses(Cursor& cursor, packet::Family family);
  // `A` or `A WILDCARD`, as a standard list has it.
  [[nodiscard]] config::AddressSetId take_standard_source(Cursor& cursor);
  // Invalid when the limit on all sets together is reached.
  [[nodiscard]] config::ServiceSetId intern(const packet::ServiceSet& terms);

 private:
  AddressGroup* addresses(const std::string& name, int depth);
  ServiceGroup* services(const std::string& name, int depth);
  void add_member(Cursor& cursor, std::vector<packet::AddressRange>& ranges, int depth);
  void add_member(Cursor& cursor, ServiceGroup& group, int depth);
  config::AddressSetId take_group(Cursor& cursor);
  config::AddressSetId intern(std::string_view text, packet::Family family, packet::AddressSet set);
  bool spend(std::size_t count);

  const source::Sources& sources_;
  const ConfigurationText& text_;
  config::Device& device_;
  std::size_t spent_ = 0;
  std::unordered_map<std::string, AddressGroup> address_groups_;
  std::unordered_map<std::string, ServiceGroup> service_groups_;
  std::unordered_map<std::string_view, config::AddressSetId> texts_[2];  // by family
  std::map<packet::ServiceSet, config::ServiceSetId> service_sets_;
  config::AddressSetId all_[2];
};

}  // namespace cordon::backends::cisco_ios

#endif  // BACKENDS_CISCO_IOS_READ_GROUPS_H
