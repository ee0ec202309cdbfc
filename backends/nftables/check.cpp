// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a ruleset cannot hold is refused here, with the flow that asked and the reason. Most of it the
// planner rules out already; it is tested again because the text is trusted with patients.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "backends/common/extension_headers.h"
#include "backends/nftables/parts.h"
#include "compiler/diagnostics/kinds/platform.h"

namespace cordon::backends::nftables {
namespace {

using config::Device;
using config::Filter;
using config::Rule;
using diagnostics::Diagnostics;

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

bool made_of(std::string_view text, std::string_view more) {
  return std::ranges::all_of(text, [more](char c) {
    return letters.find(c) != std::string_view::npos || more.find(c) != std::string_view::npos;
  });
}

// What the kernel takes as the name of an interface, less what a ruleset or a shell would read
// otherwise; nothing when the name is fine.
std::string_view port_fault(std::string_view port) {
  if (port.empty()) return "the name is empty";
  if (port.size() > 15) return "the kernel takes names of at most 15 characters";
  if (!made_of(port, "._-")) return "only letters, digits, `.`, `_` and `-` may stand in the name";
  if (port == "." || port == ".." || port.front() == '-') return "the kernel has no interface of such a name";
  if (port == "lo") return "`lo` is the machine's own loopback, which is always open";
  return {};
}

class Checker {
 public:
  Checker(const Device& device, Diagnostics& diagnostics) : device_(device), diagnostics_(diagnostics) {}

  void check() {
    if (device_.name.empty() || !made_of(device_.name, "._-") || device_.name.front() == '.') {
      refuse(device_.range, "its name", "it becomes the name of a file");
    }
    check_ports();
    check_bindings();
    std::set<std::string_view> names;
    for (const Filter& filter : device_.filters) check_filter(filter, names);
  }

 private:
  void refuse(config::Range range, std::string_view what, std::string_view reason) {
    diagnostics_.build(diagnostics::kind::not_expressible, range, device_.name, what, reason).emit();
  }

  void check_ports() {
    if (!device_.ports.empty() || !device_.vlans.empty() || device_.switching) {
      refuse(device_.range, "switch ports and VLANs", "only routed interfaces are written for this platform");
    }
    std::map<std::string_view, config::Range> seen;
    for (const config::Interface& interface : device_.interfaces) {
      const std::string_view fault = port_fault(interface.port);
      if (!fault.empty()) {
        diagnostics_
            .build(diagnostics::kind::unusable_port, interface.range, interface.port, device_.name, fault)
            .emit();
      }
      const auto [first, fresh] = seen.try_emplace(interface.port, interface.range);
      if (fresh) continue;
      diagnostics_
          .build(diagnostics::kind::unusable_port, interface.range, interface.port, device_.name,
                 "another interface has it already")
          .label(first->second, "first used here")
          .emit();
    }
  }

  void check_bindings() {
    std::set<std::pair<config::Stage, config::InterfaceId>> seen;
    for (const config::Binding& binding : device_.bindings) {
      const bool own = binding.stage == config::Stage::own;
      if (own == binding.interface.valid() || binding.filter.value >= device_.filters.size()) {
        refuse(device_.range, "a binding", "it names no interface or no filter");
      } else if (!seen.emplace(binding.stage, binding.interface).second) {
        refuse(device_.range, device_.filters[binding.filter].name, "two filters stand at one place");
      }
    }
  }

  void check_filter(const Filter& filter, std::set<std::string_view>& names) {
    if (filter.name.empty() || filter.name.size() > 100 || !made_of(filter.name, "._-")) {
      refuse(device_.range, filter.name, "a chain cannot have this name");
    }
    if (!names.insert(filter.name).second) refuse(device_.range, filter.name, "two filters have this name");
    if (filter.stateful != device_.filters.begin()->stateful) {
      refuse(device_.range, filter.name, "connections are tracked for all filters of a device or for none");
    }
    for (const Rule& rule : filter.rules) check_rule(filter, rule);
  }

  void check_rule(const Filter& filter, const Rule& rule) {
    const std::string_view reason = rule_fault(filter, rule);
    if (reason.empty()) return;
    const bool known = rule.origin.valid();
    refuse(known ? device_.origins[rule.origin].range : device_.range,
           known ? std::string_view(device_.origins[rule.origin].label) : config::to_string(rule.role),
           reason);
  }

  [[nodiscard]] std::string_view rule_fault(const Filter& filter, const Rule& rule) const {
    const packet::AddressSet& source = device_.addresses[rule.source].addresses;
    const packet::AddressSet& destination = device_.addresses[rule.destination].addresses;
    const packet::ServiceSet& services = device_.services[rule.services].terms;
    if (source.empty() || destination.empty())
      return "an address set without members would match nothing or all";
    if (services.empty()) return "a service without members would match nothing or all";
    if (source.family() != rule.family || destination.family() != rule.family) {
      return "an address set is of the other family";
    }
    if (packet::in_family(services, rule.family).size() != services.size()) {
      return "a service is of the other family";
    }
    if (!std::ranges::all_of(services, consistent))
      return "a service has ports or types that its protocol lacks";
    const auto passed_over = [&](const packet::ServiceTerm& term) {
      return is_extension_header(term, rule.family);  // never the value of `meta l4proto`
    };
    if (std::ranges::any_of(services, passed_over)) {
      return "the kernel looks past this IPv6 extension header, at the protocol behind it";
    }
    return tracking_fault(filter, rule);
  }

  static bool consistent(const packet::ServiceTerm& term) {
    const bool ports = !term.source.is_all() || !term.destination.is_all();
    const bool flags = term.flags != packet::any_tcp_flags;
    if (!term.protocol) return !ports && !flags && !term.icmp_type && !term.icmp_code;
    if (ports && !packet::has_ports(*term.protocol)) return false;
    if (flags && (*term.protocol != packet::protocol::tcp || term.flags == 0)) return false;
    if (term.icmp_type && !packet::is_icmp(*term.protocol)) return false;
    if (term.icmp_code && !term.icmp_type) return false;
    return term.source.first <= term.source.last && term.destination.first <= term.destination.last;
  }

  static std::string_view tracking_fault(const Filter& filter, const Rule& rule) {
    if (filter.stateful && (rule.states & static_cast<unsigned>(packet::State::fresh)) == 0) {
      return "rules of a filter that tracks connections speak of new connections";
    }
    if (!filter.stateful && rule.states != packet::any_state) {
      return "a filter that tracks no connections knows no states";
    }
    if (filter.stateful && (rule.fragments & static_cast<unsigned>(packet::Fragment::first_or_whole)) == 0) {
      return "fragments are put together before a filter that tracks connections sees them";
    }
    if (!filter.stateful && rule.fragments != packet::any_fragment) {
      return "rules for some fragments only are not written for this platform";
    }
    return {};
  }

  const Device& device_;
  Diagnostics& diagnostics_;
};

}  // namespace

void check_device(const Device& device, Diagnostics& diagnostics) { Checker(device, diagnostics).check(); }

}  // namespace cordon::backends::nftables
