// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What packets to the device itself have to pass.
#ifndef BACKENDS_CISCO_ASA_READ_OWN_H
#define BACKENDS_CISCO_ASA_READ_OWN_H

#include "backends/cisco_asa/read_rules.h"

namespace cordon::backends::cisco_asa::reading {

class OwnReader {
 public:
  OwnReader(const source::Sources& sources, const ConfigurationText& text, config::Reading& reading,
            RuleReader& rules)
      : sources_(sources), text_(text), reading_(reading), rules_(rules) {}

  // Binds what stands at the interface: the list on the control plane with who may use which service, and
  // who may send ICMP.
  void bind(config::InterfaceId interface, const BoundList& list);

 private:
  // What the lines of a service say of an interface.
  struct Clients {
    std::array<std::vector<packet::AddressRange>, 2> ranges;  // by family
    source::Range line;
  };
  [[nodiscard]] Clients clients_at(const ServiceText& service, std::string_view interface);
  void add_service(std::uint16_t port, const ServiceText& service, config::InterfaceId interface,
                   config::FilterId filter);
  void bind_icmp(config::InterfaceId interface, packet::Family family, const ServiceText& lines);
  void add_icmp_line(source::Range range, packet::Family family, config::FilterId filter);

  const source::Sources& sources_;
  const ConfigurationText& text_;
  config::Reading& reading_;
  RuleReader& rules_;
};

}  // namespace cordon::backends::cisco_asa::reading

#endif  // BACKENDS_CISCO_ASA_READ_OWN_H
