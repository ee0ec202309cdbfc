// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Any bytes as a project of one file, all the way to the text for its devices. Nothing crashes or hangs;
// what is not refused is emitted as printable lines.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "compiler/backend/backend.h"
#include "compiler/base/check.h"
#include "compiler/plan/plan.h"
#include "compiler/resolve/file_system.h"
#include "compiler/resolve/project.h"
#include "compiler/resolve/resolve.h"

namespace {

using namespace cordon;

const config::Capabilities* capabilities_of(const ir::Policy& policy, ir::DeviceId id) {
  return &backend::find_backend(policy.devices[id].platform)->info().capabilities;
}

void emit(const config::Device& device) {
  const backend::Backend* backend = backend::find_backend(device.platform);
  diagnostics::Diagnostics found;
  backend->check(device, found);
  if (found.has_errors()) return;
  for (const backend::OutputFile& file : backend->emit(device)) {
    CORDON_CHECK(std::ranges::all_of(file.text, [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const resolve::MemoryFileSystem files(
      {{"cordon.yaml", std::string(reinterpret_cast<const char*>(data), size)}});
  static const resolve::DiskFileSystem library(CORDON_LIBRARY_FOLDER);
  diagnostics::Diagnostics found;
  const resolve::Project project = resolve::load_project(files, "cordon.yaml", &library, found);
  if (found.has_errors()) return 0;
  const auto policy = resolve::resolve(project, found);
  CORDON_CHECK(policy.has_value() || found.has_errors());
  if (found.has_errors()) return 0;
  const bool known = std::ranges::all_of(policy->devices, [](const ir::Device& device) {
    return !device.configured() || backend::find_backend(device.platform) != nullptr;
  });
  if (!known) return 0;  // `cordon` refuses it before any plan
  const plan::Plan plan = plan::plan(
      *policy, [&](ir::DeviceId id) { return capabilities_of(*policy, id); }, found, 1);
  if (found.has_errors()) return 0;
  for (const config::Device& device : plan.devices) emit(device);
  return 0;
}
