// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/yaml/layout.h"

#include <algorithm>
#include <map>
#include <vector>

#include "compiler/yaml/reindent.h"

namespace cordon::yaml {
namespace {

constexpr std::size_t level = 2;          // columns of indentation
constexpr std::size_t comment_gap = 2;    // at least, before a comment behind something
constexpr std::size_t most_rounds = 100;  // of closing gaps, before all of them are closed
constexpr std::size_t none = SIZE_MAX;

struct Placed {
  std::size_t least = 0;  // blanks before it that are needed
  std::size_t gap = 0;    // blanks before it
  std::size_t line = 0;
  std::size_t column = 0;
  bool first = false;      // on its line
  bool alignable = false;  // a wider gap may be meant
};

struct Bracket {
  std::size_t column = 0;  // behind which its content begins
  std::size_t base = 0;    // where its line begins
  bool hanging = false;    // nothing but a comment follows on its line
};

// A block collection that is open.
struct Level {
  std::size_t was = 0, is = 0;  // its column, as written and now
};

struct Line {
  std::size_t indent = 0;
  bool code = false;                        // more than a comment
  std::vector<std::size_t> columns;         // of tokens with a gap before them, ascending
  std::size_t before = none, after = none;  // the nearest lines of the same indentation and block
};

class Layout {
 public:
  explicit Layout(std::span<const Token> tokens)
      : tokens_(tokens), placed_(tokens.size()), code_(tokens.size(), tokens.size()) {
    for (std::size_t at = 0; at < tokens.size(); ++at) begin_token(at);
    for (std::size_t at = tokens.size(); at-- > 0;)
      code_[at] = tokens[at].kind != TokenKind::comment ? at
                  : at + 1 < tokens.size()              ? code_[at + 1]
                                                        : at + 1;
  }

  std::string run() {
    for (std::size_t round = 0;; ++round) {
      write();
      link_lines();
      if (!close_gaps(round == most_rounds)) return std::move(text_);
    }
  }

 private:
  void begin_token(std::size_t at) {
    const Token& token = tokens_[at];
    Placed& placed = placed_[at];
    placed.first = at == 0 || (token.breaks > 0 && !joins_dash(at));
    if (placed.first) return;
    const TokenKind before = tokens_[at - 1].kind;
    if (token.kind == TokenKind::comment) {
      placed.least = comment_gap;
      placed.gap = std::max<std::size_t>(token.blanks, comment_gap);
      placed.alignable = true;
      return;
    }
    const bool tight = before == TokenKind::open || token.kind == TokenKind::close ||
                       token.kind == TokenKind::comma ||
                       (token.kind == TokenKind::colon && before != TokenKind::alias);
    placed.least = tight ? 0 : 1;
    placed.alignable = !tight && (before == TokenKind::colon || before == TokenKind::comma);
    placed.gap = placed.alignable ? std::max<std::size_t>(token.blanks, 1) : placed.least;
  }

  // Content of a list item that was written on the line below its dash.
  [[nodiscard]] bool joins_dash(std::size_t at) const {
    const Token& dash = tokens_[at - 1];
    const Token& token = tokens_[at];
    if (dash.kind != TokenKind::dash || token.kind == TokenKind::comment) return false;
    return token.depth > dash.depth || (token.depth == dash.depth && !token.own);
  }

  // ---- writing -------------------------------------------------------------------------------------

  void write() {
    text_.clear();
    lines_.clear();
    brackets_.clear();
    levels_.clear();
    column_ = 0;
    for (std::size_t at = 0; at < tokens_.size(); ++at) write_token(at);
    if (!text_.empty()) text_ += '\n';
  }

  void append(std::string_view text) {
    text_ += text;
    if (const std::size_t last = text.rfind('\n'); last != std::string_view::npos) {
      column_ = 0;
      text.remove_prefix(last + 1);
    }
    column_ += characters(text);
  }

  void write_token(std::size_t at) {
    const Token& token = tokens_[at];
    Placed& placed = placed_[at];
    if (placed.first) {
      begin_line(at);
    } else {
      append(std::string(placed.gap, ' '));
    }
    placed.column = column_;
    placed.line = lines_.size() - 1;
    Line& line = lines_.back();
    line.code = line.code || token.kind != TokenKind::comment;
    if (!placed.first && placed.least > 0) line.columns.push_back(placed.column);
    enter(at);
    write_text(token);
  }

  void begin_line(std::size_t at) {
    const Token& token = tokens_[at];
    if (at > 0) append(token.breaks > 1 ? "\n\n" : "\n");
    lines_.emplace_back();
    lines_.back().indent = indent_of(at);
    append(std::string(lines_.back().indent, ' '));
    base_ = none;
  }

