// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/yaml/load.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include <oneapi/tbb/parallel_for.h>

#include "compiler/diagnostics/kinds/yaml.h"
#include "compiler/yaml/entries.h"
#include "compiler/yaml/inspect.h"
#include "compiler/yaml/parse.h"
#include "compiler/yaml/pieces.h"

namespace cordon::yaml {
namespace {

namespace kind = diagnostics::kind;
using diagnostics::Diagnostics;

struct Input {
  std::string_view text;
  source::FileId file;
  const Limits& limits;
};

template <class T>
std::span<T> copy_into(Storage& storage, const std::vector<T>& values) {
  if (values.empty()) return {};
  auto* memory = static_cast<T*>(storage.allocate(values.size() * sizeof(T), alignof(T)));
  std::uninitialized_copy(values.begin(), values.end(), memory);
  return {memory, values.size()};
}

// Puts the pieces of a file together again.
class Joiner {
 public:
  Joiner(const Input& input, const std::vector<Part>& parts)
      : input_(input),
        parts_(parts),
        storage_(std::make_unique<Storage>()),
        findings_(input.limits.reported) {}

  // False when a piece cannot stand by itself: the file has to be read whole.
  bool parse_all() {
    std::vector<Piece> pieces;
    for (const Part& part : parts_) pieces.insert(pieces.end(), part.pieces.begin(), part.pieces.end());
    std::vector<std::optional<Parsed>> parsed(pieces.size());
    tbb::parallel_for(std::size_t{0}, pieces.size(), [&](std::size_t i) {
      parsed[i].emplace(parse(input_.text, input_.file, pieces[i], input_.limits));
    });
    for (std::optional<Parsed>& piece : parsed) parsed_.push_back(std::move(*piece));
    for (const Parsed& piece : parsed_) {
      value_count_ += piece.value_count;
      if (!stands_alone(piece)) return false;
    }
    return value_count_ <= input_.limits.values;
  }

  std::optional<Document> join(Diagnostics& diags) {
    std::vector<Entry> entries;
    std::size_t next = 0;
    for (const Part& part : parts_) {
      const std::span<const Parsed> pieces = std::span(parsed_).subspan(next, part.pieces.size());
      next += part.pieces.size();
      if (part.key.empty()) {
        const auto own = pieces.front().root->entries();
        entries.insert(entries.end(), own.begin(), own.end());
      } else {
        entries.push_back(join_value(part, pieces));
      }
    }
    const Node root = join_mapping(entries);
    std::vector<std::unique_ptr<Storage>> storage;
    storage.push_back(std::move(storage_));
    for (Parsed& piece : parsed_) {
      storage.push_back(std::move(piece.storage));
      findings_.append(std::move(piece.findings));
    }
    findings_.flush(diags);
    return Document(root, std::move(storage));
  }

  // All parts of one value are of one kind.
  [[nodiscard]] bool kinds_agree() const {
    std::size_t next = 0;
    for (const Part& part : parts_) {
      const Kind first = parsed_[next].root->kind();
      for (std::size_t i = 0; i < part.pieces.size(); ++i) {
        if (parsed_[next++].root->kind() != first) return false;
      }
      if (part.key.empty() && first != Kind::mapping) return false;
    }
    return true;
  }

 private:
  static bool stands_alone(const Parsed& piece) {
    if (!piece.root || piece.has_aliases || piece.root->tag() != Tag::none) return false;
    return piece.root->style() == Style::block && (piece.root->is_mapping() || piece.root->is_sequence());
  }

  Entry join_value(const Part& part, std::span<const Parsed> pieces) {
    const auto offset = static_cast<std::uint32_t>(part.key.data() - input_.text.data());
    const Range place{input_.file, offset, static_cast<std::uint32_t>(offset + part.key.size())};
    const Node key = Node::make_scalar(part.key, Style::plain, place);
    if (pieces.front().root->is_mapping()) {
      std::vector<Entry> entries;
      for (const Parsed& piece : pieces) {
        entries.insert(entries.end(), piece.root->entries().begin(), piece.root->entries().end());
      }
      return {key, join_mapping(entries)};
    }
    std::vector<Node> items;
    for (const Parsed& piece : pieces) {
      items.insert(items.end(), piece.root->items().begin(), piece.root->items().end());
    }
    Range whole = pieces.front().root->range();
    whole.end = pieces.back().root->range().end;
    return {key, Node::make_sequence(copy_into(*storage_, items), Style::block, whole)};
  }

  Node join_mapping(const std::vector<Entry>& all) {
    const Range place{input_.file, all.front().key.range().begin, all.back().value.range().end};
    const std::span<Entry> entries = copy_into(*storage_, all);
    return Node::make_mapping(entries.first(tidy_entries(entries, findings_)), Style::block, place);
  }

  const Input& input_;
  const std::vector<Part>& parts_;
  std::vector<Parsed> parsed_;
  std::unique_ptr<Storage> storage_;
  Findings findings_;
  std::size_t value_count_ = 1;  // the top level itself
};

void report_too_many(const Input& input, Diagnostics& diags) {
  diags.build(kind::too_many_values, Range{input.file, 0, 0}, input.limits.values)
      .help("spread the policy over several files with `include:`")
      .emit();
}

void report_empty(const Input& input, Diagnostics& diags) {
  diags.build(kind::empty_file, Range{input.file, 0, 0})
      .help("write the policy here, or delete the file and what names it")
      .emit();
}

std::optional<Document> load_whole(const Input& input, Diagnostics& diags) {
  const std::size_t begin = input.text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  Parsed parsed = parse(input.text, input.file, {begin, input.text.size(), 0, true}, input.limits);
  if (parsed.value_count > input.limits.values) {
    report_too_many(input, diags);
    return std::nullopt;
  }
  parsed.findings.flush(diags);
  if (parsed.refused) return std::nullopt;
  if (!parsed.root || parsed.root->is_null()) {
    report_empty(input, diags);
    return std::nullopt;
  }
  std::vector<std::unique_ptr<Storage>> storage;
  storage.push_back(std::move(parsed.storage));
  return Document(*parsed.root, std::move(storage));
}

}  // namespace

std::optional<Document> load(const source::Sources& sources, source::FileId file, Diagnostics& diags,
                             const LoadOptions& options) {
  const Input input{sources.text(file), file, options.limits};
  if (!inspect(input.text, file, options.limits, diags)) return std::nullopt;
  const std::vector<Part> parts = cut(input.text, options.piece_bytes);
  const bool worth_it = parts.size() > 1 || (parts.size() == 1 && parts.front().pieces.size() > 1);
  if (worth_it) {
    Joiner joiner(input, parts);
    if (joiner.parse_all() && joiner.kinds_agree()) return joiner.join(diags);
  }
  return load_whole(input, diags);
}

}  // namespace cordon::yaml
