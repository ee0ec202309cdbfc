// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Whether the configurations that were read back do, together, what the policy says: no more and no less.
//
// The meaning of the words is that of the policy: intent is what flows and zones open, and a filter must
// admit of it what may cross it by the prover's own walk over the model. Nothing here looks at a plan.
#ifndef COMPILER_PROVE_END_TO_END_H
#define COMPILER_PROVE_END_TO_END_H

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/config/capabilities.h"
#include "compiler/config/reading.h"
#include "compiler/ir/policy.h"
#include "compiler/packet/packet_set.h"

namespace cordon::prove {

// What was read of one configured device. Every configured device of the policy has to be there.
struct ReadDevice {
  ir::DeviceId device;
  const config::Reading* reading = nullptr;
  const config::Capabilities* capabilities = nullptr;
};

enum class Obligation : std::uint8_t { enforcement, origin_of_sources, soundness, completeness, layer_2 };
[[nodiscard]] const char* to_string(Obligation obligation);

struct Violation {
  Obligation obligation = Obligation::soundness;
  ir::DeviceId device;                    // invalid: of no one device
  std::string place;                      // `pumps in`, `GigabitEthernet1/0/3`, `own`; may be empty
  std::optional<packet::Packet> witness;  // passes and must not, or must pass and does not
  std::vector<source::Range> lines;       // of what was read: those that decide about the witness
  std::vector<source::Range> policy;      // the lines that ask for it
  std::string text;                       // one sentence, lower case, no full stop
};

// What could not be decided, which is a failure.
struct Undecided {
  ir::DeviceId device;  // invalid: of no one device
  std::string text;
  std::vector<source::Range> lines;
};

// What the proof takes for granted.
struct Assumption {
  enum class Kind : std::uint8_t {
    asymmetric_state,   // devices on parallel branches track connections and do not share them
    attested_isolation  // somebody else keeps the hosts of the network apart
  } kind = Kind::asymmetric_state;
  std::vector<ir::DeviceId> devices;
  ir::NetworkId network;  // of attested isolation
  source::Range range;
  std::string text;
};

// Replies that filters without memory admit and that could as well start a conversation.
struct Residue {
  ir::ZoneId from, to;
  std::vector<packet::Cube> cubes;
};

struct Proof {
  std::vector<Violation> violations;
  std::vector<Undecided> undecided;
  std::vector<Assumption> assumptions;
  std::vector<Residue> residue;

  [[nodiscard]] bool holds() const { return violations.empty() && undecided.empty(); }
};

struct Effort {
  packet::Budget budget;  // of each device
  int jobs = 0;           // 0: as many as the machine has
};

// The same for every number of jobs.
[[nodiscard]] Proof prove_end_to_end(const ir::Policy& policy, std::span<const ReadDevice> devices,
                                     const Effort& effort = {});

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_END_TO_END_H
