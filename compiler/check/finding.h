// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a check has found: a diagnostic, and what it is about in terms that survive an edit.
//
// The element and the traffic are what waivers, baselines and fingerprints go by; lines move, they do not.
#ifndef COMPILER_CHECK_FINDING_H
#define COMPILER_CHECK_FINDING_H

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "compiler/check/kinds.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/ir/policy.h"

namespace cordon::check {

namespace kind = diagnostics::kind;
using source::Range;

// A product of addresses and services, in both families. A device's side holds its own addresses.
struct TrafficPart {
  ir::Addresses from, to;
  packet::ServiceSet services;
};

// One step on a way through the zones.
struct Hop {
  std::string from, to;  // `zone guest`, `host alaris-server`
  std::string services;  // `tcp/443`
  std::string conduit;   // whose flow allows it
  Range range;           // of that flow
};

enum class Status : std::uint8_t {
  open,
  waived,    // a waiver covers it
  baseline,  // it was there when the baseline was written
};

struct Finding {
  diagnostics::Diagnostic diagnostic;
  std::string element;  // `conduit:telemetry`, `zone:guest`, `network:…`, `device:…`, `assertion:…`
  std::vector<TrafficPart> traffic;  // what exactly is too much or missing; empty: no packets are meant
  std::vector<Hop> path;             // from where to what, step by step
  Status status = Status::open;
  std::string waiver;       // that covers it
  std::string fingerprint;  // see fingerprint.h; empty until the run ends
};

class Findings;

// Builds one finding; nothing is recorded before `emit`.
class [[nodiscard]] FindingBuilder {
 public:
  FindingBuilder(Findings& findings, Finding finding) : findings_(findings), finding_(std::move(finding)) {}

  template <class... Args>
  FindingBuilder&& label(Range range, fmt::format_string<Args...> format, Args&&... args) && {
    finding_.diagnostic.labels.push_back({range, fmt::format(format, std::forward<Args>(args)...)});
    return std::move(*this);
  }
  // Text on the first label, under the carets.
  template <class... Args>
  FindingBuilder&& here(fmt::format_string<Args...> format, Args&&... args) && {
    finding_.diagnostic.labels.front().text = fmt::format(format, std::forward<Args>(args)...);
    return std::move(*this);
  }
  template <class... Args>
  FindingBuilder&& note(fmt::format_string<Args...> format, Args&&... args) && {
    finding_.diagnostic.notes.push_back(fmt::format(format, std::forward<Args>(args)...));
    return std::move(*this);
  }
  template <class... Args>
  FindingBuilder&& help(fmt::format_string<Args...> format, Args&&... args) && {
    finding_.diagnostic.helps.push_back(fmt::format(format, std::forward<Args>(args)...));
    return std::move(*this);
  }
  // As many as there turned out to be.
  FindingBuilder&& labels(const std::vector<diagnostics::Label>& more) && {
    auto& all = finding_.diagnostic.labels;
    all.insert(all.end(), more.begin(), more.end());
    return std::move(*this);
  }
  FindingBuilder&& notes(const std::vector<std::string>& more) && {
    auto& all = finding_.diagnostic.notes;
    all.insert(all.end(), more.begin(), more.end());
    return std::move(*this);
  }
  // For what is said in a loop or under a condition.
  template <class... Args>
  FindingBuilder& label(Range range, fmt::format_string<Args...> format, Args&&... args) & {
    finding_.diagnostic.labels.push_back({range, fmt::format(format, std::forward<Args>(args)...)});
    return *this;
  }
  template <class... Args>
  FindingBuilder& note(fmt::format_string<Args...> format, Args&&... args) & {
    finding_.diagnostic.notes.push_back(fmt::format(format, std::forward<Args>(args)...));
    return *this;
  }
  template <class... Args>
  FindingBuilder& help(fmt::format_string<Args...> format, Args&&... args) & {
    finding_.diagnostic.helps.push_back(fmt::format(format, std::forward<Args>(args)...));
    return *this;
  }
  FindingBuilder& traffic(TrafficPart part) & {
    finding_.traffic.push_back(std::move(part));
    return *this;
  }
  FindingBuilder&& traffic(TrafficPart part) && {
    finding_.traffic.push_back(std::move(part));
    return std::move(*this);
  }
  FindingBuilder&& traffic(std::vector<TrafficPart> parts) && {
    for (TrafficPart& part : parts) finding_.traffic.push_back(std::move(part));
    return std::move(*this);
  }
  FindingBuilder&& helps(const std::vector<std::string>& more) && {
    auto& all = finding_.diagnostic.helps;
    all.insert(all.end(), more.begin(), more.end());
    return std::move(*this);
  }
  FindingBuilder&& path(std::vector<Hop> hops) && {
    finding_.path = std::move(hops);
    return std::move(*this);
  }
  void emit() &&;

 private:
  Findings& findings_;
  Finding finding_;
};

// Gathers the findings of a run. What a check says on top of its own words (why it matters, the way, the
// controls) is added when the run ends.
class Findings {
 public:
  // `element` is what the finding is about: `conduit:telemetry`.
  template <class... KindArgs, class... Args>
  FindingBuilder raise(const diagnostics::Kind<KindArgs...>& kind, Range range, std::string element,
                       Args&&... args) {
    static_assert(sizeof...(KindArgs) == sizeof...(Args), "wrong number of arguments for this kind");
    Finding finding;
    finding.diagnostic.kind = kind.id;
    finding.diagnostic.severity = diagnostics::info(kind.id).severity;
    finding.diagnostic.message =
        fmt::format(fmt::runtime(kind.format), static_cast<KindArgs>(std::forward<Args>(args))...);
    finding.diagnostic.labels.push_back({range, {}});
    finding.element = std::move(element);
    return {*this, std::move(finding)};
  }

  void add(Finding finding) { all_.push_back(std::move(finding)); }
  [[nodiscard]] std::vector<Finding>& all() { return all_; }
  [[nodiscard]] const std::vector<Finding>& all() const { return all_; }

 private:
  std::vector<Finding> all_;
};

// By place, then code and text; exact repetitions go.
void sort(std::vector<Finding>& findings, const source::Sources& sources);
// What is neither waived nor in the baseline, as it is shown.
[[nodiscard]] diagnostics::Diagnostics open_diagnostics(const std::vector<Finding>& findings);
[[nodiscard]] bool has_errors(const std::vector<Finding>& findings);  // open ones

inline void FindingBuilder::emit() && { findings_.add(std::move(finding_)); }

}  // namespace cordon::check

#endif  // COMPILER_CHECK_FINDING_H
