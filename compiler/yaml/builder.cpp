// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/yaml/builder.h"

#include <algorithm>
#include <cstring>
#include <span>

#include "compiler/diagnostics/kinds/yaml.h"
#include "compiler/yaml/entries.h"

namespace cordon::yaml {

namespace kind = diagnostics::kind;

Builder::Builder(const BuilderInput& input, Storage& storage, Findings& findings)
    : input_(input), storage_(storage), findings_(findings), cursor_(input.text, input.piece.begin) {}

Range Builder::range(std::size_t begin, std::size_t end) const {
  return {input_.file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

// The rest of the word at the cursor, so that the carets have something to stand under.
Range Builder::here() const {
  constexpr std::size_t longest = 40;
  const std::size_t last = std::min(input_.text.size(), cursor_.at() + longest);
  std::size_t end = cursor_.at();
  while (end < last && !is_blank_or_break(input_.text[end])) ++end;
  while (end < input_.text.size() && (static_cast<unsigned char>(input_.text[end]) & 0xC0U) == 0x80U) ++end;
  return range(cursor_.at(), end);
}

void Builder::refuse(Range place, std::string_view message, std::string_view help) {
  auto builder = findings_.sink().build(kind::yaml_syntax, place, message);
  if (!help.empty()) builder.help("{}", help);
  builder.emit();
  throw Refused{};
}

void Builder::unexpected() {
  refuse(here(), "unexpected text",
         "check the indentation of this line, and the quotes and brackets before it");
}

bool Builder::expects_key() const {
  if (frames_.empty()) return false;
  const Frame& frame = frames_.back();
  return frame.form >= Form::block_mapping && !frame.at_value;
}

void Builder::OnDocumentStart(const YAML::Mark& /*mark*/) {
  cursor_.skip_blanks();
  while (cursor_.peek() == '%' && cursor_.at_line_start()) {
    if (!cursor_.starts_with("%YAML 1.")) {
      refuse(here(), "directive that Cordon does not know",
             "delete the line; only `%YAML 1.2` may stand here");
    }
    cursor_.skip_line();
    cursor_.skip_blanks();
  }
  if (cursor_.starts_with("---")) cursor_.move_to(cursor_.at() + 3);
}

void Builder::finish() {
  cursor_.skip_blanks();
  if (cursor_.at_line_start() && cursor_.starts_with("...")) {
    cursor_.move_to(cursor_.at() + 3);
    cursor_.skip_blanks();
  }
  if (cursor_.at_end()) return;
  if (!cursor_.at_line_start() || !cursor_.starts_with("---")) unexpected();
  findings_.sink()
      .build(kind::several_documents, range(cursor_.at(), cursor_.at() + 3))
      .help("give each document a file of its own and name it under `include:`")
      .emit();
  throw Refused{};
}

// ---- where a child stands -------------------------------------------------------------------------

void Builder::take_comma() {
  cursor_.skip_blanks();
  if (!cursor_.take(',')) unexpected();
}

// Moves over what must stand before the next child. False: a value was left out with its colon.
bool Builder::take_indicator() {
  if (frames_.empty()) return true;
  Frame& frame = frames_.back();
  if (frame.at_value) return take_value_indicator();
  const bool in_flow = frame.form == Form::flow_sequence || frame.form == Form::flow_mapping;
  if (in_flow && !is_first_child()) take_comma();
  if (frame.form == Form::flow_sequence) return true;
  cursor_.skip_blanks();
  const char wanted = frame.form == Form::block_sequence ? '-' : '?';
  const bool found = cursor_.peek() == wanted && is_blank_or_break(cursor_.peek(1));
  if (found) cursor_.move_to(cursor_.at() + 1);
  frame.explicit_key = found;
  if (frame.form == Form::block_sequence && !found) unexpected();
  return true;
}

bool Builder::take_value_indicator() {
  const std::size_t behind_key = cursor_.at();
  cursor_.skip_blanks();
  if (cursor_.take(':')) return true;
  cursor_.move_to(behind_key);
  return false;
}

void Builder::move_to_node(const YAML::Mark& mark) {
  if (!take_indicator()) unexpected();
  cursor_.skip_blanks();
  if (cursor_.at() != input_.piece.begin + static_cast<std::size_t>(mark.pos)) unexpected();
}

// ---- events ---------------------------------------------------------------------------------------

void Builder::OnScalar(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                       const std::string& value) {
  move_to_node(mark);
  const Properties properties = take_properties();
  Node node = read_scalar(value, properties);
  check_tag(properties, node.kind());
  node.set_tag(properties.tag);
  check_key(node);
  remember(anchor, node, 1, 0);
  add(node, 1, 0);
}

void Builder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const bool is_item = !frames_.empty() && frames_.back().form == Form::flow_sequence;
  const Range place = find_null(mark, anchor);
  if (is_item && place.begin == place.end) {
    refuse(here(), "nothing stands between two commas", "delete one of the commas");
  }
  const Node node = Node::make_null(place);
  check_key(node);
  remember(anchor, node, 1, 0);
  add(node, 1, 0);
}

// A word for nothing, or the empty place where a value was left out. The text at the mark may already
// be the next key, even one that reads `null`.
Range Builder::find_null(const YAML::Mark& mark, YAML::anchor_t anchor) {
  if (!take_indicator()) {
    refuse_missing_colon();
    return range(cursor_.at(), cursor_.at());
  }
  std::size_t left_out = cursor_.at();
  cursor_.skip_blanks();
  if (cursor_.at() == input_.piece.begin + static_cast<std::size_t>(mark.pos)) {
    if (anchor != 0) left_out = take_properties().end;
    const std::size_t begin = cursor_.at();
    const std::size_t end = null_word(begin);
    if (begin != end) {
      cursor_.move_to(end);
      return range(begin, end);
    }
  }
  cursor_.move_to(left_out);
  return range(left_out, left_out);
}

// At the end of its input the parser takes a lone word for a key.
void Builder::refuse_missing_colon() {
  const Frame& frame = frames_.back();
  if (frame.form == Form::flow_mapping || frame.explicit_key) return;
  refuse(values_.back().range(), "this key has no `:`",
         "write `key: value`, or indent the line when it continues a text");
}

void Builder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  move_to_node(mark);
  const std::size_t begin = cursor_.at();
  std::size_t end = begin + 1;
  while (end < input_.text.size() && !is_blank_or_break(input_.text[end]) &&
         !is_flow_indicator(input_.text[end])) {
    ++end;
  }
  cursor_.move_to(end);
  const Range place = range(begin, end);
  if (anchor == 0 || anchor > anchors_.size() || !anchors_[anchor - 1].complete) {
    findings_.sink()
        .build(kind::recursive_alias, place, excerpt(input_.text.substr(begin, end - begin)))
        .help("a value cannot hold itself: write out what is meant")
        .emit();
    throw Refused{};
  }
  const Anchor& target = anchors_[anchor - 1];
  expanded_ += target.expanded;
  if (expanded_ > input_.limits.expanded) {
    findings_.sink()
        .build(kind::alias_expansion, place, input_.limits.expanded)
        .here("the limit is passed here")
        .help("use a group, a module or a zone instead of repeating values")
        .emit();
    throw Refused{};
  }
  check_depth(target.height, place);
  const Node node = target.node.as_alias(place);
  check_key(node);
  add(node, target.expanded, target.height);
}

void Builder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                              YAML::EmitterStyle::value style) {
  move_to_node(mark);
  Properties properties;
  if (tag != "?" || anchor != 0) properties = take_properties();
  check_tag(properties, Kind::sequence);
  const bool flow = style == YAML::EmitterStyle::Flow;
  begin_collection(flow ? Form::flow_sequence : Form::block_sequence, properties, anchor);
  if (flow && !cursor_.take('[')) unexpected();
}

