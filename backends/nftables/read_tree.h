// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Rules and elements as they are written, before they mean anything. Both the text and the JSON become this.
#ifndef BACKENDS_NFTABLES_READ_TREE_H
#define BACKENDS_NFTABLES_READ_TREE_H

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "compiler/base/id.h"
#include "compiler/source/source.h"

namespace cordon::backends::nftables::reading {

using source::Range;

// What a rule looks at, by its name in the language: `ip saddr`, `meta l4proto`.
enum class Selector : std::uint8_t {
  other,  // known to be a selector, of something that no filter of the model sees
  ip_source,
  ip_destination,
  ip_protocol,
  ip_fragment,  // the 16 bits of flags and offset
  ip_version,
  ip6_source,
  ip6_destination,
  ip6_version,
  th_source,
  th_destination,
  tcp_source,
  tcp_destination,
  udp_source,
  udp_destination,
  sctp_source,
  sctp_destination,
  tcp_flags,
  icmp_type,
  icmp_code,
  icmpv6_type,
  icmpv6_code,
  l4_protocol,
  nf_protocol,
  ether_type,  // as `meta protocol` tells it; `ether type` also asks what kind of interface it is
  in_name,     // also `iif`, which is resolved when the ruleset is loaded
  out_name,
  ct_state,
  frag_offset,
  frag_exists,
};

enum class NodeKind : std::uint8_t {
  // values
  word,       // text
  range,      // first, last
  slash,      // `10.0.0.0/8`, `syn / syn,ack`: value, length or mask
  concat,     // fields
  list,       // `a,b` or `a | b`: items
  set,        // `{ … }`: elements
  reference,  // `@text`
  element,    // of a set: key, and of a map: what it maps to; text: comment
  any,        // `*`
  selector,   // selector; text as written
  masked,     // selector, mask
  // statements
  match,    // op; left, right
  vmap,     // key, set or reference
  verdict,  // verdict; text: the chain to go to, or what `reject` sends
  log,
  notrack,
  inert,      // without bearing on what passes
  condition,  // `limit`, `quota`: depends on what was before; text: its word
  translate,  // `snat`, `masquerade`
  unknown,    // text: reason
};

enum class Operator : std::uint8_t { implicit, equal, unequal, less, greater, at_most, at_least, none_of };
enum class Verdict : std::uint8_t { accept, drop, reject, proceed, leave, jump, go_to, other };

using NodeId = Id<struct NodeTag>;

struct Node {
  NodeKind kind = NodeKind::unknown;
  Selector selector = Selector::other;
  Operator op = Operator::implicit;
  Verdict verdict = Verdict::other;
  bool quoted = false;   // a word that stood in quotes
  bool expires = false;  // an element that comes, goes or counts
  Range range;
  std::string_view text;
  NodeId first, next;  // child, sibling
};

// A rule: its statements hang together by `next`.
struct Sentence {
  NodeId first;
  Range range;
  std::string_view comment;
  bool uses_conntrack = false;
};

class Tree {
 public:
  NodeId add(Node node) { return nodes_.push_back(node); }
  // A node over children; the range is that of the parent.
  NodeId add(Node node, std::initializer_list<NodeId> children);
  void adopt(NodeId parent, NodeId& last, NodeId child);  // `last`: the child adopted before, or none

  [[nodiscard]] const Node& operator[](NodeId id) const { return nodes_[id]; }
  [[nodiscard]] Node& operator[](NodeId id) { return nodes_[id]; }
  [[nodiscard]] NodeId child(NodeId id, std::size_t index) const;
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }

  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

 private:
  IdVector<NodeId, Node> nodes_;
  std::deque<std::string> texts_;  // what no file holds
};

// Text of a ruleset as a label: one line, only what shows, not too long.
[[nodiscard]] std::string shown(std::string_view text);

}  // namespace cordon::backends::nftables::reading

#endif  // BACKENDS_NFTABLES_READ_TREE_H
