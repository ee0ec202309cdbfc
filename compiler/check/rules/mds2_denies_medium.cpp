// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The form says that the device has no radio (CONN-1.1, CONN-1.1.1) or no socket (CONN-1.2, CONN-1.2.1), and
// its zone has a network of that kind.

#include <string_view>
#include <utility>

#include "compiler/check/mds2.h"
#include "compiler/check/rules.h"

namespace cordon::check {
namespace {

constexpr std::pair<std::string_view, bool> media[] = {
    {"CONN-1.1", true}, {"CONN-1.1.1", true}, {"CONN-1.2", false}, {"CONN-1.2.1", false}};

// The question above it has said the same.
bool is_repeated(const Claim& claim, std::string_view question) {
  if (question.size() <= std::string_view("CONN-1.1").size()) return false;
  const ir::Mds2Answer* above =
      answer_to(*claim.form, question.substr(0, std::string_view("CONN-1.1").size()));
  return above != nullptr && above->answer == ir::Answer::no;
}

}  // namespace

void mds2_denies_medium(const Context& context, Findings& findings) {
  for (const auto& [question, wireless] : media) {
    for (const Claim& claim : claims(context, question, ir::Answer::no)) {
      if (is_repeated(claim, question)) continue;
      for (const ir::NetworkId id : context.zone(claim.zone).networks) {
        const ir::Network& network = context.policy().networks[id];
        if (network.wireless.has_value() != wireless) continue;
        raise_claim(context, findings, kind::mds2_denies_medium, claim)
            .label(network.name_range, "{}", wireless ? "on the air" : "on the cable")
            .help("ask the maker which is right: correct the answer, or take network `{}` out of the zone",
                  network.name)
            .emit();
        break;
      }
    }
  }
}

}  // namespace cordon::check
