// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// How many medical devices a set of packets concerns: the words that tell a nurse's day from a lab's.
#ifndef COMPILER_REPORT_MEDICAL_DEVICES_H
#define COMPILER_REPORT_MEDICAL_DEVICES_H

#include <cstddef>
#include <span>
#include <string>

#include "compiler/ir/policy.h"
#include "compiler/packet/packet_set.h"

namespace cordon::report {

// Medical devices at either end: those that are declared as hosts, else the addresses they may have.
struct MedicalDevices {
  std::size_t hosts = 0;
  long double addresses = 0;
  [[nodiscard]] bool any() const { return hosts > 0 || addresses > 0; }
};

[[nodiscard]] MedicalDevices medical_devices(const ir::Policy& policy, std::span<const packet::Cube> cubes);
// `12 medical devices`, `254 addresses of medical devices`; empty where there are none.
[[nodiscard]] std::string to_string(const MedicalDevices& devices);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_MEDICAL_DEVICES_H
