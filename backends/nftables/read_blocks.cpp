// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/read_blocks.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "backends/nftables/read_names.h"

namespace cordon::backends::nftables::reading {
namespace {

constexpr std::size_t longest_variable = 1U << 20U;  // tokens

std::optional<int> to_int(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_object(const Token& word) {
  return word.is("counter") || word.is("quota") || word.is("limit") || word.is("flowtable") ||
         word.is("synproxy") || word.is("secmark") || word.is("ct") || word.is("comment") ||
         word.is("tunnel");
}

}  // namespace

void BlockParser::unknown(Token at, std::string_view reason) { ruleset_.gap(at.range, std::string(reason)); }

void BlockParser::end_of_statement() {
  if (!sentences_.at_end()) {
    unknown(tokens_.peek(), "this is not understood");
    sentences_.skip_rest();
  }
  if (!tokens_.peek().is("}")) tokens_.take();
}

// Lines of a block to its end; `line` takes what stands before a line end or `;`.
template <class Line>
void BlockParser::block(Line line) {
  const Token open = tokens_.peek();
  if (!tokens_.take_if("{")) {
    unknown(open, "a block was expected here");
    sentences_.skip_rest();
    return;
  }
  while (!tokens_.peek().is("}")) {
    if (tokens_.at_end()) {
      unknown(open, "this block does not end");
      return;
    }
    if (sentences_.at_end()) {
      tokens_.take();
      continue;
    }
    if (!preprocess()) line();
  }
  tokens_.take();
}

void BlockParser::table(Table& table) {
  block([&] { table_line(table); });
}

void BlockParser::table_line(Table& table) {
  const Token word = tokens_.take();
  if (word.is("chain") || word.is("set") || word.is("map")) {
    const Token name = tokens_.take();
    if (!name.names()) {
      unknown(name, "a name was expected here");
      sentences_.skip_rest();
    } else if (word.is("chain")) {
      chain(table.chain(name.text, name.range));
    } else {
      set(table.set(name.text, name.range));
    }
  } else if (word.is("flags")) {
    table.dormant = tokens_.peek().is("dormant");
    sentences_.skip_rest();
  } else if (is_object(word)) {
    skip_object();
  } else {
    unknown(word, "this is not known in a table");
    sentences_.skip_rest();
  }
}

void BlockParser::skip_object() {
  sentences_.skip_rest();
  ++ruleset_.ignored;
}

void BlockParser::chain(Chain& chain) {
  block([&] { chain_line(chain); });
}

void BlockParser::chain_line(Chain& chain) {
  if (tokens_.peek().is("type")) return base_line(chain);
  if (tokens_.peek().is("policy")) return policy_line(chain);
  if (tokens_.peek().is("comment")) {
    sentences_.skip_rest();
    return;
  }
  if (tokens_.peek().is("flags")) {
    unknown(tokens_.peek(), "a chain is offloaded to hardware");
    sentences_.skip_rest();
    return;
  }
  chain.rules.push_back(sentences_.parse());
}

// `type filter hook forward priority filter + 5`; the policy is a line of its own, although after `;`.
void BlockParser::base_line(Chain& chain) {
  const Token first = tokens_.take();
  chain.type = chain_type_named(tokens_.take().text);
  if (!tokens_.take_if("hook")) unknown(tokens_.peek(), "a hook was expected here");
  chain.hook = hook_named(tokens_.take().text);
  if (chain.hook == Hook::other || chain.type == ChainType::other) {
    unknown(first, "this type or hook of a chain is not known");
  }
  while (tokens_.peek().is("device") || tokens_.peek().is("devices")) {
    tokens_.take();
    tokens_.take_if("=");
    if (!expressions_.set().valid()) tokens_.take();
  }
  if (tokens_.take_if("priority")) chain.priority = priority();
  end_of_statement();
}

int BlockParser::priority() {
  const Token first = tokens_.peek();
  const std::optional<int> named = priority_named(first.text);
  if (named) tokens_.take();
  const bool minus = tokens_.peek().is("-");
  const bool plus = tokens_.peek().is("+");
  if (minus || plus) tokens_.take();
  std::optional<int> offset;
  if (minus || plus || !named) offset = to_int(tokens_.take().text);
  if (!offset && (minus || plus || !named)) unknown(first, "this priority is not known");
  return named.value_or(0) + (minus ? -1 : 1) * std::clamp(offset.value_or(0), -1000000, 1000000);
}

void BlockParser::policy_line(Chain& chain) {
  tokens_.take();
  const Token policy = tokens_.take();
  if (!policy.is("drop") && !policy.is("accept")) unknown(policy, "this policy is not known");
  chain.drops = policy.is("drop");
  end_of_statement();
}

void BlockParser::set(Set& set) {
  block([&] { set_line(set); });
}

void BlockParser::set_line(Set& set) {
  const Token word = tokens_.take();
  if (word.is("elements")) {
    tokens_.take_if("=");
    elements(set);
  } else if (word.is("flags")) {
    while (!sentences_.at_end()) {
      const Token flag = tokens_.take();
      set.dynamic = set.dynamic || flag.is("dynamic") || flag.is("timeout");
    }
  } else if (word.is("timeout") || word.is("limit") || word.is("quota")) {
    set.dynamic = true;
    sentences_.skip_rest();
  } else if (word.is("type") || word.is("typeof") || word.is("size") || word.is("policy") ||
             word.is("auto-merge") || word.is("gc-interval") || word.is("comment") || word.is("counter")) {
    sentences_.skip_rest();
  } else {
    unknown(word, "this is not known in a set");
    set.dynamic = true;
    sentences_.skip_rest();
  }
}

void BlockParser::elements(Set& set) {
  const Token first = tokens_.peek();
  const NodeId elements = expressions_.set();
  if (!elements.valid()) {
    unknown(tokens_.at_end() ? first : tokens_.peek(), "the elements of a set are not understood from here");
    set.dynamic = true;
    sentences_.skip_rest();
    return;
  }
  for (NodeId child = ruleset_.tree[elements].first; child.valid(); child = ruleset_.tree[child].next) {
    set.elements.push_back(child);
  }
}

bool BlockParser::preprocess() {
  const Token word = tokens_.peek();
  if (word.is("define") || word.is("redefine")) {
    define();
  } else if (word.is("undefine")) {
    tokens_.take();
    tokens_.define(tokens_.take().text, {});
  } else if (word.is("include")) {
    unknown(word, "another file is included");
    sentences_.skip_rest();
  } else {
    return false;
  }
  return true;
}

// Braces hold line ends; elsewhere a value ends with its line.
void BlockParser::define() {
  tokens_.take();
  const Token name = tokens_.take();
  if (!tokens_.take_if("=")) unknown(name, "a variable without a value");
  std::vector<Token> value;
  std::size_t depth = 0;
  while (!tokens_.at_end() && value.size() < longest_variable) {
    const Token& next = tokens_.peek();
    if (depth == 0 && sentences_.at_end()) break;
    if (next.is("{")) ++depth;
    if (next.is("}")) --depth;
    value.push_back(tokens_.take());
  }
  tokens_.define(name.text, std::move(value));
}

}  // namespace cordon::backends::nftables::reading
