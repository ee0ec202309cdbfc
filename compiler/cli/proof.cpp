// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/proof.h"

#include <algorithm>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "compiler/backend/backend.h"
#include "compiler/cli/console.h"
#include "compiler/cli/read_text.h"
#include "compiler/diagnostics/kinds/prove.h"
#include "compiler/packet/match.h"
#include "compiler/prove/end_to_end.h"

namespace cordon::cli {
namespace {

namespace kind = diagnostics::kind;

constexpr std::size_t shown_differences = 10;  // of one device; what follows mostly repeats them

void report_difference(const std::string& device, const prove::Difference& difference, source::Range emitted,
                       diagnostics::Diagnostics& diagnostics) {
  const bool has_line = emitted.valid();
  auto builder =
      diagnostics.build(kind::proof_failed, has_line ? emitted : difference.policy, device, difference.text);
  if (has_line && difference.packet) builder.here("this line decides");
  if (has_line && difference.policy.valid()) builder.label(difference.policy, "the policy decides here");
  if (difference.packet) builder.note("for example {}", packet::to_string(*difference.packet));
  if (difference.repeated > 0)
    builder.note("the same line decides so at {}", counted(difference.repeated, "more crossing"));
  builder.emit();
}

// Makes lines of the device's files fit to be shown among the project's.
std::vector<source::FileId> show_texts(const DeviceProof& proof, const std::filesystem::path& folder,
                                       source::Sources& sources) {
  std::vector<source::FileId> files;
  const auto show = [&](const std::string& name, std::string text) {
    files.push_back(sources.add((folder / name).generic_string(), std::move(text)));
  };
  for (std::uint32_t i = 0; proof.texts && i < proof.texts->size(); ++i)
    show(proof.texts->path(source::FileId{i}), proof.texts->text(source::FileId{i}));
  for (const std::string& name : proof.names) {
    if (auto text = read_text(proof.aside / name)) {
      show(name, std::move(*text));
    } else {
      files.emplace_back();  // somebody cleared the folder: there is nothing to show
    }
  }
  return files;
}

source::Range shown_range(source::Range range, std::span<const source::FileId> files) {
  if (!range.valid() || !files[range.file.value].valid()) return {};
  range.file = files[range.file.value];
  return range;
}

}  // namespace

void DeviceProof::put_aside(const std::filesystem::path& folder) {
  aside = folder;
  for (std::uint32_t i = 0; i < texts->size(); ++i) names.push_back(texts->path(source::FileId{i}));
  texts.reset();
  reading.keep_only_lines();
}

DeviceProof prove_device(const config::Device& planned, std::unique_ptr<source::Sources> texts) {
  const backend::Backend& platform = *backend::find_backend(planned.platform);
  std::vector<source::FileId> files;
  for (std::uint32_t i = 0; i < texts->size(); ++i) files.push_back(source::FileId{i});
  DeviceProof proof{.texts = std::move(texts), .reading = {}, .translation = {}, .aside = {}, .names = {}};
  proof.reading = platform.read(*proof.texts, files);
  proof.translation = prove::prove_translation(planned, platform.info().capabilities, proof.reading);
  return proof;
}

void report_proof(const config::Device& planned, const DeviceProof& proof,
                  const std::filesystem::path& folder, source::Sources& sources,
                  diagnostics::Diagnostics& diagnostics) {
  if (proof.translation.undecided)
    diagnostics.build(kind::proof_undecided, planned.range, planned.name).emit();
  const auto& differences = proof.translation.differences;
  if (differences.empty()) return;
  const std::vector<source::FileId> files = show_texts(proof, folder, sources);
  const std::size_t shown = std::min(differences.size(), shown_differences);
  for (const prove::Difference& difference : std::span(differences).first(shown))
    report_difference(planned.name, difference, shown_range(difference.emitted, files), diagnostics);
  if (const std::size_t more = differences.size() - shown; more > 0) {
    diagnostics
        .build(kind::proof_failed, planned.range, planned.name,
               counted(more, "more difference") + " like these")
        .emit();
  }
}

namespace {

// What all readings do together, told with the lines that decide.
class PolicyProof {
 public:
  PolicyProof(const ir::Policy& policy, std::span<const DeviceProof> proofs,
              const std::filesystem::path& folder, source::Sources& sources,
              diagnostics::Diagnostics& diagnostics)
      : policy_(policy), folder_(folder), sources_(sources), diagnostics_(diagnostics) {
    for (const ir::DeviceId id : policy.devices.ids()) {
      if (policy.devices[id].configured()) proofs_.emplace(id, &proofs[proofs_.size()]);
    }
  }

