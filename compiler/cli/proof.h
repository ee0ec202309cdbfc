// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The text of a device, read back and compared with its plan.
#ifndef COMPILER_CLI_PROOF_H
#define COMPILER_CLI_PROOF_H

#include <filesystem>
#include <memory>
#include <string>

#include "compiler/config/device.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/prove/translation.h"
#include "compiler/source/source.h"

namespace cordon::cli {

// Ranges of the translation that concern emitted lines lie in `texts`, others in the project's sources.
struct DeviceProof {
  std::unique_ptr<source::Sources> texts;  // the device's files, under their names in the output folder
  bool read = true;                        // otherwise the platform has no reader yet, and nothing is known
  prove::Translation translation;
  [[nodiscard]] bool refuted() const { return !translation.proved(); }
};

// From any thread.
[[nodiscard]] DeviceProof prove_device(const config::Device& planned, std::unique_ptr<source::Sources> texts);

// Adds the texts to the sources, under the output folder's name, so that their lines can be shown. The first
// differences are told one by one, the rest are counted.
void report_proof(const config::Device& planned, const DeviceProof& proof,
                  const std::filesystem::path& folder, source::Sources& sources,
                  diagnostics::Diagnostics& diagnostics);

// How far the output is proved, in a few words: `translation`, or of how many devices.
[[nodiscard]] std::string proof_summary(std::size_t devices, std::size_t read);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_PROOF_H
