// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/diagnostics/render_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "compiler/diagnostics/printable.h"
#include "compiler/diagnostics/snippet.h"

namespace cordon::diagnostics {
namespace {

enum class Ink : std::uint8_t { plain, bold, error, warning, gutter, secondary, help };

std::string_view escape_code(Ink ink) {
  switch (ink) {
    case Ink::plain:
      return "";
    case Ink::bold:
      return "\x1b[1m";
    case Ink::error:
      return "\x1b[1;31m";
    case Ink::warning:
      return "\x1b[1;33m";
    case Ink::gutter:
      return "\x1b[1;34m";
    case Ink::secondary:
      return "\x1b[34m";
    case Ink::help:
      return "\x1b[1;36m";
  }
  return {};
}

// The labels of one line of one file.
struct LineLabels {
  std::uint32_t line = 0;
  std::vector<Mark> marks;
};
struct FileLabels {
  source::FileId file;
  source::Position first;  // of the label that comes first in the message
  std::vector<LineLabels> lines;
};

Mark make_mark(const source::Sources& sources, const Label& label, bool primary) {
  const source::Position start = sources.start(label.range);
  const source::Position stop = sources.stop(label.range);
  const std::string_view line = sources.line(label.range.file, start.line);
  const auto line_begin = static_cast<std::size_t>(line.data() - sources.text(label.range.file).data());
  const std::size_t begin =
      std::min(label.range.begin > line_begin ? label.range.begin - line_begin : 0, line.size());
  std::size_t end = std::min<std::size_t>(label.range.end - line_begin, line.size());
  std::string text = printable(label.text);
  // A range of several lines is marked on its first.
  if (stop.line > start.line + 1 || (stop.line > start.line && stop.column > 1)) {
    end = line.size();
    text = fmt::format("{}{}(up to line {})", text, text.empty() ? "" : " ", stop.line);
  }
  return {begin, std::max(begin, end), primary, std::move(text)};
}

FileLabels& find_file(std::vector<FileLabels>& files, const source::Sources& sources, Range range) {
  for (FileLabels& file : files) {
    if (file.file == range.file) return file;
  }
  files.push_back({range.file, sources.start(range), {}});
  return files.back();
}

LineLabels& find_line(FileLabels& file, std::uint32_t number) {
  for (LineLabels& line : file.lines) {
    if (line.line == number) return line;
  }
  file.lines.push_back({number, {}});
  return file.lines.back();
}

Ink ink_of(Severity severity) {
  if (severity == Severity::error) return Ink::error;
  return severity == Severity::warning ? Ink::warning : Ink::help;
}

using Counts = std::array<std::size_t, 3>;  // by severity

class Writer {
 public:
  Writer(const source::Sources& sources, const TextOptions& options) : sources_(sources), options_(options) {}

  void finding(const Diagnostic& diagnostic) {
    header(diagnostic);
    places(diagnostic);
    for (const std::string& note : diagnostic.notes) remark("note", note, Ink::bold);
    for (const std::string& help : diagnostic.helps) remark("help", help, Ink::help);
  }

  void blank_line() { text_ += '\n'; }

  void hidden(std::size_t count) {
    text_ +=
        fmt::format("{} more are not shown; mend these first, or see all with `--format json`\n\n", count);
  }

  void overview() { text_ += options_.overview; }

  void summary(const Counts& counts) {
    std::string_view comma;
    for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
      const std::size_t count = counts[static_cast<std::size_t>(severity)];
      if (count == 0) continue;
      text_ += fmt::format("{}{} {}{}", comma, count, to_string(severity), count == 1 ? "" : "s");
      comma = ", ";
    }
    text_ += '\n';
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void put(Ink ink, std::string_view text) {
    if (!options_.color || ink == Ink::plain || text.empty()) {
      text_ += text;
      return;
    }
    text_ += escape_code(ink);
    text_ += text;
    text_ += "\x1b[0m";
  }

  void header(const Diagnostic& diagnostic) {
    const KindInfo& kind = info(diagnostic.kind);
    severity_ink_ = ink_of(diagnostic.severity);
    put(severity_ink_, fmt::format("{}[{} {}]", to_string(diagnostic.severity), kind.code, kind.slug));
    put(Ink::bold, ": " + printable(diagnostic.message));
    text_ += '\n';
  }

