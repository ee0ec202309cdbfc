// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/read_script.h"

#include <algorithm>
#include <charconv>

#include "backends/nftables/read_blocks.h"

namespace cordon::backends::nftables::reading {
namespace {

class Script {
 public:
  Script(const source::Sources& sources, source::FileId file, Ruleset& ruleset)
      : tokens_(sources, file), ruleset_(ruleset), blocks_(tokens_, ruleset) {}

  void read() {
    while (!tokens_.at_end()) {
      if (blocks_.sentences().at_end()) {
        if (tokens_.take().is("}")) blocks_.unknown(tokens_.peek(), "a brace closes nothing before this");
      } else if (!blocks_.preprocess()) {
        command();
      }
    }
  }

 private:
  void command();
  void add(const Token& verb);
  void add_rule(bool first);
  void take_away(const Token& verb);
  void flush_tables(const Token& what);
  Place place(bool has_name);
  Table& table(const Place& place) { return ruleset_.table({place.family, place.table}, place.range); }
  void unknown(Token at, std::string_view reason);
  bool rule_position(std::size_t& position, bool first);

  Tokens tokens_;
  Ruleset& ruleset_;
  BlockParser blocks_;
};

void Script::unknown(Token at, std::string_view reason) {
  blocks_.unknown(at, reason);
  blocks_.sentences().skip_rest();
}

void Script::command() {
  const Token verb = tokens_.peek();
  if (verb.is("add") || verb.is("create") || verb.is("insert")) {
    tokens_.take();
    add(verb);
  } else if (verb.is("delete") || verb.is("destroy") || verb.is("flush")) {
    tokens_.take();
    take_away(verb);
  } else if (verb.is("list") || verb.is("reset")) {
    blocks_.skip_object();
  } else {
    add(verb);  // `table inet seg { … }` without a verb adds
  }
}

// `inet seg forward`; the family may be missing.
Place Script::place(bool has_name) {
  Place place;
  place.range = tokens_.peek().range;
  if (tokens_.peek().kind == TokenKind::word && find_family(tokens_.peek().text, place.family))
    tokens_.take();
  if (tokens_.peek().names()) place.table = tokens_.take().text;
  if (has_name && tokens_.peek().names()) place.name = tokens_.take().text;
  return place;
}

void Script::add(const Token& verb) {
  const Token what = tokens_.take();
  const bool is_set = what.is("set") || what.is("map");
  if (what.is("table")) {
    Table& made = table(place(false));
    if (tokens_.peek().is("{")) blocks_.table(made);
  } else if (what.is("chain")) {
    const Place at = place(true);
    Chain& made = table(at).chain(at.name, at.range);
    if (tokens_.peek().is("{")) blocks_.chain(made);
  } else if (what.is("rule")) {
    add_rule(verb.is("insert"));
  } else if (is_set) {
    const Place at = place(true);
    Set& made = table(at).set(at.name, at.range);
    if (tokens_.peek().is("{")) blocks_.set(made);
  } else if (what.is("element")) {
    const Place at = place(true);
    blocks_.elements(table(at).set(at.name, at.range));
  } else if (what.is("counter") || what.is("quota") || what.is("limit") || what.is("ct") ||
             what.is("flowtable") || what.is("synproxy") || what.is("secmark")) {
    blocks_.skip_object();
  } else {
    unknown(verb, "this command is not known");
  }
  if (!blocks_.sentences().at_end()) unknown(tokens_.peek(), "this is not understood");
}

// `index N` counts from none; a handle is known to the kernel alone.
bool Script::rule_position(std::size_t& position, bool first) {
  if (tokens_.peek().is("handle") || tokens_.peek().is("position")) return false;
  if (!tokens_.take_if("index")) return true;
  const std::string_view text = tokens_.take().text;
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (error != std::errc{} || end != text.data() + text.size() || index >= position) return false;
  position = first ? index : index + 1;
  return true;
}

void Script::add_rule(bool first) {
  const Place at = place(true);
  Chain& chain = table(at).chain(at.name, at.range);
  std::size_t position = chain.rules.size();
  const Token next = tokens_.peek();
  const bool has_index = next.is("index");
  if (!rule_position(position, first)) return unknown(next, "where this rule goes is not known");
  if (first && !has_index) position = 0;
  const Sentence rule = blocks_.sentences().parse();
  chain.rules.insert(chain.rules.begin() + static_cast<std::ptrdiff_t>(position), rule);
}

void Script::flush_tables(const Token& what) {
  TableFamily family{};
  if (tokens_.peek().kind != TokenKind::word || !find_family(tokens_.peek().text, family)) {
    flush_object(ruleset_, what.text, {});
    return;
  }
  tokens_.take();
  std::erase_if(ruleset_.tables, [family](const auto& entry) { return entry.first.first == family; });
}

void Script::take_away(const Token& verb) {
  const Token what = tokens_.take();
  if (verb.is("flush") && what.is("ruleset")) {
    flush_tables(what);
  } else if (what.is("counter") || what.is("quota") || what.is("limit") || what.is("ct") ||
             what.is("flowtable") || what.is("synproxy") || what.is("secmark")) {
    blocks_.skip_object();
  } else {
    const Place at = place(!what.is("table"));
    const bool done =
        verb.is("flush") ? flush_object(ruleset_, what.text, at) : delete_object(ruleset_, what.text, at);
    if (!done) return unknown(what, "this command is not understood");
  }
  if (!blocks_.sentences().at_end()) unknown(tokens_.peek(), "this is not understood");
}

}  // namespace

void read_script(const source::Sources& sources, source::FileId file, Ruleset& ruleset) {
  Script(sources, file, ruleset).read();
}

}  // namespace cordon::backends::nftables::reading
