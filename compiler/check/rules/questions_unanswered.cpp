// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Questions of the risk questionnaire that have no answer: one finding for all.
//
// Those on radio are asked only where there is one.

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "compiler/check/rules.h"
#include "compiler/check/wording.h"

namespace cordon::check {
namespace {

bool is_answered(const Context& context, const std::string& question) {
  return std::ranges::binary_search(context.evidence().attestations, question, {}, &ir::Attestation::name);
}

bool is_asked(const Context& context, const ir::Question& question) {
  return question.topic != "wireless" ||
         std::ranges::any_of(context.policy().networks,
                             [](const ir::Network& network) { return network.wireless.has_value(); });
}

// Where answers stand already, or the devices that they are asked for.
Range place_of_answers(const Context& context) {
  const std::vector<ir::Attestation>& answers = context.evidence().attestations;
  if (!answers.empty()) return answers.front().name_range;
  for (const ir::Zone& zone : context.policy().zones) {
    if (is_medical(zone)) return zone.name_range;
  }
  return context.zone(ir::ZoneId{0}).name_range;
}

}  // namespace

void questions_unanswered(const Context& context, Findings& findings) {
  if (context.standards() == nullptr || context.policy().zones.empty()) return;
  std::map<std::string, std::vector<std::string>> open;
  std::size_t count = 0;
  for (const ir::Question& question : context.standards()->questions) {
    if (is_answered(context, question.id) || !is_asked(context, question)) continue;
    open[question.topic].push_back(question.id);
    ++count;
  }
  if (open.empty()) return;
  std::vector<std::string> topics;
  for (const auto& [topic, questions] : open)
    topics.push_back(fmt::format("{}: {}", topic, quoted(questions, 5)));
  findings.raise(kind::questions_unanswered, place_of_answers(context), "questionnaire", count)
      .notes(topics)
      .help(
          "answer them under `attestations:`, each with evidence and a day: `{}: {{answer: yes, evidence: "
          "DOC-1, date: {}}}`",
          open.begin()->second.front(), to_string(context.as_of()))
      .emit();
}

}  // namespace cordon::check