void Builder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) {
  // `[{a: b}: c]` announces the pair and then its key at the same place.
  const std::size_t begin = input_.piece.begin + static_cast<std::size_t>(mark.pos);
  if (expects_key() && frames_.back().begin == begin && is_first_child()) refuse_collection_key(begin);
  move_to_node(mark);
  Properties properties;
  if (tag != "?" || anchor != 0) properties = take_properties();
  check_tag(properties, Kind::mapping);
  const bool braces = style == YAML::EmitterStyle::Flow && cursor_.peek() == '{';
  const Form form = braces                               ? Form::flow_mapping
                    : style == YAML::EmitterStyle::Block ? Form::block_mapping
                                                         : Form::pair;
  begin_collection(form, properties, anchor);
  if (braces) cursor_.take('{');
}

// ---- collections ----------------------------------------------------------------------------------

void Builder::begin_collection(Form form, const Properties& properties, YAML::anchor_t anchor) {
  if (expects_key()) refuse_collection_key(cursor_.at());
  check_depth(1, here());
  Frame frame;
  frame.form = form;
  frame.tag = properties.tag;
  frame.anchor = anchor;
  frame.begin = static_cast<std::uint32_t>(cursor_.at());
  frame.first_value = values_.size();
  frames_.push_back(frame);
  if (anchor != 0 && anchors_.size() < anchor) anchors_.resize(anchor);
}

