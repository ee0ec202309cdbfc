// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The order of an access list's lines.
#ifndef BACKENDS_CISCO_IOS_READ_ENTRIES_H
#define BACKENDS_CISCO_IOS_READ_ENTRIES_H

#include "backends/cisco_ios/read_text.h"

namespace cordon::backends::cisco_ios {

// `[sequence] [N] permit|deny|remark …` or the removal of one. False for anything else. A line without a
// number stands ten after the highest; whether remarks count depends on the release.
[[nodiscard]] bool add_list_line(const CommandLine& line, AccessList& list);

// By sequence, without what was removed. Lines with one number are a problem: which of them the device keeps
// depends on its release. So are lines whose order does.
void sort_entries(AccessList& list);

}  // namespace cordon::backends::cisco_ios

#endif  // BACKENDS_CISCO_IOS_READ_ENTRIES_H
