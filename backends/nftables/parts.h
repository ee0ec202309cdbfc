// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What the files of this folder share.
#ifndef BACKENDS_NFTABLES_PARTS_H
#define BACKENDS_NFTABLES_PARTS_H

#include <vector>

#include "compiler/backend/backend.h"
#include "compiler/config/device.h"
#include "compiler/diagnostics/diagnostics.h"

namespace cordon::backends::nftables {

[[nodiscard]] const backend::BackendInfo& backend_info();
void check_device(const config::Device& device, diagnostics::Diagnostics& diagnostics);
[[nodiscard]] std::vector<backend::OutputFile> emit_device(const config::Device& device);

}  // namespace cordon::backends::nftables

#endif  // BACKENDS_NFTABLES_PARTS_H
