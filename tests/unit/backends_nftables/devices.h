// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Devices made by hand, as short as a test wants them.
#ifndef TESTS_UNIT_BACKENDS_NFTABLES_DEVICES_H
#define TESTS_UNIT_BACKENDS_NFTABLES_DEVICES_H

#include <string>
#include <string_view>
#include <vector>

#include "compiler/backend/backend.h"
#include "compiler/config/device.h"
#include "compiler/diagnostics/diagnostics.h"

namespace cordon::test {

// `10.0.0.0/8`, `fd00::1`, `10.0.0.7-10.0.0.9`, or `any4`, `any6`; one family.
using Texts = std::vector<std::string_view>;
[[nodiscard]] packet::AddressSet addresses(const Texts& texts);
[[nodiscard]] packet::ServiceSet services(const Texts& texts);

struct RuleText {
  std::string_view label = "flow/1";
  Texts source, destination, services;
  config::Action action = config::Action::permit;
  bool log = false;
  config::Role role = config::Role::flow;
};

// A device named `fw` with interfaces `a` (eth1) and `b` (eth2).
class DeviceMaker {
 public:
  explicit DeviceMaker(bool stateful = true);

  void add_interface(std::string name, std::string port);
  config::FilterId filter(std::string name, config::Stage stage, std::string_view interface = {});
  void rule(config::FilterId filter, const RuleText& text);
  void default_denies(config::FilterId filter);

  config::Device device;

 private:
  config::AddressSetId intern(packet::AddressSet set, std::string label);
  config::ServiceSetId intern(packet::ServiceSet set);
  bool stateful_;
};

// The filter of interface `a`, with the rules and the two default denies after them.
[[nodiscard]] config::Device device_with(const std::vector<RuleText>& rules, bool stateful = true);

[[nodiscard]] backend::OutputFile emitted_file(const config::Device& device);
[[nodiscard]] std::string emitted(const config::Device& device);  // of `fw`
[[nodiscard]] std::vector<std::string> refusals(const config::Device& device);

// Empty when the real `nft -c -f` takes the text, or when there is none on this machine.
[[nodiscard]] std::string load_fault(const std::string& text);

}  // namespace cordon::test

#endif  // TESTS_UNIT_BACKENDS_NFTABLES_DEVICES_H
