// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The JSON of `nft -j list ruleset`, and of `nft -j -f`, carried out on a ruleset: libnftables-json(5).
//
// Places are those of whole objects of the array `nftables`: one for each table, chain, set and rule.
#ifndef BACKENDS_NFTABLES_READ_JSON_H
#define BACKENDS_NFTABLES_READ_JSON_H

#include "backends/nftables/read_ruleset.h"
#include "compiler/source/source.h"

namespace cordon::backends::nftables::reading {

void read_json(const source::Sources& sources, source::FileId file, Ruleset& ruleset);

}  // namespace cordon::backends::nftables::reading

#endif  // BACKENDS_NFTABLES_READ_JSON_H
