// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a platform can do, as data. The planner asks these, never a platform's name.
#ifndef COMPILER_CONFIG_CAPABILITIES_H
#define COMPILER_CONFIG_CAPABILITIES_H

#include <cstdint>
#include <string_view>
#include <utility>

namespace cordon::config {

// A field that every platform has to decide: there is no default.
template <class T>
class Required {
 public:
  // Stands for its value wherever that is wanted.
  constexpr Required(T value) : value_(std::move(value)) {}  // NOLINT(google-explicit-constructor)
  constexpr operator const T&() const { return value_; }     // NOLINT(google-explicit-constructor)

 private:
  T value_;
};

enum class StateTracking : std::uint8_t { none, full };
enum class Support : std::uint8_t { no, yes };

struct Capabilities {  // NOLINT(cppcoreguidelines-pro-type-member-init): not without all its fields
  Required<StateTracking> state;      // none: replies are planned as rules
  Required<Support> reassembles;      // later fragments are never seen by a filter
  Required<Support> filter_in;        // filters on packets received on an interface
  Required<Support> filter_out;       // filters on packets sent on an interface
  Required<Support> filter_sees_own;  // interface filters also see packets to the device itself
  Required<Support> own_filter;       // has a separate filter for packets to the device itself
  Required<Support> addressing;       // the configuration gives interfaces their addresses and VLANs
  Required<Support> vrf;
  Required<Support> switching;  // VLANs, access and trunk ports
  Required<Support> private_vlan;
  Required<Support> protected_ports;
  Required<Support> dhcp_relay;
  Required<Support> hsrp;
  Required<Support> vrrp;

  // Names of routed ports when a device is moved to this platform (`--retarget`): `{vlan}` is the
  // VLAN id, `{n}` counts from zero in declared order. The second is for networks without a VLAN.
  Required<std::string_view> vlan_port;
  Required<std::string_view> plain_port;
};

}  // namespace cordon::config

#endif  // COMPILER_CONFIG_CAPABILITIES_H
