// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The text of a device, read back and compared with its plan.
#ifndef COMPILER_CLI_PROOF_H
#define COMPILER_CLI_PROOF_H

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/config/device.h"
#include "compiler/config/reading.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/ir/policy.h"
#include "compiler/prove/translation.h"
#include "compiler/source/source.h"

namespace cordon::cli {

// Ranges of the translation that concern emitted lines lie in `texts`, others in the project's sources.
struct DeviceProof {
  std::unique_ptr<source::Sources> texts;  // the device's files, under their names in the output folder
  config::Reading reading;
  prove::Translation translation;
  std::filesystem::path aside;     // the folder that they were put aside to, when `texts` is none
  std::vector<std::string> names;  // of the files there
  [[nodiscard]] bool refuted() const { return !translation.proved(); }

  // Forgets texts that lie in the folder as well. They are read again to show a line of them.
  void put_aside(const std::filesystem::path& folder);
};

// From any thread.
[[nodiscard]] DeviceProof prove_device(const config::Device& planned, std::unique_ptr<source::Sources> texts);

// Adds the texts to the sources, under the output folder's name, so that their lines can be shown. The first
// differences are told one by one, the rest are counted.
void report_proof(const config::Device& planned, const DeviceProof& proof,
                  const std::filesystem::path& folder, source::Sources& sources,
                  diagnostics::Diagnostics& diagnostics);

// What all configurations do together, beside the policy.
struct EndToEnd {
  std::vector<std::string> assumptions;  // what the proof takes for granted
  std::vector<std::string> residue;      // replies that could start a conversation, by pair of zones
};

// Devices as they are planned, which is the declared order of those that are ours to configure. Their files
// lie in `folder`.
[[nodiscard]] EndToEnd prove_policy(const ir::Policy& policy, std::span<const DeviceProof> devices, int jobs,
                                    const std::filesystem::path& folder, source::Sources& sources,
                                    diagnostics::Diagnostics& diagnostics);

// What is proved of output that is written: nothing less is.
inline constexpr const char* proved_obligations = "translation, end to end";

}  // namespace cordon::cli

#endif  // COMPILER_CLI_PROOF_H