  [[nodiscard]] prove::Proof run(int jobs) const {
    std::vector<prove::ReadDevice> devices;
    for (const auto& [id, proof] : proofs_) {
      const backend::Backend& platform = *backend::find_backend(policy_.devices[id].platform);
      devices.push_back(
          {.device = id, .reading = &proof->reading, .capabilities = &platform.info().capabilities});
    }
    return prove::prove_end_to_end(policy_, devices, {.budget = {}, .jobs = jobs});
  }

  void report(const prove::Violation& violation) {
    const auto lines = shown(violation.device, violation.lines);
    const source::Range policy = violation.policy.empty() ? source::Range{} : violation.policy.front();
    auto builder =
        diagnostics_.build(kind::policy_broken, lines.empty() ? policy : lines.front(),
                           prove::to_string(violation.obligation), place_of(violation), violation.text);
    if (!lines.empty()) {
      builder.here("this line decides");
      for (const source::Range& line : std::span(lines).subspan(1)) builder.label(line, "and this one");
      if (policy.valid()) builder.label(policy, "the policy speaks of it here");
    }
    builder.emit();
  }

  void report(const prove::Undecided& undecided) {
    const auto lines = shown(undecided.device, undecided.lines);
    diagnostics_
        .build(kind::policy_undecided, lines.empty() ? source::Range{} : lines.front(), undecided.text)
        .emit();
  }

 private:
  [[nodiscard]] std::string place_of(const prove::Violation& violation) const {
    if (!violation.device.valid()) return {};
    std::string place = " at device `" + policy_.devices[violation.device].name + "`";
    if (!violation.place.empty()) place += ", " + violation.place;
    return place;
  }

  std::vector<source::Range> shown(ir::DeviceId device, std::vector<source::Range> lines) {
    std::erase_if(lines, [](const source::Range& line) { return !line.valid(); });
    if (lines.empty()) return lines;
    const auto [entry, added] = files_.try_emplace(device);
    if (added) entry->second = show_texts(*proofs_.at(device), folder_, sources_);
    for (source::Range& line : lines) line = shown_range(line, entry->second);
    return lines;
  }

  const ir::Policy& policy_;
  std::map<ir::DeviceId, const DeviceProof*> proofs_;  // of the devices that are ours to configure
  const std::filesystem::path& folder_;
  source::Sources& sources_;
  diagnostics::Diagnostics& diagnostics_;
  std::map<ir::DeviceId, std::vector<source::FileId>> files_;
};

std::string residue_text(const ir::Policy& policy, const prove::Residue& residue) {
  std::string text = policy.zones[residue.from].name + " -> " + policy.zones[residue.to].name + ":";
  for (const packet::Cube& cube : residue.cubes) text += " " + to_string(cube) + ";";
  text.pop_back();
  return text;
}

}  // namespace

EndToEnd prove_policy(const ir::Policy& policy, std::span<const DeviceProof> devices, int jobs,
                      const std::filesystem::path& folder, source::Sources& sources,
                      diagnostics::Diagnostics& diagnostics) {
  EndToEnd result;
  PolicyProof policy_proof(policy, devices, folder, sources, diagnostics);
  const prove::Proof proof = policy_proof.run(jobs);
  for (const prove::Violation& violation : proof.violations) policy_proof.report(violation);
  for (const prove::Undecided& undecided : proof.undecided) policy_proof.report(undecided);
  for (const prove::Assumption& assumption : proof.assumptions) result.assumptions.push_back(assumption.text);
  for (const prove::Residue& residue : proof.residue) result.residue.push_back(residue_text(policy, residue));
  return result;
}

}  // namespace cordon::cli
