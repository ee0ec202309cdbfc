// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/fingerprint.h"

#include <algorithm>
#include <map>
#include <string>

#include "compiler/base/sha256.h"
#include "compiler/check/traffic.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::check {
namespace {

using packet::Family;

// The numbers of addresses, free of what changes them from elsewhere: a network's devices, and the networks
// that the internet is the rest of. So a new VLAN does not make old findings new ones.
class Numbers {
 public:
  explicit Numbers(const ir::Policy* policy) : policy_(policy) {
    if (policy == nullptr) return;
    for (const ir::NetworkId id : policy->networks.ids()) hosts_.push_back(ir::hosts_of(*policy, id));
  }

  [[nodiscard]] std::string text(ir::AddressSet set) const {
    std::string text;
    for (std::uint32_t network = 0; network < hosts_.size(); ++network) {
      const ir::AddressSet& hosts = hosts_[network].of(set.family());
      if (hosts.empty() || !set.contains({set.family(), hosts.ranges().front().first})) continue;
      if (!is_subset(hosts, set)) continue;
      const ir::Network& whole = policy_->networks[ir::NetworkId(network)];
      const ir::AddressSet& all = whole.addresses.of(set.family());
      if (whole.any(set.family())) text += "any " + whole.name + ' ';
      set = whole.any(set.family()) ? subtract(set, all) : unite(set, all);
    }
    for (const packet::AddressRange& range : set.ranges()) {
      text += to_string(ir::Address{set.family(), range.first}) + '-' +
              to_string(ir::Address{set.family(), range.last}) + ' ';
    }
    return text;
  }

 private:
  const ir::Policy* policy_;
  std::vector<ir::Addresses> hosts_;  // of each network
};

// One line a product. What is too much to be brought into one form goes as it was written.
std::string number_text(const Numbers& numbers, const Traffic& traffic) {
  const auto products = canonical(traffic);
  std::string text;
  for (const TrafficPart& part : products ? *products : traffic) {
    for (const Family family : packet::families) {
      if (part.from.of(family).empty() || part.to.of(family).empty()) continue;
      text += numbers.text(part.from.of(family)) + "> " + numbers.text(part.to.of(family)) + ": " +
              to_string(part.services) + '\n';
    }
  }
  return text;
}

std::string key_of(const Finding& finding, const Numbers& numbers) {
  const std::string code(diagnostics::info(finding.diagnostic.kind).code);
  if (finding.element.empty()) return code + "\nmessage\n" + finding.diagnostic.message + '\n';
  return code + "\nelement\n" + finding.element + '\n' + number_text(numbers, finding.traffic);
}

}  // namespace

void add_fingerprints(std::vector<Finding>& findings, const ir::Policy* policy) {
  const Numbers numbers(policy);
  std::map<std::string, std::vector<Finding*>> groups;
  for (Finding& finding : findings) groups[key_of(finding, numbers)].push_back(&finding);
  for (auto& [key, group] : groups) {
    std::ranges::stable_sort(group, {}, [](const Finding* finding) { return finding->diagnostic.message; });
    for (std::size_t number = 0; number < group.size(); ++number)
      group[number]->fingerprint = sha256(key + std::to_string(number));
  }
}

}  // namespace cordon::check
