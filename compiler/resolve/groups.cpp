// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Groups: any mixture of zones, networks, hosts, groups and literals; cycles are found, not followed.
#include "compiler/resolve/resolver.h"

namespace cordon::resolve {

void Resolver::build_groups() {
  for (const ir::GroupId id : policy_.groups.ids()) {
    Members members = group_members(id);
    if (!members.broken)
      policy_.groups[id].endpoint = intern_endpoint(policy_.groups[id].name, std::move(members));
  }
}

const Members& Resolver::group_members(ir::GroupId id) {
  group_members_.resize(policy_.groups.size());
  group_open_.resize(policy_.groups.size());
  group_used_.resize(policy_.groups.size());
  if (group_members_[id.value]) return *group_members_[id.value];
  static const Members broken{{}, {}, true};
  const auto& [group, scope] = groups_[id.value];
  if (group_open_[id.value]) {
    diagnostics_.build(kind::group_cycle, group->name.range, group->name.value)
        .help("take one of the groups out of the other")
        .emit();
    return broken;
  }
  group_open_[id.value] = true;
  std::vector<Reference> references;
  for (const syntax::Text& text : group->members) references.push_back({text, scope});
  Members members = members_of(references);
  if (!members.devices.empty()) {
    diagnostics_
        .build(kind::wrong_kind, group->range, group->name.value, "a group with a device",
               "a group of addresses")
        .help("name the device in the flow itself")
        .emit();
    members.broken = true;
  }
  group_open_[id.value] = false;
  group_members_[id.value] = std::move(members);
  return *group_members_[id.value];
}

}  // namespace cordon::resolve
