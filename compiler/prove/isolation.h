// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What keeps the hosts of each network apart on the wire, where their zone isolates them.
#ifndef COMPILER_PROVE_ISOLATION_H
#define COMPILER_PROVE_ISOLATION_H

#include <cstdint>
#include <vector>

#include "compiler/ir/policy.h"

namespace cordon::prove {

enum class Apart : std::uint8_t {
  not_asked,
  attested,      // somebody else sees to it
  one_switch,    // protected ports will do, a private VLAN as well
  private_vlan,  // ports on more than one switch
  impossible     // and nothing states that it is done elsewhere
};

class Isolation {
 public:
  // `ours` by device: a switch whose configuration was read.
  Isolation(const ir::Policy& policy, const std::vector<bool>& ours);

  [[nodiscard]] Apart of(ir::NetworkId network) const { return of_[network.value]; }

 private:
  [[nodiscard]] Apart decide(const ir::Policy& policy, ir::NetworkId id) const;

  struct Wire {
    std::vector<ir::DeviceId> switches;  // with access ports
    bool foreign = false;                // a radio, or a port of a device that is not ours
  };
  std::vector<Wire> wires_;
  std::vector<Apart> of_;
};

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_ISOLATION_H
