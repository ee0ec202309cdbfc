// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// One term of a service, as an access list entry or as a member of a service object group.
#ifndef BACKENDS_CISCO_ASA_SERVICE_TEXT_H
#define BACKENDS_CISCO_ASA_SERVICE_TEXT_H

#include "backends/cisco_asa/emit.h"
#include "backends/common/writer.h"
#include "compiler/packet/service.h"

namespace cordon::backends::cisco_asa {

[[nodiscard]] Operands::Service entry_text(const packet::ServiceTerm& term);

// Writes `service-object …` without the line break.
void write_service_object(const packet::ServiceTerm& term, Writer& out);

}  // namespace cordon::backends::cisco_asa

#endif  // BACKENDS_CISCO_ASA_SERVICE_TEXT_H
