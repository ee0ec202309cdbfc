// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/read_json.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "backends/nftables/read_json_rule.h"

namespace cordon::backends::nftables::reading {
namespace {

constexpr std::size_t deepest_text = 64;  // of braces and brackets in one object

// The objects of the outer array, by counting brackets: `{"nftables": [ {…}, {…} ]}`.
class Objects {
 public:
  Objects(std::string_view text, source::FileId file) : text_(text), file_(file) {}

  // Nothing at the end; `complete` then says whether the text ended well.
  bool next(Range& range) {
    while (place_ < text_.size() && !done_) {
      const char c = text_[place_++];
      if (c == '"') {
        skip_string();
      } else if (c == '{' || c == '[') {
        ++depth_;
        if (depth_ == outer_depth + 1) begin_ = place_ - 1;
        deepest_ = std::max(deepest_, depth_);
      } else if (c == '}' || c == ']') {
        if (close(range)) return true;
      }
    }
    return false;
  }
  [[nodiscard]] bool complete() const { return done_; }
  [[nodiscard]] bool too_deep() const { return deepest_ > deepest_text; }

 private:
  static constexpr std::size_t outer_depth = 2;

  void skip_string() {
    while (place_ < text_.size() && text_[place_] != '"') place_ += text_[place_] == '\\' ? 2U : 1U;
    ++place_;
  }

  bool close(Range& range) {
    if (depth_ > 0) --depth_;
    done_ = depth_ == 0;
    if (depth_ != outer_depth) return false;
    range = {file_, static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(place_)};
    return true;
  }

  std::string_view text_;
  source::FileId file_;
  std::size_t place_ = 0;
  std::size_t begin_ = 0;
  std::size_t depth_ = 0;
  std::size_t deepest_ = 0;
  bool done_ = false;
};

// One object of the array.
class Command {
 public:
  Command(Ruleset& ruleset, Range range) : ruleset_(ruleset), range_(range) {}

  void run(const Json& command) {
    if (!command.is_object() || command.size() != 1) return unknown();
    const std::string& name = command.begin().key();
    const Json& value = *command.begin();
    if (name == "add" || name == "create" || name == "insert" || name == "delete" || name == "flush" ||
        name == "destroy") {
      if (!value.is_object() || value.size() != 1) return unknown();
      const std::string& what = value.begin().key();
      // A handle says behind which rule, and only the kernel knows it.
      if (what == "rule" && value.begin()->contains("handle")) return unknown();
      return run(name, what, *value.begin());
    }
    run("add", name, value);
  }

 private:
  void run(const std::string& verb, const std::string& what, const Json& value) {
    const Place place = place_of(value);
    if (verb == "delete" || verb == "destroy" || verb == "flush") {
      Place at = place;
      if (what == "rule" || what == "element") return unknown();
      if (what == "table") at.table = string_of(member(value, "name"));
      const bool done =
          verb == "flush" ? flush_object(ruleset_, what, at) : delete_object(ruleset_, what, at);
      if (!done) ++ruleset_.ignored;
    } else if (what == "table") {
      add_table(value, place);
    } else if (what == "chain") {
      add_chain(value, place);
    } else if (what == "rule") {
      add_rule(value, verb == "insert");
    } else if (what == "set" || what == "map" || what == "element") {
      add_set(value, place);
    } else {
      add_other(what);
    }
  }

  Place place_of(const Json& value) {
    Place place;
    const std::string family = string_of(member(value, "family"));
    if (value.is_object() && value.contains("family") && !find_family(family, place.family)) unknown();
    place.table = string_of(member(value, "table"));
    place.name = string_of(member(value, "name"));
    place.range = range_;
    return place;
  }

  Table& table(const Place& place) { return ruleset_.table({place.family, place.table}, range_); }
  void unknown() { ruleset_.gap(range_, "this object is not understood"); }

