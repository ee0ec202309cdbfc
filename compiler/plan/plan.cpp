// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/plan/plan.h"

#include <utility>

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include "compiler/plan/assign.h"
#include "compiler/plan/checks.h"
#include "compiler/plan/device_plan.h"

namespace cordon::plan {
namespace {

// Calls the function once for each index, on so many threads.
template <class Function>
void in_parallel(int jobs, std::size_t count, Function function) {
  oneapi::tbb::task_arena arena(jobs > 0 ? jobs : oneapi::tbb::task_arena::automatic);
  arena.execute([&] { oneapi::tbb::parallel_for(std::size_t{0}, count, function); });
}

std::vector<ir::DeviceId> configured_devices(const ir::Policy& policy) {
  std::vector<ir::DeviceId> found;
  for (const ir::DeviceId id : policy.devices.ids()) {
    if (policy.devices[id].configured()) found.push_back(id);
  }
  return found;
}

Wanted wanted_of(const ir::Policy& policy, const std::vector<ir::DeviceId>& configured,
                 const CapabilitiesOf& capabilities) {
  Wanted wanted{.devices = std::vector<bool>(policy.devices.size()),
                .replies = std::vector<bool>(policy.devices.size())};
  for (const ir::DeviceId id : configured) {
    wanted.devices[id.value] = true;
    wanted.replies[id.value] = capabilities(id)->state == config::StateTracking::none;
  }
  return wanted;
}

// An unmanaged device with ports bridges between them; of a configured one its platform says so.
graph::Layer2 layer2_of(const ir::Policy& policy, const CapabilitiesOf& capabilities) {
  return {policy, [&](ir::DeviceId id) {
            return !policy.devices[id].configured() || capabilities(id)->switching == config::Support::yes;
          }};
}

}  // namespace

Plan plan(const ir::Policy& policy, const CapabilitiesOf& capabilities, diagnostics::Diagnostics& diagnostics,
          int jobs) {
  const std::vector<ir::DeviceId> configured = configured_devices(policy);
  check_capabilities(policy, capabilities, diagnostics);

  const graph::Layer2 layer2 = layer2_of(policy, capabilities);
  check_layer2(policy, layer2, diagnostics);
  const std::vector<config::Isolation> isolation =
      decide_isolation(policy, layer2, capabilities, diagnostics);
  const auto on_cable = networks_on_cables(policy, layer2);
  const SharedLayer2 shared2{
      .policy = policy, .layer2 = layer2, .isolation = isolation, .on_cable = on_cable};
  for (const ir::DeviceId id : configured) check_untagged(shared2, id, diagnostics);

  const graph::Topology topology(policy);
  graph::Extents extents;
  const Demands demands(policy, topology, extents);
  check_paths(policy, topology, demands, diagnostics);
  check_enforcement(policy, topology, diagnostics);
  check_shared_state(policy, topology, capabilities, diagnostics);
  if (diagnostics.has_errors()) return {};

  const Wanted wanted = wanted_of(policy, configured, capabilities);
  std::vector<std::vector<Use>> uses =
      assign(demands, topology, graph::Carriage(topology, extents, wanted.devices), wanted);
  const AddressPlan addresses(policy);
  const Shared shared{.policy = policy,
                      .topology = topology,
                      .extents = extents,
                      .demands = demands,
                      .addresses = addresses,
                      .layer2 = shared2};
  Plan plan;
  plan.devices.resize(configured.size());
  in_parallel(jobs, configured.size(), [&](std::size_t i) {
    const ir::DeviceId id = configured[i];
    plan.devices[i] = plan_device(shared, id, *capabilities(id), std::exchange(uses[id.value], {}));
  });
  return plan;
}

}  // namespace cordon::plan