void Builder::end_collection() {
  const Frame frame = frames_.back();
  if (frame.form == Form::flow_sequence || frame.form == Form::flow_mapping) {
    cursor_.skip_blanks();
    if (!is_first_child() && cursor_.take(',')) cursor_.skip_blanks();
    if (!cursor_.take(frame.form == Form::flow_sequence ? ']' : '}')) unexpected();
  }
  const Node node = close(frame);
  values_.resize(frame.first_value);
  frames_.pop_back();
  remember(frame.anchor, node, frame.expanded, frame.height);
  add(node, frame.expanded, frame.height);
}

// Copies the children into the document and makes the node over them.
Node Builder::close(const Frame& frame) {
  const bool is_flow = frame.form != Form::block_sequence && frame.form != Form::block_mapping;
  const Style style = is_flow ? Style::flow : Style::block;
  const Range place = range(frame.begin, cursor_.at());
  const std::span<const Node> children = std::span(values_).subspan(frame.first_value);
  void* memory = nullptr;
  if (!children.empty()) {
    memory = storage_.allocate(children.size_bytes(), alignof(Node));
    std::memcpy(memory, children.data(), children.size_bytes());
  }
  Node node;
  if (frame.form == Form::block_sequence || frame.form == Form::flow_sequence) {
    node = Node::make_sequence({static_cast<const Node*>(memory), children.size()}, style, place);
  } else {
    CORDON_CHECK(children.size() % 2 == 0);
    const std::span<Entry> entries(static_cast<Entry*>(memory), children.size() / 2);
    const bool joined_later = frames_.size() == 1 && !input_.piece.whole;
    const std::size_t kept = joined_later ? entries.size() : tidy_entries(entries, findings_);
    node = Node::make_mapping(entries.first(kept), style, place);
  }
  node.set_tag(frame.tag);
  return node;
}

void Builder::add(const Node& node, std::uint64_t expanded, std::size_t height) {
  if (++value_count_ > input_.limits.values) throw Refused{};
  values_.push_back(node);
  if (frames_.empty()) return;
  Frame& parent = frames_.back();
  parent.expanded += expanded;
  parent.height = std::max(parent.height, height + 1);
  if (parent.form >= Form::block_mapping) parent.at_value = !parent.at_value;
}

void Builder::remember(YAML::anchor_t anchor, const Node& node, std::uint64_t expanded, std::size_t height) {
  if (anchor == 0) return;
  if (anchors_.size() < anchor) anchors_.resize(anchor);
  anchors_[anchor - 1] = {true, node, expanded, height};
}

void Builder::check_depth(std::size_t deeper, Range place) {
  if (input_.piece.depth + frames_.size() + deeper <= input_.limits.depth) return;
  findings_.sink()
      .build(kind::nesting_too_deep, place, input_.limits.depth)
      .here("this one is too deep")
      .help("no part of the language needs more than ten")
      .emit();
  throw Refused{};
}

// The parser also takes a bracket for a key when it is never closed.
void Builder::refuse_collection_key(std::size_t begin) {
  const std::size_t end = bracket_end(input_.text, begin);
  const bool is_bracket = input_.text[begin] == '[' || input_.text[begin] == '{';
  if (is_bracket && end == std::string_view::npos) {
    refuse(range(begin, begin + 1), "this bracket is never closed", "close it at the end of its items");
  }
  check_key(Node::make_sequence({}, Style::flow, range(begin, is_bracket ? end : begin + 1)));
}

void Builder::check_key(const Node& node) {
  if (!expects_key() || node.is_scalar()) return;
  const std::string_view seen = node.is_null() ? "empty or `null`" : "a list or a mapping";
  findings_.sink()
      .build(kind::key_not_text, node.range(), seen)
      .help("a key is one word; a word such as `null` has to stand in quotes")
      .emit();
  throw Refused{};
}

}  // namespace cordon::yaml