  void enter(std::size_t at) {
    const Token& token = tokens_[at];
    const std::size_t here = placed_[at].column;
    if (base_ == none && token.kind != TokenKind::dash) base_ = here;
    if (token.own) {
      levels_.resize(token.depth);
      if (token.kind == TokenKind::dash || !is_behind_own_property(at)) levels_.back() = {token.column, here};
    }
    if (token.kind == TokenKind::open) {
      const bool hanging = at + 1 < tokens_.size() &&
                           (tokens_[at + 1].breaks > 0 || tokens_[at + 1].kind == TokenKind::comment);
      brackets_.push_back({here, base_, hanging});
    } else if (token.kind == TokenKind::close && !brackets_.empty()) {
      brackets_.pop_back();
    }
  }

  // A key behind its anchor: the entry began with the anchor.
  [[nodiscard]] bool is_behind_own_property(std::size_t at) const {
    return at > 0 && tokens_[at - 1].kind == TokenKind::property && tokens_[at - 1].own;
  }

  void write_text(const Token& token) {
    append(token.style == Style::block ? moved_block(token)
                                       : reindent_folded(token.text, token.style, folded_column(token)));
  }

  [[nodiscard]] std::size_t folded_column(const Token& token) const {
    return brackets_.empty() ? level * token.depth : continuation() + level;
  }

  [[nodiscard]] std::string moved_block(const Token& token) const {
    const Level parent = levels_.empty() ? Level() : levels_.back();
    return reindent_block(token.text, {parent.was, parent.is, level * token.depth});
  }

  // ---- where lines begin -----------------------------------------------------------------------------

  [[nodiscard]] std::size_t continuation() const {
    const Bracket& bracket = brackets_.back();
    return bracket.hanging ? bracket.base + level : bracket.column + 1;
  }

  [[nodiscard]] std::size_t indent_of(std::size_t at) const {
    const Token& token = tokens_[at];
    if (!brackets_.empty()) {
      const Bracket& bracket = brackets_.back();
      if (token.kind != TokenKind::close) return continuation();
      return bracket.hanging ? bracket.base : bracket.column;
    }
    return token.kind == TokenKind::comment ? comment_indent(at) : block_indent(token);
  }

  static std::size_t block_indent(const Token& token) {
    if (token.kind == TokenKind::marker || token.depth == 0) return 0;
    return level * (token.own ? token.depth - 1 : token.depth);
  }

  // A comment belongs to what it stands above, or to an open block whose column it keeps.
  [[nodiscard]] std::size_t comment_indent(std::size_t at) const {
    const std::size_t column = tokens_[at].column;
    std::vector<Level> candidates(levels_);
    const std::size_t next = code_[at];
    candidates.push_back(next < tokens_.size() ? Level{tokens_[next].column, block_indent(tokens_[next])}
                                               : Level());
    const Level* best = nullptr;
    for (const Level& each : candidates) {
      if (each.was <= column && (best == nullptr || each.was >= best->was)) best = &each;
    }
    if (best == nullptr) best = &*std::ranges::min_element(candidates, {}, &Level::was);
    return best->is;
  }

  // ---- columns ---------------------------------------------------------------------------------------

  void link_lines() {
    std::vector<std::size_t> open;  // the last line of each indentation, ascending
    for (std::size_t at = 0; at < lines_.size(); ++at) {
      Line& line = lines_[at];
      line.before = line.after = none;
      if (!line.code) continue;
      while (!open.empty() && lines_[open.back()].indent > line.indent) open.pop_back();
      if (!open.empty() && lines_[open.back()].indent == line.indent) {
        line.before = open.back();
        lines_[open.back()].after = at;
        open.pop_back();
      }
      open.push_back(at);
    }
  }

  [[nodiscard]] bool has_column(std::size_t line, std::size_t column) const {
    return line < lines_.size() && std::ranges::binary_search(lines_[line].columns, column);
  }

  [[nodiscard]] bool is_aligned(const Placed& placed) const {
    const Line& line = lines_[placed.line];
    return has_column(line.before, placed.column) || has_column(line.after, placed.column) ||
           has_column(placed.line + 1, placed.column) ||
           (placed.line > 0 && has_column(placed.line - 1, placed.column));
  }

  // Whether some gap was closed, so that columns have moved.
  bool close_gaps(bool all) {
    std::map<std::size_t, std::size_t> comments;
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (tokens_[at].kind == TokenKind::comment && placed_[at].alignable) ++comments[placed_[at].column];
    }
    bool closed = false;
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      Placed& placed = placed_[at];
      if (!placed.alignable || placed.gap <= placed.least) continue;
      const bool comment = tokens_[at].kind == TokenKind::comment;
      const bool kept = !all && (comment ? comments[placed.column] > 1 : is_aligned(placed));
      if (kept) continue;
      placed.gap = placed.least;
      closed = true;
    }
    return closed;
  }

  std::span<const Token> tokens_;
  std::vector<Placed> placed_;
  std::vector<std::size_t> code_;  // the first token from there on that is no comment
  std::string text_;
  std::size_t column_ = 0;   // behind what is written
  std::size_t base_ = none;  // where the line's content begins, behind dashes
  std::vector<Line> lines_;
  std::vector<Bracket> brackets_;
  std::vector<Level> levels_;
};

}  // namespace

std::string lay_out(std::span<const Token> tokens) { return Layout(tokens).run(); }

}  // namespace cordon::yaml
