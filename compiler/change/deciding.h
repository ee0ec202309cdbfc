// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// One word for "the budget ran out" inside the engines of this folder.
#ifndef COMPILER_CHANGE_DECIDING_H
#define COMPILER_CHANGE_DECIDING_H

#include <utility>

#include "compiler/packet/packet_set.h"

namespace cordon::change {

// Thrown where a question exceeds its budget and caught where the answer is given.
struct Exhausted {
  packet::Undecided why;
};
template <class T>
T value(packet::Decided<T> answer) {
  if (!answer) throw Exhausted{answer.error()};
  return std::move(*answer);
}

template <class Answer>
auto decide(Answer answer) -> packet::Decided<decltype(answer())> {
  try {
    return answer();
  } catch (const Exhausted& exhausted) {
    return Unexpected{exhausted.why};
  }
}

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_DECIDING_H
