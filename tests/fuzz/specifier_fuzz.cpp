// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Any bytes as an expression over a small policy. Nothing crashes or hangs; what has no meaning is told, with
// a place inside the text.
#include <cstddef>
#include <cstdint>
#include <string>

#include "compiler/base/check.h"
#include "compiler/resolve/meaning.h"

namespace {

using namespace cordon;

ir::Policy small_policy() {
  ir::Policy policy;
  ir::Network network;
  network.name = "pumps";
  network.prefixes = {*packet::parse_prefix("10.20.0.0/24")};
  network.addresses.v4 = packet::AddressSet(network.prefixes.front());
  network.vlan = 20;
  policy.declared = network.addresses;
  ir::Zone zone;
  zone.name = "pumps";
  zone.type = "medical-device";
  zone.networks = {policy.networks.push_back(std::move(network))};
  policy.zones.push_back(std::move(zone));
  ir::Host host;
  host.name = "pump-1";
  host.network = ir::NetworkId{0};
  host.ipv4 = packet::parse_address("10.20.0.7");
  policy.hosts.push_back(std::move(host));
  return policy;
}

void ask(const ir::Policy& policy, const std::string& text, bool flow) {
  source::Sources sources;
  diagnostics::Diagnostics found;
  const source::FileId file = sources.add("EXPR", text);
  resolve::PolicyNames names(policy, found);
  resolve::Meaning meaning(policy, names, sources, found);
  const auto length = static_cast<std::uint32_t>(text.size());
  const syntax::Text placed{sources.text(file), {file, 0, length}};
  const bool right = flow ? meaning.flow(placed).has_value() : meaning.set(placed).has_value();
  CORDON_CHECK(right != found.has_errors());
  for (const diagnostics::Diagnostic& each : found.all())
    CORDON_CHECK(each.labels.front().range.end <= length);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const ir::Policy policy = small_policy();
  const std::string text(reinterpret_cast<const char*>(data), size);
  ask(policy, text, false);
  ask(policy, text, true);
  return 0;
}
