// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Configurations of Cisco ASA 9.x (routed mode, one context) as they are, whoever wrote them.
//
// Source: Cisco ASA Series CLI configuration guides and command references, 9.1 to 9.18. Written from these
// and not from what Cordon emits. What is read and what becomes a gap stands in the folder's README.
#ifndef BACKENDS_CISCO_ASA_READ_H
#define BACKENDS_CISCO_ASA_READ_H

#include <span>

#include "compiler/config/reading.h"

namespace cordon::backends::cisco_asa {

// The files of one device, in order. Linear in the text, but for groups that repeat others (read_limits.h).
[[nodiscard]] config::Reading read_configuration(const source::Sources& sources,
                                                 std::span<const source::FileId> files);

}  // namespace cordon::backends::cisco_asa

#endif  // BACKENDS_CISCO_ASA_READ_H
