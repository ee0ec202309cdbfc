// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// `via`: whatever goes from one to the other goes through these. Shown by taking them out: nothing is left.

#include "compiler/check/assertions/ways.h"

namespace cordon::check {

Answer answer_via(const Asked& asked) {
  const auto around = ways_around(asked, asked.through);
  if (!around) return undecided();
  if (around->any()) {
    Answer answer = broken_by(asked, *around);
    answer.text = fmt::format("not through {}: {}", asked.through_text, answer.text);
    answer.helps.push_back(
        fmt::format("let it end at {}, and let that open what is needed behind it", asked.through_text));
    return answer;
  }
  const auto all = ways_around(asked, {});
  if (!all) return undecided();
  if (!all->any())
    return vacuous(fmt::format("nothing goes from {} to {} at all", asked.from_text, asked.to_text));
  Answer answer;
  answer.text = fmt::format("without {} nothing of {} is reached from {}, directly or in steps",
                            asked.through_text, asked.to_text, asked.from_text);
  return answer;
}

}  // namespace cordon::check
