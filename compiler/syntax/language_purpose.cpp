// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a change is to do, for `cordon diff --intent`. No part of the policy language.

#include <utility>

#include "compiler/syntax/purpose.h"
#include "compiler/syntax/reader.h"
#include "compiler/syntax/records.h"
#include "compiler/syntax/store.h"

namespace cordon::syntax {
namespace {

constexpr Key purpose_keys[] = {
    {"ticket", one(scalar::free_text), not_required, "", "Where it was decided.", "CHG-1077",
     put<&PurposeFile::ticket>},
    {"reason", one(scalar::free_text), not_required, "", "Why.", "a second gateway for the pumps",
     put<&PurposeFile::reason>},
    {"opens", list_of(scalar::flow_text), not_required, "",
     "What is not permitted before, and all of which is to be permitted afterwards.",
     "'alaris-pumps -> host:gateway-2 tcp/443'", put<&PurposeFile::opens>},
    {"closes", list_of(scalar::flow_text), not_required, "",
     "What is permitted before, and nothing of which is to be permitted afterwards.",
     "'alaris-pumps -> host:gateway-1 tcp/443'", put<&PurposeFile::closes>},
};
constexpr std::string_view does[] = {"opens", "closes"};
constexpr Choice does_something[] = {{does, 1, 2}};
constexpr Record purpose = {.id = "purpose",
                            .title = "what a change is to do",
                            .doc = "The connections that a change opens and closes.",
                            .keys = purpose_keys,
                            .choices = does_something};

}  // namespace

PurposeFile parse_purpose(std::shared_ptr<const yaml::Document> document,
                          diagnostics::Diagnostics& diagnostics) {
  const yaml::Node& root = document->root();
  PurposeFile file;
  const Range head =
      root.is_mapping() && !root.entries().empty() ? root.entries().front().key.range() : root.range();
  Reader(diagnostics).read_record(root, purpose, head, &file);
  file.storage = std::move(document);
  return file;
}

}  // namespace cordon::syntax
