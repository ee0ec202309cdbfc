// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The texts that devices would get, read back, so that every filter and every line of it can be asked.
#ifndef COMPILER_CLI_DEVICE_TEXTS_H
#define COMPILER_CLI_DEVICE_TEXTS_H

#include <map>
#include <memory>
#include <span>
#include <vector>

#include "compiler/cli/pipeline.h"
#include "compiler/report/why.h"

namespace cordon::cli {

class DeviceTexts {
 public:
  // Of the devices of a plan, in its order.
  struct Text {
    source::Sources sources;
    std::vector<backend::OutputFile> files;  // their origins; the texts are sources
    config::Reading reading;
    const config::Device* planned = nullptr;
  };
  DeviceTexts(const ir::Policy& policy, std::vector<std::unique_ptr<Text>> texts);

  [[nodiscard]] std::span<const prove::ReadDevice> readings() const { return readings_; }
  [[nodiscard]] report::DeviceLine line(ir::DeviceId device, source::Range range) const;

 private:
  std::vector<std::unique_ptr<Text>> texts_;
  std::map<ir::DeviceId, const Text*> by_device_;
  std::vector<prove::ReadDevice> readings_;
};

// Needs a plan. Nothing is written and nothing proved. The compilation has to last as long.
[[nodiscard]] DeviceTexts read_back(Compilation& compilation, const PipelineOptions& options);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_DEVICE_TEXTS_H
