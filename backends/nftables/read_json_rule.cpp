// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/read_json_rule.h"

#include <algorithm>
#include <iterator>

#include "backends/nftables/read_expression.h"
#include "backends/nftables/read_names.h"

namespace cordon::backends::nftables::reading {
namespace {

struct VerdictName {
  std::string_view name;
  Verdict verdict;
};
constexpr VerdictName verdicts[] = {{"accept", Verdict::accept},    {"drop", Verdict::drop},
                                    {"continue", Verdict::proceed}, {"return", Verdict::leave},
                                    {"jump", Verdict::jump},        {"goto", Verdict::go_to},
                                    {"reject", Verdict::reject}};

struct OperatorName {
  std::string_view name;
  Operator op;
};
// `in` is what the text leaves out: any of the flags. `==` compares them all.
constexpr OperatorName operators[] = {{"in", Operator::implicit}, {"==", Operator::equal},
                                      {"!=", Operator::unequal},  {"<", Operator::less},
                                      {">", Operator::greater},   {"<=", Operator::at_most},
                                      {">=", Operator::at_least}, {"!", Operator::none_of}};

constexpr std::string_view inert[] = {"counter", "last", "comment"};
constexpr std::string_view conditions[] = {"limit", "quota", "ct count", "meter"};
constexpr std::string_view translations[] = {"snat", "dnat", "masquerade", "redirect"};
constexpr std::string_view harmless_changes[] = {"mark", "priority", "nftrace",   "dscp",    "ecn",
                                                 "ttl",  "hoplimit", "flowlabel", "secmark", "option"};

template <std::size_t size>
bool is_one_of(std::string_view name, const std::string_view (&names)[size]) {
  return std::ranges::find(names, name) != std::end(names);
}

bool uses_conntrack(const Json& value, unsigned depth = 0) {
  if (depth > deepest_nesting || !value.is_structured()) return false;
  if (value.is_object() &&
      (value.contains("ct") || value.contains("ct count") || value.contains("ct helper"))) {
    return true;
  }
  return std::ranges::any_of(value, [&](const Json& inner) { return uses_conntrack(inner, depth + 1); });
}

// Set statements carry their own limit: `{"set": {"op": "add", "stmt": [{"limit": …}]}}`.
bool decides(const Json& update) {
  const Json& statements = member(update, "stmt");
  return statements.is_array() && std::ranges::any_of(statements, [](const Json& statement) {
           return statement.is_object() && !statement.contains("counter");
         });
}

}  // namespace

const Json& member(const Json& object, const char* name) {
  static const Json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(name);
  return found == object.end() ? nothing : *found;
}

std::string string_of(const Json& value) {
  return value.is_string() ? value.get<std::string>() : std::string();
}

NodeId JsonRule::add(NodeKind kind, std::string_view text) {
  Node node;
  node.kind = kind;
  node.range = range_;
  node.text = text;
  return tree_.add(node);
}

NodeId JsonRule::pair(NodeKind kind, NodeId first, NodeId second) {
  if (!first.valid() || !second.valid()) return {};
  const NodeId id = add(kind);
  NodeId last;
  tree_.adopt(id, last, first);
  tree_.adopt(id, last, second);
  return id;
}

Sentence JsonRule::sentence(const Json& rule) {
  Sentence sentence;
  sentence.range = range_;
  sentence.comment = tree_.keep(string_of(member(rule, "comment")));
  const Json& statements = member(rule, "expr");
  sentence.uses_conntrack = uses_conntrack(statements);
  NodeId last;
  if (!statements.is_array()) {
    sentence.first = add(NodeKind::unknown, "a rule without statements");
    return sentence;
  }
  for (const Json& value : statements) {
    NodeId next = statement(value);
    if (!next.valid()) next = add(NodeKind::unknown, "a statement of this rule is not understood");
    if (last.valid()) {
      tree_[last].next = next;
    } else {
      sentence.first = next;
    }
    last = next;
  }
  return sentence;
}

NodeId JsonRule::statement(const Json& statement) {
  if (!statement.is_object() || statement.size() != 1) return {};
  const std::string& name = statement.begin().key();
  const Json& value = *statement.begin();
  if (name == "match") return match(value);
  if (name == "vmap") return vmap(value);
  if (name == "mangle") return change(value);
  if (name == "log") return add(NodeKind::log);
  if (name == "notrack") return add(NodeKind::notrack);
  if (is_one_of(name, inert)) return add(NodeKind::inert);
  if (is_one_of(name, conditions)) return add(NodeKind::condition, "limit");
  if (is_one_of(name, translations)) return add(NodeKind::translate);
  if (name == "set") return decides(value) ? add(NodeKind::condition, "limit") : add(NodeKind::inert);
  return verdict(name, value);
}

NodeId JsonRule::match(const Json& match) {
  const std::string op = string_of(member(match, "op"));
  const auto* const found = std::ranges::find(operators, op, &OperatorName::name);
  if (found == std::end(operators)) return {};
  const NodeId left = expression(member(match, "left"));
  const Json& right = member(match, "right");
  const NodeId id = pair(NodeKind::match, left, expression(right));
  if (id.valid()) tree_[id].op = found->op;
  return id;
}

NodeId JsonRule::vmap(const Json& vmap) {
  return pair(NodeKind::vmap, expression(member(vmap, "key")), expression(member(vmap, "data")));
}

NodeId JsonRule::verdict(const std::string& name, const Json& value) {
  const auto* const found = std::ranges::find(verdicts, name, &VerdictName::name);
  if (found == std::end(verdicts)) return {};
  const NodeId id = add(NodeKind::verdict);
  tree_[id].verdict = found->verdict;
  if (found->verdict == Verdict::reject) {
    const std::string type = string_of(member(value, "type"));
    tree_[id].text = tree_.keep(type == "tcp reset" ? "tcp" : type);
  } else {
    tree_[id].text = tree_.keep(string_of(member(value, "target")));
  }
  return id;
}

NodeId JsonRule::change(const Json& mangle) {
  const NodeId key = expression(member(mangle, "key"));
  if (!key.valid()) return {};
  const bool harmless = is_one_of(tree_[key].text, harmless_changes);
  return harmless ? add(NodeKind::inert) : add(NodeKind::unknown, "the packet or its connection is changed");
}

NodeId JsonRule::word(const Json& value) {
  if (value.is_string()) {
    const std::string text = value.get<std::string>();
    if (text == "*") return add(NodeKind::any);
    if (text.starts_with('@')) return add(NodeKind::reference, tree_.keep(text.substr(1)));
    const NodeId id = add(NodeKind::word, tree_.keep(text));
    tree_[id].quoted = true;
    return id;
  }
  if (value.is_boolean()) return add(NodeKind::word, value.get<bool>() ? "exists" : "missing");
  if (value.is_number_unsigned()) return add(NodeKind::word, tree_.keep(value.dump()));
  return {};
}

NodeId JsonRule::many(NodeKind kind, const Json& values) {
  if (!values.is_array()) return {};
  const NodeId parent = add(kind);
  NodeId last;
  for (const Json& value : values) {
    const NodeId next = kind == NodeKind::set ? element(value) : expression(value);
    if (!next.valid()) return {};
    tree_.adopt(parent, last, next);
  }
  return parent;
}

NodeId JsonRule::expression(const Json& value) {
  if (depth_ >= deepest_nesting) return {};
  ++depth_;
  NodeId id;
  if (value.is_array()) {
    id = many(NodeKind::list, value);
  } else if (value.is_object() && value.size() == 1) {
    id = object(value.begin().key(), *value.begin());
  } else if (!value.is_object()) {
    id = word(value);
  } else {
    id = {};
  }
  --depth_;
  return id;
}

NodeId JsonRule::selector(const std::string& base, const std::string& name) {
  const NodeId id = add(NodeKind::selector, tree_.keep(name));
  tree_[id].selector = find_selector(base, name).value_or(Selector::other);
  return id;
}

NodeId JsonRule::object(const std::string& name, const Json& value) {
  if (name == "payload") {
    return selector(string_of(member(value, "protocol")), string_of(member(value, "field")));
  }
  if (name == "meta") return selector("meta", string_of(member(value, "key")));
  if (name == "ct") {
    const bool directed = !member(value, "dir").is_null();
    return selector(directed ? "" : "ct", string_of(member(value, "key")));
  }
  if (name == "exthdr") {
    const Json& name_of_field = member(value, "field");
    const std::string header = string_of(member(value, "name"));
    return name_of_field.is_null() ? selector("exthdr", header) : selector(header, string_of(name_of_field));
  }
  if (name == "tcp option" || name == "ip option") return selector("", "option");
  if (name == "set") return value.is_array() ? many(NodeKind::set, value) : expression(value);
  if (name == "concat") return many(NodeKind::concat, value);
  if (name == "|") return many(NodeKind::list, value);
  if (name == "&" || name == "range") {
    if (!value.is_array() || value.size() != 2) return {};
    return pair(name == "&" ? NodeKind::masked : NodeKind::range, expression(value[0]), expression(value[1]));
  }
  if (name == "prefix") {
    return pair(NodeKind::slash, expression(member(value, "addr")), expression(member(value, "len")));
  }
  return verdict(name, value);
}

// `KEY`, `{"elem": {"val": KEY, …}}`, or either with what it maps to.
NodeId JsonRule::element(const Json& value) {
  if (value.is_array()) {
    if (value.size() != 2) return {};
    const NodeId key = element(value[0]);
    const NodeId data = expression(value[1]);
    if (!key.valid() || !data.valid()) return {};
    NodeId last = tree_[key].first;
    tree_.adopt(key, last, data);
    return key;
  }
  const Json& wrapped = member(value, "elem");
  const NodeId key = expression(wrapped.is_null() ? value : member(wrapped, "val"));
  if (!key.valid()) return {};
  Node node;
  node.kind = NodeKind::element;
  node.range = range_;
  if (wrapped.is_object()) {
    node.text = tree_.keep(string_of(member(wrapped, "comment")));
    node.expires = wrapped.contains("timeout") || wrapped.contains("expires") || wrapped.contains("limit") ||
                   wrapped.contains("quota");
  }
  return tree_.add(node, {key});
}

}  // namespace cordon::backends::nftables::reading
