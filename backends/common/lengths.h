// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Addresses of interfaces as vendors want them: with the length of what is on the link.
#ifndef BACKENDS_COMMON_LENGTHS_H
#define BACKENDS_COMMON_LENGTHS_H

#include <string_view>

#include "compiler/config/device.h"
#include "compiler/diagnostics/diagnostics.h"

namespace cordon::backends {

// Refuses an address that stands alone on a port other than a loopback: no neighbour would be on its link,
// and IOS and ASA take no such mask there.
void check_lengths(const config::Device& device, const config::Interface& interface, std::string_view title,
                   diagnostics::Diagnostics& diagnostics);

}  // namespace cordon::backends

#endif  // BACKENDS_COMMON_LENGTHS_H
