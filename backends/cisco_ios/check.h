// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#ifndef BACKENDS_CISCO_IOS_CHECK_H
#define BACKENDS_CISCO_IOS_CHECK_H

#include "compiler/config/device.h"
#include "compiler/diagnostics/diagnostics.h"

namespace cordon::backends::cisco_ios {

// Refuses what a Catalyst cannot hold, pointing at the policy line.
void check(const config::Device& device, diagnostics::Diagnostics& diagnostics);

void check_filters(const config::Device& device, diagnostics::Diagnostics& diagnostics);

}  // namespace cordon::backends::cisco_ios

#endif  // BACKENDS_CISCO_IOS_CHECK_H
