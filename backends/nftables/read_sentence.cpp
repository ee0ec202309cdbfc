// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/read_sentence.h"

#include <algorithm>
#include <iterator>

namespace cordon::backends::nftables::reading {
namespace {

struct Unmodelled {
  std::string_view word, reason;
};
constexpr Unmodelled unmodelled[] = {
    {"queue", "packets go to a program that decides"},
    {"flow", "established packets are offloaded past the filters"},
    {"xt", "an extension of iptables stands here, which listings do not tell in full"},
    {"tproxy", "packets are redirected to the device itself"},
    {"dup", "packets are copied"},
    {"fwd", "packets leave by another interface"},
    {"synproxy", "the device answers for a server"},
    {"fib", "a lookup in the routing table is matched"},
    {"meter", "a meter decides"},
};

constexpr std::string_view translations[] = {"snat", "dnat", "masquerade", "redirect"};

// Fields whose change no filter of the model sees.
constexpr std::string_view harmless_changes[] = {"mark",    "priority", "nftrace",  "dscp",
                                                 "ecn",     "ttl",      "hoplimit", "flowlabel",
                                                 "secmark", "option",   "event",    "label"};

// Words that begin a statement; a value before them is over.
constexpr std::string_view statement_words[] = {"accept", "drop",     "reject", "return", "jump",
                                                "goto",   "continue", "queue",  "log",    "counter",
                                                "limit",  "comment",  "notrack"};

template <std::size_t size>
bool is_one_of(const Token& token, const std::string_view (&words)[size]) {
  return token.kind == TokenKind::word && std::ranges::find(words, token.text) != std::end(words);
}

}  // namespace

bool SentenceParser::at_end() {
  const Token& token = tokens_.peek();
  return token.kind == TokenKind::line_end || token.kind == TokenKind::end || token.is(";") || token.is("}");
}

void SentenceParser::skip_rest() {
  std::size_t depth = 0;
  while (tokens_.peek().kind != TokenKind::end && (depth > 0 || !at_end())) {
    const Token token = tokens_.take();
    if (token.is("{")) ++depth;
    if (token.is("}")) --depth;
  }
}

NodeId SentenceParser::add(NodeKind kind, const Token& at, std::string_view text) {
  Node node;
  node.kind = kind;
  node.range = at.range;
  node.text = text;
  return tree_.add(node);
}

NodeId SentenceParser::unknown(Token at, std::string_view reason) {
  skip_rest();
  return add(NodeKind::unknown, at, reason);
}

Sentence SentenceParser::parse() {
  Sentence sentence;
  sentence.range = tokens_.peek().range;
  NodeId last;
  while (!at_end()) {
    const Token first = tokens_.peek();
    sentence.uses_conntrack = sentence.uses_conntrack || first.is("ct");
    if (first.is("comment")) {
      tokens_.take();
      sentence.comment = tokens_.take().text;
      continue;
    }
    const NodeId next = statement();
    if (first.range.file == sentence.range.file) {
      sentence.range.end = std::max(sentence.range.end, tree_[next].range.end);
    }
    if (last.valid()) {
      tree_[last].next = next;
    } else {
      sentence.first = next;
    }
    last = next;
  }
  return sentence;
}

NodeId SentenceParser::statement() {
  const NodeId verdict = expressions_.verdict();
  if (verdict.valid()) return verdict;
  if (expressions_.at_selector()) return about_packet();
  const Token word = tokens_.peek();
  tokens_.take();
  const auto* const found =
      std::ranges::find_if(unmodelled, [&](const auto& row) { return word.is(row.word); });
  if (found != std::end(unmodelled)) return unknown(word, found->reason);
  return act(word);
}

NodeId SentenceParser::about_packet() {
  const Token first = tokens_.peek();
  // `ct count over 5` and `ct helper set "ftp"` begin like a selector.
  if (first.is("ct") && tokens_.peek(1).is("count")) {
    return unknown(first, "a number of connections is matched");
  }
  const NodeId relation = expressions_.relation();
  if (relation.valid()) {
    // `meta mark set 5` reads as a comparison with the word `set`.
    const NodeId right = tree_.child(relation, 1);
    const Node& word = tree_[right];
    const bool changes = tree_[relation].op == Operator::implicit && word.kind == NodeKind::word &&
                         word.text == "set" && !word.quoted;
    return changes ? change(relation) : relation;
  }
  return unknown(tokens_.at_end() || at_end() ? first : tokens_.peek(),
                 "a comparison is not understood here");
}

// What is set comes after the word `set`: up to the next statement it is of no interest.
NodeId SentenceParser::change(NodeId changed) {
  const Node& left = tree_[tree_.child(changed, 0)];
  const bool harmless = std::ranges::find(harmless_changes, left.text) != std::end(harmless_changes);
  skip_value();
  tree_[changed].kind = harmless ? NodeKind::inert : NodeKind::unknown;
  tree_[changed].text = "the packet or its connection is changed";
  return changed;
}

void SentenceParser::skip_value() {
  std::size_t depth = 0;
  while (tokens_.peek().kind != TokenKind::end) {
    if (depth == 0 && (at_end() || is_one_of(tokens_.peek(), statement_words))) return;
    const Token token = tokens_.take();
    if (token.is("{")) ++depth;
    if (token.is("}")) --depth;
  }
}

NodeId SentenceParser::act(const Token& word) {
  if (word.is("counter")) {
    expressions_.skip_counts();
    return add(NodeKind::inert, word);
  }
  if (word.is("log")) {
    skip_log();
    return add(NodeKind::log, word);
  }
  if (word.is("limit")) {
    if (!expressions_.skip_limit()) return unknown(word, "a limit is not understood here");
    return add(NodeKind::condition, word, word.text);
  }
  if (word.is("quota")) {
    skip_value();
    return add(NodeKind::condition, word, word.text);
  }
  if (word.is("last")) {
    skip_value();
    return add(NodeKind::inert, word);
  }
  if (word.is("reject")) return reject(word);
  if (word.is("notrack")) return add(NodeKind::notrack, word);
  if (is_one_of(word, translations)) {
    skip_rest();
    return add(NodeKind::translate, word);
  }
  if (word.is("add") || word.is("update") || word.is("delete") || word.is("set"))
    return skip_set_update(word);
  return unknown(word, "this statement is not known");
}

// A reset speaks of TCP and an ICMP error of its family, so each adds a condition.
NodeId SentenceParser::reject(const Token& word) {
  const NodeId id = add(NodeKind::verdict, word);
  tree_[id].verdict = Verdict::reject;
  if (!tokens_.take_if("with")) return id;
  const Token what = tokens_.take();
  if (!what.is("tcp") && !what.is("icmp") && !what.is("icmpv6") && !what.is("icmpx")) {
    return unknown(what, "this way to reject is not known");
  }
  tree_[id].text = what.text;
  tokens_.take_if("type");
  if (!at_end()) tokens_.take();
  return id;
}

void SentenceParser::skip_log_flags() {
  const Token group = tokens_.take();
  if (group.is("ip")) {
    tokens_.take_if("options");
  } else if (group.is("tcp")) {
    tokens_.take();
    while (tokens_.take_if(",")) tokens_.take();
  }
}

void SentenceParser::skip_log() {
  while (true) {
    const Token& next = tokens_.peek();
    if (next.is("flags")) {
      tokens_.take();
      skip_log_flags();
    } else if (next.is("prefix") || next.is("level") || next.is("group") || next.is("snaplen") ||
               next.is("queue-threshold")) {
      tokens_.take();
      tokens_.take();
    } else {
      return;
    }
  }
}

// `add @seen { ip saddr }` changes a set; with a limit inside it decides as well.
NodeId SentenceParser::skip_set_update(const Token& word) {
  if (word.is("set")) {  // the older `set add KEY @seen`
    return unknown(word, "this statement is not known");
  }
  if (tokens_.take().kind != TokenKind::reference || !tokens_.take_if("{")) {
    return unknown(word, "this statement is not known");
  }
  bool decides = false;
  while (!at_end()) {
    const Token token = tokens_.take();
    decides = decides || token.is("limit") || token.is("quota") || token.is("ct");
  }
  if (!tokens_.take_if("}")) return unknown(word, "this statement is not known");
  return decides ? add(NodeKind::condition, word, "limit") : add(NodeKind::inert, word);
}

}  // namespace cordon::backends::nftables::reading
