// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// From the parser's events to our own tree.
//
// The builder is told what comes and where it starts; it finds the exact ends in the text, follows
// aliases, watches the limits, and refuses what yaml-cpp lets pass. A fault after which nothing can be
// read any more is thrown as `Refused`, with its message recorded.
#ifndef COMPILER_YAML_BUILDER_H
#define COMPILER_YAML_BUILDER_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/yaml/cursor.h"
#include "compiler/yaml/findings.h"
#include "compiler/yaml/load.h"
#include "compiler/yaml/node.h"

namespace cordon::yaml {

struct Refused {};

// A stretch of a file that is parsed by itself.
struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t depth = 0;  // collections around it
  bool whole = true;      // else: part of a collection whose other parts are read elsewhere
};

struct BuilderInput {
  std::string_view text;  // of the file, up to the end of the piece
  source::FileId file;
  Piece piece;
  const Limits& limits;
};

class Builder final : public YAML::EventHandler {
 public:
  Builder(const BuilderInput& input, Storage& storage, Findings& findings);

  [[nodiscard]] bool has_root() const { return !values_.empty(); }
  [[nodiscard]] const Node& root() const { return values_.front(); }
  [[nodiscard]] std::size_t value_count() const { return value_count_; }
  [[nodiscard]] bool has_aliases() const { return !anchors_.empty(); }

  // After the document: only blanks, comments and `...` may follow.
  void finish();

  // The parser stopped at `offset` in the piece.
  void explain_failure(int offset, std::string_view reason);

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { end_collection(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { end_collection(); }

 private:
  // `pair` is the mapping of one entry that flow sequences may hold without braces.
  enum class Form : std::uint8_t { block_sequence, flow_sequence, block_mapping, flow_mapping, pair };

  struct Frame {
    Form form{};
    bool at_value = false;      // a key was read
    bool explicit_key = false;  // behind a `?`
    Tag tag = Tag::none;
    YAML::anchor_t anchor = 0;
    std::uint32_t begin = 0;
    std::size_t first_value = 0;  // where its children start in `values_`
    std::uint64_t expanded = 1;   // values, with those behind aliases
    std::size_t height = 1;       // collections inside, itself counted
  };

  struct Anchor {
    bool complete = false;
    Node node;
    std::uint64_t expanded = 1;
    std::size_t height = 0;
  };

  struct Properties {
    Tag tag = Tag::none;
    bool present = false;
    Range tag_range;
    std::size_t end = 0;  // behind the last one
  };

  [[nodiscard]] Range range(std::size_t begin, std::size_t end) const;
  [[nodiscard]] Range here() const;
  [[noreturn]] void refuse(Range place, std::string_view message, std::string_view help);
  [[noreturn]] void unexpected();

  [[nodiscard]] bool expects_key() const;
  [[nodiscard]] bool is_first_child() const { return values_.size() == frames_.back().first_value; }
  bool take_indicator();
  bool take_value_indicator();
  void refuse_missing_colon();
  void take_comma();
  void move_to_node(const YAML::Mark& mark);
  Range find_null(const YAML::Mark& mark, YAML::anchor_t anchor);

  Properties take_properties();
  Tag take_tag();
  void check_tag(const Properties& properties, Kind found);

  Node read_scalar(const std::string& value, const Properties& properties);
  Node read_quoted(const std::string& value);
  Node read_block(const std::string& value);
  Node read_plain(const std::string& value);
  std::string_view keep(std::size_t begin, std::size_t size, const std::string& value);
  void check_unescaped(std::string_view value, Range place);
  [[nodiscard]] int block_column() const;
  [[nodiscard]] std::size_t null_word(std::size_t at) const;

  void begin_collection(Form form, const Properties& properties, YAML::anchor_t anchor);
  void end_collection();
  Node close(const Frame& frame);
  void add(const Node& node, std::uint64_t expanded, std::size_t height);
  void remember(YAML::anchor_t anchor, const Node& node, std::uint64_t expanded, std::size_t height);
  void check_depth(std::size_t deeper, Range place);
  void check_key(const Node& node);
  void refuse_collection_key(std::size_t begin);

  BuilderInput input_;
  Storage& storage_;
  Findings& findings_;
  Cursor cursor_;
  std::vector<Frame> frames_;
  std::vector<Node> values_;
  std::vector<Anchor> anchors_;  // by the parser's number less one
  std::size_t value_count_ = 0;
  std::uint64_t expanded_ = 0;
};

}  // namespace cordon::yaml

#endif  // COMPILER_YAML_BUILDER_H