  void remark(std::string_view word, std::string_view text, Ink ink) {
    put(ink, fmt::format("{}: ", word));
    text_ += printable(text);
    text_ += '\n';
  }

  // Groups the labels by file, the file to look at first, and shows them as long as there is room.
  void places(const Diagnostic& diagnostic) {
    std::vector<FileLabels> files;
    std::uint32_t last_line = 0;
    std::size_t room = options_.max_lines;
    std::vector<Range> hidden;
    for (std::size_t i = 0; i < diagnostic.labels.size(); ++i) {
      const Label& label = diagnostic.labels[i];
      if (!label.range.valid()) continue;
      const std::size_t cost = i == 0 ? 0 : 3;
      if (room < cost) {
        hidden.push_back(label.range);
        continue;
      }
      room -= cost;
      const std::uint32_t line = sources_.start(label.range).line;
      find_line(find_file(files, sources_, label.range), line)
          .marks.push_back(make_mark(sources_, label, i == 0));
      last_line = std::max(last_line, line);
    }
    gutter_ = fmt::format("{}", last_line).size();
    for (FileLabels& file : files) show_file(file, &file == &files.front() ? "-->" : ":::");
    if (!hidden.empty()) remark("note", more_places(hidden), Ink::bold);
  }

  // `3 more places: conduits.yaml:29, 37; zones.yaml:4`
  [[nodiscard]] std::string more_places(const std::vector<Range>& hidden) const {
    constexpr std::size_t named = 8;
    std::string text = fmt::format("{} more place{}: ", hidden.size(), hidden.size() == 1 ? "" : "s");
    source::FileId file;
    for (std::size_t i = 0; i < std::min(named, hidden.size()); ++i) {
      const std::uint32_t line = sources_.start(hidden[i]).line;
      const bool same = i > 0 && hidden[i].file == file;
      text += i == 0 ? "" : (same ? ", " : "; ");
      text += same ? fmt::format("{}", line) : fmt::format("{}:{}", sources_.path(hidden[i].file), line);
      file = hidden[i].file;
    }
    return hidden.size() > named ? text + ", …" : text;
  }

  void show_file(FileLabels& file, std::string_view arrow) {
    put(Ink::gutter, fmt::format("{:{}}{} ", "", gutter_, arrow));
    text_ +=
        fmt::format("{}:{}:{}\n", printable(sources_.path(file.file)), file.first.line, file.first.column);
    std::stable_sort(file.lines.begin(), file.lines.end(),
                     [](const LineLabels& a, const LineLabels& b) { return a.line < b.line; });
    std::uint32_t before = 0;
    for (LineLabels& line : file.lines) {
      if (before != 0 && line.line > before + 1) put(Ink::gutter, "...\n");
      show_line(file.file, line);
      before = line.line;
    }
  }

  void show_line(source::FileId file, LineLabels& line) {
    const std::size_t taken = gutter_ + 3;
    const std::size_t width = options_.width > taken + 40 ? options_.width - taken : 40;
    const MarkedLine marked = mark_line(sources_.line(file, line.line), std::move(line.marks), width);
    put(Ink::gutter, fmt::format("{:>{}} |", line.line, gutter_));
    text_ += marked.source.empty() ? "\n" : " " + marked.source + "\n";
    for (const MarkedLine::Row& row : marked.rows) {
      put(Ink::gutter, fmt::format("{:{}} |", "", gutter_));
      text_ += ' ';
      put(row.primary ? severity_ink_ : Ink::secondary, row.text);
      text_ += '\n';
    }
  }

  const source::Sources& sources_;
  const TextOptions& options_;
  std::string text_;
  std::size_t gutter_ = 1;
  Ink severity_ink_ = Ink::error;
};

}  // namespace

std::string render_text(std::span<const Diagnostic> diagnostics, const source::Sources& sources,
                        const TextOptions& options) {
  if (diagnostics.empty()) return {};
  Writer writer(sources, options);
  Counts counts{};
  std::size_t hidden = 0;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (++counts[static_cast<std::size_t>(diagnostic.severity)] > options.max_errors) {
      ++hidden;
      continue;
    }
    writer.finding(diagnostic);
    writer.blank_line();
  }
  if (hidden > 0) writer.hidden(hidden);
  writer.overview();
  writer.summary(counts);
  return writer.take();
}

}  // namespace cordon::diagnostics
