// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Objects, object groups and addresses as sets of the device, each text once.
#ifndef BACKENDS_CISCO_ASA_READ_GROUPS_H
#define BACKENDS_CISCO_ASA_READ_GROUPS_H

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "backends/cisco_asa/read_text.h"
#include "backends/common/port_terms.h"
#include "compiler/config/device.h"

namespace cordon::backends::cisco_asa::reading {

// Addresses of both families. An object or group that was worked out, or why it cannot be.
struct Addresses {
  std::array<std::vector<packet::AddressRange>, 2> ranges;  // by family
  std::array<config::AddressSetId, 2> ids;  // once a rule has asked; invalid: none of the family
  bool has_ids = false;
  std::optional<Problem> problem;
};
struct Services {
  packet::ServiceSet terms;
  std::optional<Problem> problem;
};

using Protocols = std::vector<std::uint8_t>;  // ascending

class Groups {
 public:
  Groups(const source::Sources& sources, const ConfigurationText& text, config::Device& device)
      : sources_(sources), text_(text), device_(device) {}

  // The cursor stands at `any`, `any4`, `any6`, `host A`, `A MASK`, `P/L`, `object X` or `object-group X`;
  // nothing, and refused, where it is none of them. Valid as long as this lives.
  [[nodiscard]] const Addresses* take_addresses(Cursor& cursor);

  // The protocols of `tcp`, `47`, `object-group TCPUDP`; empty for `ip`. Nothing, and refused, for others.
  [[nodiscard]] std::optional<Protocols> take_protocols(Cursor& cursor);

  // The cursor stands behind `object` or `object-group`: a service, or a group of services. Nothing where it
  // is of another kind.
  [[nodiscard]] const Services* services(std::string_view word, const std::string& name);

  // `eq P`, `neq P`, `lt P`, `gt P`, `range P P` or `object-group PORTS`, as ascending ranges. Nothing where
  // none of them stands, or where it is not understood, which the cursor then says.
  [[nodiscard]] std::optional<Ports> take_ports(Cursor& cursor, std::uint8_t protocol);

  // `TYPE [CODE]` or `object-group TYPES`: terms of the protocol. Every type where none of them stands.
  [[nodiscard]] packet::ServiceSet take_icmp(Cursor& cursor, std::uint8_t protocol);

  // The kind of a group of this name; nothing where there is none.
  [[nodiscard]] std::optional<GroupKind> kind_of(std::string_view name) const;

  // Sets of the device. Invalid when the limit on all sets together is reached.
  [[nodiscard]] config::AddressSetId intern(packet::AddressSet set);
  [[nodiscard]] config::ServiceSetId intern(const packet::ServiceSet& terms);

 private:
  const Addresses* take_named_addresses(Cursor& cursor, bool group);
  Addresses* address_object(const std::string& name);
  Addresses* address_group(const std::string& name, int depth);
  Services* service_object(const std::string& name);
  Services* service_group(const std::string& name, int depth);
  void read_address_object(Cursor& cursor, Addresses& made);
  void add_address_member(Cursor& cursor, Addresses& made, int depth);
  void take_plain_addresses(Cursor& cursor, Addresses& made);
  void add_service_member(Cursor& cursor, Services& made, int depth);
  void take_service(Cursor& cursor, packet::ServiceSet& terms);
  void add_ports_of_group(Cursor& cursor, const std::string& name, std::uint8_t protocol, int depth,
                          Ports& ports);
  void add_protocols_of_group(Cursor& cursor, const std::string& name, int depth, Protocols& all,
                              bool& every);
  void add_types_of_group(Cursor& cursor, const std::string& name, std::uint8_t protocol, int depth,
                          packet::ServiceSet& terms);
  std::optional<Protocols> take_protocol_group(Cursor& cursor);
  packet::ServiceSet take_type_group(Cursor& cursor, std::uint8_t protocol);
  const ObjectGroup* find_group(Cursor& cursor, const std::string& name, GroupKind kind, int depth) const;
  bool give_ids(Addresses& made, std::string_view label);
  bool spend(std::size_t count);

  const source::Sources& sources_;
  const ConfigurationText& text_;
  config::Device& device_;
  std::size_t spent_ = 0;
  std::unordered_map<std::string, Addresses> address_objects_, address_groups_, literals_;
  std::unordered_map<std::string, Services> service_objects_, service_groups_;
  std::map<std::pair<std::string, std::uint8_t>, Ports> port_groups_;
  std::map<std::pair<std::string, std::uint8_t>, packet::ServiceSet> type_groups_;
  std::unordered_map<std::string, Protocols> protocol_groups_;
  std::map<packet::ServiceSet, config::ServiceSetId> service_sets_;
};

}  // namespace cordon::backends::cisco_asa::reading

#endif  // BACKENDS_CISCO_ASA_READ_GROUPS_H
