// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/translation.h"

#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "compiler/prove/comparison.h"

namespace cordon::prove {
namespace {

// One packet for each place that differs.
class Translator : public PlaceListener {
 public:
  Translator(const config::Device& planned, const config::Capabilities& capabilities,
             const config::Reading& reading, packet::Budget budget)
      : planned_(planned), reading_(reading), comparison_(planned, capabilities, reading, budget) {}

  Translation run() {
    for (const config::Gap& gap : reading_.gaps)
      stated({.text = fmt::format("not understood: {}", gap.reason),
              .packet = std::nullopt,
              .emitted = gap.range,
              .policy = {}});
    translation_.undecided = !comparison_.run(*this);
    return std::move(translation_);
  }

  void stated(Difference difference) override { translation_.differences.push_back(std::move(difference)); }

  // One wrong line is told once, however many crossings it stands at.
  void differ(const Place& place, const packet::PacketSet& packets, bool opened) override {
    const auto packet = comparison_.space().witness(packets);
    if (!packet) return;
    const config::Rule* read = comparison_.read_rule(place, *packet);
    const config::Rule* rule = comparison_.planned_rule(place, *packet);
    const source::Range emitted = read == nullptr ? source::Range{} : reading_.line_of(*read);
    const source::Range policy =
        rule == nullptr || !rule->origin.valid() ? source::Range{} : planned_.origins[rule->origin].range;
    const auto [known, is_new] =
        told_.try_emplace({emitted, policy, opened}, translation_.differences.size());
    if (!is_new) {
      ++translation_.differences[known->second].repeated;
      return;
    }
    translation_.differences.push_back(
        {.text = fmt::format("the text {} what the plan {}, {}", opened ? "lets pass" : "refuses",
                             opened ? "refuses" : "lets pass", comparison_.text(place)),
         .packet = packet,
         .emitted = emitted,
         .policy = policy});
  }

 private:
  const config::Device& planned_;
  const config::Reading& reading_;
  Comparison comparison_;
  std::map<std::tuple<source::Range, source::Range, bool>, std::size_t> told_;  // lines that disagree
  Translation translation_;
};

}  // namespace

Translation prove_translation(const config::Device& planned, const config::Capabilities& capabilities,
                              const config::Reading& reading, packet::Budget budget) {
  return Translator(planned, capabilities, reading, budget).run();
}

}  // namespace cordon::prove