  void add_table(const Json& value, const Place& place) {
    Table& made = ruleset_.table({place.family, place.name}, range_);
    // nft 1.0.6 prints the name of the table in place of its flags.
    const Json& flags = member(value, "flags");
    for (const Json& flag : flags.is_array() ? flags : Json::array({flags})) {
      if (flag == "dormant") {
        made.dormant = true;
      } else if (!flag.is_null() && flag != "owner" && flag != "persist") {
        ruleset_.gap(range_, "a flag of this table is not known, so it may be dormant");
      }
    }
  }

  void add_chain(const Json& value, const Place& place) {
    Chain& chain = table(place).chain(place.name, range_);
    if (member(value, "hook").is_null()) return;
    chain.hook = hook_named(string_of(member(value, "hook")));
    chain.type = chain_type_named(string_of(member(value, "type")));
    const Json& priority = member(value, "prio");
    const std::string policy = string_of(member(value, "policy"));
    const bool known =
        priority.is_number_integer() && (policy.empty() || policy == "accept" || policy == "drop");
    if (chain.hook == Hook::other || chain.type == ChainType::other || !known) return unknown();
    chain.priority = static_cast<int>(
        std::clamp(priority.get<std::int64_t>(), std::int64_t{-1000000}, std::int64_t{1000000}));
    chain.drops = policy == "drop";
  }

  void add_rule(const Json& value, bool first) {
    const Place place = place_of(value);
    if (!member(value, "index").is_null()) return unknown();
    Chain& chain = table(place).chain(string_of(member(value, "chain")), range_);
    const Sentence rule = JsonRule(ruleset_.tree, range_).sentence(value);
    chain.rules.insert(first ? chain.rules.begin() : chain.rules.end(), rule);
  }

  void add_set(const Json& value, const Place& place) {
    Set& set = table(place).set(place.name, range_);
    const Json& flags = member(value, "flags");
    const auto flagged = [&](const char* name) {
      return string_of(flags) == name ||
             (flags.is_array() && std::ranges::find(flags, Json(name)) != flags.end());
    };
    set.dynamic = set.dynamic || flagged("dynamic") || flagged("timeout") || value.contains("timeout");
    const Json& elements = member(value, "elem");
    if (!elements.is_array()) {
      if (!elements.is_null()) unknown();
      return;
    }
    JsonRule reader(ruleset_.tree, range_);
    for (const Json& element : elements) {
      const NodeId id = reader.element(element);
      if (id.valid()) {
        set.elements.push_back(id);
      } else {
        set.dynamic = true;
        unknown();
      }
    }
  }

  void add_other(const std::string& what) {
    const bool known = what == "metainfo" || what == "counter" || what == "quota" || what == "limit" ||
                       what == "ct helper" || what == "ct timeout" || what == "ct expectation" ||
                       what == "flowtable" || what == "synproxy" || what == "secmark" || what == "ruleset";
    if (!known) return unknown();
    ++ruleset_.ignored;
  }

  Ruleset& ruleset_;
  Range range_;
};

}  // namespace

void read_json(const source::Sources& sources, source::FileId file, Ruleset& ruleset) {
  const std::string_view text = sources.text(file);
  const Range whole{file, 0, static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), 1))};
  Objects objects(text, file);
  for (Range range; objects.next(range);) {
    if (objects.too_deep()) break;
    const Json command = Json::parse(sources.text(range), nullptr, false);
    if (command.is_discarded()) {
      ruleset.gap(range, "this is not JSON");
    } else {
      Command(ruleset, range).run(command);
    }
  }
  if (objects.too_deep()) return ruleset.gap(whole, "the JSON is nested too deeply");
  if (!objects.complete()) ruleset.gap(whole, "the JSON does not end");
  if (text.find("\"nftables\"") == std::string_view::npos) ruleset.gap(whole, "there is no array `nftables`");
}

}  // namespace cordon::backends::nftables::reading
