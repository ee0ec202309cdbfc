// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Sets of addresses and services as an author writes them: words that can stand in a flow and mean exactly
// that.
//
// `ir::AddressNames` speaks to a reader; these words are for pasting. What has a name is called by it, the
// rest by prefixes, or by a network and what it is to leave out.
#ifndef COMPILER_REPORT_POLICY_WORDS_H
#define COMPILER_REPORT_POLICY_WORDS_H

#include <map>
#include <string>
#include <vector>

#include "compiler/change/edit.h"
#include "compiler/ir/flow_set.h"
#include "compiler/ir/policy.h"

namespace cordon::report {

struct EndWords {
  std::vector<std::string> words;   // of `from` or `to`
  std::vector<std::string> except;  // of the flow's `except`
};

class PolicyWords {
 public:
  // The policy has to last as long. Linear in it. Services that are asked for are called as they were there.
  explicit PolicyWords(const ir::Policy& policy, const ir::FlowSet& question);

  [[nodiscard]] EndWords end(const change::Party& party) const;
  [[nodiscard]] EndWords end(const ir::Addresses& addresses) const;
  [[nodiscard]] std::vector<std::string> services(const packet::ServiceSet& terms) const;

  // `[a, 'device:core-1']`, a single word without brackets if `bare`.
  [[nodiscard]] static std::string list(const std::vector<std::string>& words, bool bare);
  // `{from: a, to: b, services: [tcp/443]}`
  [[nodiscard]] std::string flow(const change::Edit& edit) const;
  // The terms of a word of the policy: a named service as seen from the conduit, or a term itself. Empty:
  // neither.
  [[nodiscard]] packet::ServiceSet terms(std::string_view word, const ir::Conduit& conduit) const;

 private:
  void add_network(ir::NetworkId id, const ir::Addresses& part, EndWords& out) const;

  const ir::Policy& policy_;
  std::map<ir::Addresses, std::string> names_;
  std::map<packet::ServiceSet, std::string> services_;
  packet::ServiceSet asked_;
  std::vector<std::string> asked_words_;
};

}  // namespace cordon::report

#endif  // COMPILER_REPORT_POLICY_WORDS_H
