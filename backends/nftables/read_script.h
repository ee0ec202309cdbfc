// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The commands of an nft script and the blocks of a listing, carried out on a ruleset.
#ifndef BACKENDS_NFTABLES_READ_SCRIPT_H
#define BACKENDS_NFTABLES_READ_SCRIPT_H

#include "backends/nftables/read_ruleset.h"
#include "compiler/source/source.h"

namespace cordon::backends::nftables::reading {

// What is not understood becomes a gap of the ruleset, or a statement `unknown` of its rule.
void read_script(const source::Sources& sources, source::FileId file, Ruleset& ruleset);

}  // namespace cordon::backends::nftables::reading

#endif  // BACKENDS_NFTABLES_READ_SCRIPT_H
