// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What Cordon has to say about a policy: values that are gathered, sorted and rendered later.
//
// A kind is a row of kinds.def: code, name, severity, message and the types of its arguments. Wrong
// arguments do not compile. Wording: lower case, no full stop, say what was seen; the way out is a
// help line. One root cause, one message.
#ifndef COMPILER_DIAGNOSTICS_DIAGNOSTICS_H
#define COMPILER_DIAGNOSTICS_DIAGNOSTICS_H

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "compiler/source/source.h"

namespace cordon::diagnostics {

using source::Range;

// A note is told and never fails a run.
enum class Severity : std::uint8_t { error, warning, note };
[[nodiscard]] std::string_view to_string(Severity severity);

struct KindInfo {
  std::string_view code;  // `CD2004`
  std::string_view slug;  // `unknown-name`
  Severity severity;      // unless a project says otherwise
  std::string_view format;
};

// The digits of a kind's code: `CD4601` is 4601.
enum class KindId : std::uint16_t {};
[[nodiscard]] constexpr KindId kind_id(std::string_view code) {
  std::uint16_t number = 0;
  for (const char digit : code.substr(2)) number = static_cast<std::uint16_t>(number * 10 + (digit - '0'));
  return KindId{number};
}

[[nodiscard]] const KindInfo& info(KindId id);
[[nodiscard]] const std::vector<KindInfo>& all_kinds();  // in the order of kinds.def
[[nodiscard]] const KindInfo* find_kind(std::string_view code_or_slug);

// A kind with the types of its message's arguments. The kinds of a stage are in kinds/STAGE.h, so that a new
// one is no news to the other stages.
template <class... Args>
struct Kind {
  KindId id{};
  std::string_view format;
};

#define CORDON_KIND_CONSTANT(code, name, severity, format, ...) \
  inline constexpr Kind<__VA_ARGS__> name{kind_id(code), format};

struct Label {
  Range range;       // invalid only on the first label of a message about no file at all
  std::string text;  // may be empty
};

struct Diagnostic {
  KindId kind{};
  Severity severity = Severity::error;
  std::string message;
  std::vector<Label> labels;       // the first is where to look
  std::vector<std::string> notes;  // facts
  std::vector<std::string> helps;  // ways out
  friend bool operator==(const Diagnostic& a, const Diagnostic& b);
};

class Diagnostics;

// Builds one diagnostic; nothing is recorded before `emit`.
class [[nodiscard]] Builder {
 public:
  Builder(Diagnostics& sink, Diagnostic diagnostic) : sink_(sink), diagnostic_(std::move(diagnostic)) {}

  template <class... Args>
  Builder& label(Range range, fmt::format_string<Args...> format, Args&&... args) & {
    diagnostic_.labels.push_back({range, fmt::format(format, std::forward<Args>(args)...)});
    return *this;
  }
  template <class... Args>
  Builder& note(fmt::format_string<Args...> format, Args&&... args) & {
    diagnostic_.notes.push_back(fmt::format(format, std::forward<Args>(args)...));
    return *this;
  }
  template <class... Args>
  Builder& help(fmt::format_string<Args...> format, Args&&... args) & {
    diagnostic_.helps.push_back(fmt::format(format, std::forward<Args>(args)...));
    return *this;
  }
  // Text on the first label, under the carets.
  template <class... Args>
  Builder& here(fmt::format_string<Args...> format, Args&&... args) & {
    diagnostic_.labels.front().text = fmt::format(format, std::forward<Args>(args)...);
    return *this;
  }
  template <class... Args>
  Builder&& label(Range range, fmt::format_string<Args...> format, Args&&... args) && {
    return std::move(label(range, format, std::forward<Args>(args)...));
  }
  template <class... Args>
  Builder&& note(fmt::format_string<Args...> format, Args&&... args) && {
    return std::move(note(format, std::forward<Args>(args)...));
  }
  template <class... Args>
  Builder&& help(fmt::format_string<Args...> format, Args&&... args) && {
    return std::move(help(format, std::forward<Args>(args)...));
  }
  template <class... Args>
  Builder&& here(fmt::format_string<Args...> format, Args&&... args) && {
    return std::move(here(format, std::forward<Args>(args)...));
  }

  void emit();

 private:
  Diagnostics& sink_;
  Diagnostic diagnostic_;
};

// The order in which they are shown: by file path, place, code, message. What is about no file comes first.
[[nodiscard]] bool comes_before(const Diagnostic& a, const Diagnostic& b, const source::Sources& sources);

// Gathers the diagnostics of one stage. Not shared between threads: a parallel stage gives each
// worker its own and appends them in declared order.
class Diagnostics {
 public:
  template <class... KindArgs, class... Args>
  Builder build(const Kind<KindArgs...>& kind, Range range, Args&&... args) {
    static_assert(sizeof...(KindArgs) == sizeof...(Args), "wrong number of arguments for this kind");
    return {*this,
            make(kind.id, range,
                 fmt::format(fmt::runtime(kind.format), static_cast<KindArgs>(std::forward<Args>(args))...))};
  }

  void add(Diagnostic diagnostic);
  void append(Diagnostics other);

  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] std::size_t error_count() const { return errors_; }
  [[nodiscard]] const std::vector<Diagnostic>& all() const { return items_; }

  // By file path, place, code, message; exact repetitions go.
  void sort(const source::Sources& sources);

 private:
  static Diagnostic make(KindId id, Range range, std::string message);

  std::vector<Diagnostic> items_;
  std::size_t errors_ = 0;
};

}  // namespace cordon::diagnostics

#endif  // COMPILER_DIAGNOSTICS_DIAGNOSTICS_H
