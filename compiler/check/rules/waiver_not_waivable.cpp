// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A waiver for a code that is not open to waivers.

#include "compiler/check/rules.h"
#include "compiler/check/waivers.h"

namespace cordon::check {
namespace {

std::string_view reason(const Check* check) {
  return check == nullptr ? "a fault of the policy or of its plan has to be mended"
                          : "the check is marked as final";
}

}  // namespace

void waiver_not_waivable(const Context& context, Findings& findings) {
  for (const ir::Waiver& waiver : context.evidence().waivers) {
    const diagnostics::KindInfo* info = diagnostics::find_kind(waiver.code.text);
    if (info == nullptr || waived_check(waiver) != nullptr) continue;
    const Check* check = find_check(diagnostics::kind_id(info->code));
    findings
        .raise(kind::waiver_not_waivable, waiver.code.range, element_of(waiver), waiver.name, info->code,
               info->slug)
        .here("{}", reason(check))
        .help("delete the waiver and mend what was found")
        .emit();
  }
}

}  // namespace cordon::check
