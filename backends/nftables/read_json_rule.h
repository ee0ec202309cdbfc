// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Statements and expressions of nft's JSON.
#ifndef BACKENDS_NFTABLES_READ_JSON_RULE_H
#define BACKENDS_NFTABLES_READ_JSON_RULE_H

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "backends/nftables/read_tree.h"

namespace cordon::backends::nftables::reading {

using Json = nlohmann::json;

// The member, or null.
[[nodiscard]] const Json& member(const Json& object, const char* name);
// The string, or nothing where it is none.
[[nodiscard]] std::string string_of(const Json& value);

// Takes one object of the array; every node has its range.
class JsonRule {
 public:
  JsonRule(Tree& tree, Range range) : tree_(tree), range_(range) {}

  Sentence sentence(const Json& rule);
  // An invalid id where it is not understood.
  NodeId element(const Json& value);

 private:
  NodeId statement(const Json& statement);
  NodeId match(const Json& match);
  NodeId vmap(const Json& vmap);
  NodeId verdict(const std::string& name, const Json& value);
  NodeId change(const Json& mangle);
  NodeId expression(const Json& value);
  NodeId object(const std::string& name, const Json& value);
  NodeId word(const Json& value);
  NodeId many(NodeKind kind, const Json& values);
  NodeId selector(const std::string& base, const std::string& name);
  NodeId add(NodeKind kind, std::string_view text = {});
  NodeId pair(NodeKind kind, NodeId first, NodeId second);

  Tree& tree_;
  Range range_;
  unsigned depth_ = 0;
};

}  // namespace cordon::backends::nftables::reading

#endif  // BACKENDS_NFTABLES_READ_JSON_RULE_H
