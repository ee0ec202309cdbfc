// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Lists of rules as binary decision diagrams of BuDDy, a generic library: a judge of the packet-set engine
// that shares nothing with it, and what it is measured beside. One variable a bit of the packet.
//
// J. Lind-Nielsen, "BuDDy: A Binary Decision Diagram Package", 1999; the encoding is the usual one for
// filters (S. Hazelhurst, "Algorithms for Analysing Firewall and Router Access Lists", 2000), highest bits
// first.
#ifndef TESTS_SUPPORT_BDD_LISTS_H
#define TESTS_SUPPORT_BDD_LISTS_H

#include <bdd.h>
#include <span>

#include "compiler/packet/match.h"

namespace cordon::test {

// BuDDy has one space a process: at most one of these lives at a time, and outlives its diagrams.
class BddSpace {
 public:
  explicit BddSpace(int nodes);
  ~BddSpace();
  BddSpace(const BddSpace&) = delete;
  BddSpace& operator=(const BddSpace&) = delete;

  // Of all packets there can be. Equal lists have the same diagram.
  [[nodiscard]] bdd permitted(std::span<const packet::MatchRule> rules) const;
  [[nodiscard]] bdd of(const packet::Packet& packet) const;

 private:
  bdd possible_;
};

}  // namespace cordon::test

#endif  // TESTS_SUPPORT_BDD_LISTS_H
