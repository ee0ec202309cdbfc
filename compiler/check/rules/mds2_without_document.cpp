// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Disclosure statements that nobody can find again, or whose age nobody can tell.

#include "compiler/check/mds2.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void mds2_without_document(const Context& context, Findings& findings) {
  for (const ir::Mds2Form& form : context.evidence().mds2) {
    if (!form.document.empty() && !form.date.empty()) continue;
    findings
        .raise(kind::mds2_without_document, form.name_range, element_of(form), form.name,
               !form.date.empty()      ? "no document"
               : form.document.empty() ? "no document and no date"
                                       : "no date")
        .help("write `document:` with where it is filed, and `date:` with the day on the form")
        .emit();
  }
}

}  // namespace cordon::check
