// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/proof.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "compiler/backend/backend.h"
#include "compiler/cli/console.h"
#include "compiler/packet/match.h"

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

}  // namespace

DeviceProof prove_device(const config::Device& planned, std::unique_ptr<source::Sources> texts) {
  const backend::Backend& platform = *backend::find_backend(planned.platform);
  std::vector<source::FileId> files;
  for (std::uint32_t i = 0; i < texts->size(); ++i) files.push_back(source::FileId{i});
  const auto reading = platform.read(*texts, files);
  if (!reading) return {.texts = std::move(texts), .read = false, .translation = {}};
  prove::Translation translation = prove::prove_translation(planned, platform.info().capabilities, *reading);
  return {.texts = std::move(texts), .read = true, .translation = std::move(translation)};
}

void report_proof(const config::Device& planned, const DeviceProof& proof,
                  const std::filesystem::path& folder, source::Sources& sources,
                  diagnostics::Diagnostics& diagnostics) {
  if (proof.translation.undecided)
    diagnostics.build(kind::proof_undecided, planned.range, planned.name).emit();
  const auto& differences = proof.translation.differences;
  if (differences.empty()) return;
  std::vector<source::FileId> files;
  for (std::uint32_t i = 0; i < proof.texts->size(); ++i) {
    const source::FileId file{i};
    files.push_back(
        sources.add((folder / proof.texts->path(file)).generic_string(), proof.texts->text(file)));
  }
  const std::size_t shown = std::min(differences.size(), shown_differences);
  for (const prove::Difference& difference : std::span(differences).first(shown)) {
    source::Range emitted = difference.emitted;
    if (emitted.valid()) emitted.file = files[emitted.file.value];
    report_difference(planned.name, difference, emitted, diagnostics);
  }
  if (const std::size_t more = differences.size() - shown; more > 0) {
    diagnostics
        .build(kind::proof_failed, planned.range, planned.name,
               counted(more, "more difference") + " like these")
        .emit();
  }
}

std::string proof_summary(std::size_t devices, std::size_t read) {
  if (read == devices) return "translation";
  if (read == 0) return "none (the output is not yet read back and compared)";
  return fmt::format("translation of {} of {}; the others are not yet read back", read,
                     counted(devices, "device"));
}

}  // namespace cordon::cli
