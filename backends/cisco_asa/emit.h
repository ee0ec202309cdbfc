// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The parts of an ASA configuration, in the order in which they have to be loaded.
#ifndef BACKENDS_CISCO_ASA_EMIT_H
#define BACKENDS_CISCO_ASA_EMIT_H

#include <string>
#include <vector>

#include "backends/common/writer.h"
#include "compiler/backend/backend.h"
#include "compiler/config/device.h"

namespace cordon::backends::cisco_asa {

[[nodiscard]] backend::OutputFile emit(const config::Device& device);

// How rules write each address set and each service set, by id. Empty for sets that no rule uses.
struct Operands {
  struct Service {
    std::string protocol;     // `tcp`, or the object group that says protocol and ports
    std::string source;       // ports, or empty
    std::string destination;  // ports, or ICMP type and code, or empty
  };
  std::vector<std::string> addresses;
  std::vector<Service> services;
};

// Writes the object groups of all sets that rules use, each once, and says how to refer to every set.
[[nodiscard]] Operands write_groups(const config::Device& device, Writer& out);

// Which list stands where, by interface; empty where none does.
struct Lists {
  std::vector<std::string> in, out;
  std::vector<std::string> own;  // for packets to the device itself
};
inline constexpr Literal unfiltered_list = "cordon_unfiltered";  // no filter's name has an underscore

[[nodiscard]] Lists write_access_lists(const config::Device& device, const Operands& operands, Writer& out);
void write_bindings(const config::Device& device, config::InterfaceId id, const Lists& lists, Writer& out);
void write_interfaces(const config::Device& device, const Lists& lists, Writer& out);
void write_relays(const config::Device& device, Writer& out);
void write_management(const config::Device& device, Writer& out);
void write_passage(const config::Device& device, Writer& out);
void write_start(const config::Device& device, Writer& out);

// Name of the interface in rules and bindings.
inline const std::string& nameif(const config::Interface& interface) { return interface.name; }

}  // namespace cordon::backends::cisco_asa

#endif  // BACKENDS_CISCO_ASA_EMIT_H
