// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Reads nftables rulesets: scripts for `nft -f`, listings of `nft list ruleset`, and its JSON.
//
// Filters. Every base chain of type `filter` at the hooks prerouting, forward, postrouting and input becomes
// a filter, or one for each group of interfaces that it tells apart, since each base chain has to accept a
// packet. Chains of the family `ip` or `ip6` permit the other family. A base chain that tests interfaces in
// and out is split where a part of it only refuses, and where that does not do becomes `between`.
//
// Interfaces are those that the ruleset names, in the order of their names. A port that ends in `*` stands
// for every interface whose name begins with what is before the star and that is no other interface of the
// device; of several the longest counts. The last one is `*`, every interface that nothing else names.
//
// States. Nothing is `stateful`: rules state what they take. A packet of the model is new, established or
// related; `invalid` is none of these. Conntrack leaves neighbour discovery and listener reports (ICMPv6 130
// to 136, 143) untracked, so that their `fresh` is the kernel's `untracked`. Where a chain before conntrack
// sets every packet of a family to `notrack`, `untracked` always holds and the other states never.
//
// Fragments. Where any rule uses conntrack, packets are whole before they meet a filter; rules then speak of
// every fragment, as those of a platform that reassembles. Otherwise `reassembles` is false, and a rule that
// reads ports, ICMP types or TCP flags is said never to match a later fragment. nft(8) has it so; Linux 6.18
// takes what stands in their place, the sender's own bytes, so that nothing is proved of such a ruleset.
//
// Rules of one line share an origin: a line that holds for both families, or in several filters, is one line.
// Facts are those of nft(8) and of Linux 6; what was tried with nft 1.0.6 says so.
#ifndef BACKENDS_NFTABLES_READ_H
#define BACKENDS_NFTABLES_READ_H

#include <span>

#include "compiler/config/reading.h"
#include "compiler/source/source.h"

namespace cordon::backends::nftables {

// The files of one device, in order: as if `nft -f` loaded one after the other.
[[nodiscard]] config::Reading read_configuration(const source::Sources& sources,
                                                 std::span<const source::FileId> files);

}  // namespace cordon::backends::nftables

#endif  // BACKENDS_NFTABLES_READ_H
