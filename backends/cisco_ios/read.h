// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#ifndef BACKENDS_CISCO_IOS_READ_H
#define BACKENDS_CISCO_IOS_READ_H

#include <span>

#include "compiler/config/reading.h"
#include "compiler/source/source.h"

namespace cordon::backends::cisco_ios {

// What a Catalyst does with the files' commands, given in order, as the device prints them: keywords in
// full and in lower case. Never throws; the work is near-linear in the text. Beyond a limit of
// read_limits.h the result is a gap. A filter of one family lets the other family pass.
[[nodiscard]] config::Reading read_configuration(const source::Sources& sources,
                                                 std::span<const source::FileId> files);

}  // namespace cordon::backends::cisco_ios

#endif  // BACKENDS_CISCO_IOS_READ_H
