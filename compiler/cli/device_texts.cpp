// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/device_texts.h"

#include <algorithm>
#include <utility>

#include <oneapi/tbb/parallel_for.h>

#include "compiler/backend/backend.h"

namespace cordon::cli {
namespace {

std::unique_ptr<DeviceTexts::Text> text_of(config::Device& device, const PipelineOptions& options) {
  auto text = std::make_unique<DeviceTexts::Text>();
  plan::optimise(device, options.passes);
  const backend::Backend& platform = *backend::find_backend(device.platform);
  text->planned = &device;
  text->files = platform.emit(device);
  std::vector<source::FileId> files;
  for (backend::OutputFile& file : text->files)
    files.push_back(text->sources.add(file.name, std::move(file.text)));
  text->reading = platform.read(text->sources, files);
  return text;
}

}  // namespace

DeviceTexts::DeviceTexts(const ir::Policy& policy, std::vector<std::unique_ptr<Text>> texts)
    : texts_(std::move(texts)) {
  for (const ir::DeviceId id : policy.devices.ids()) {
    if (!policy.devices[id].configured()) continue;
    const Text& text = *texts_[by_device_.size()];
    by_device_.emplace(id, &text);
    readings_.push_back(
        {.device = id,
         .reading = &text.reading,
         .capabilities = &backend::find_backend(policy.devices[id].platform)->info().capabilities});
  }
}

report::DeviceLine DeviceTexts::line(ir::DeviceId device, source::Range range) const {
  report::DeviceLine line;
  if (!range.valid()) return line;
  const Text& text = *by_device_.at(device);
  line.file = text.sources.path(range.file);
  line.line = text.sources.start(range).line;
  line.text = report::without_indent(text.sources.line(range.file, line.line));
  const auto& origins = text.files[range.file.value].origins;
  const auto origin = std::ranges::lower_bound(origins, line.line, {}, &backend::LineOrigin::line);
  if (origin != origins.end() && origin->line == line.line)
    line.origin = text.planned->origins[origin->origin].label;
  return line;
}

DeviceTexts read_back(Compilation& compilation, const PipelineOptions& options) {
  auto& devices = compilation.plan->devices;
  std::vector<std::unique_ptr<DeviceTexts::Text>> texts(devices.size());
  tbb::parallel_for(std::size_t{0}, devices.size(),
                    [&](std::size_t index) { texts[index] = text_of(devices[index], options); });
  return {*compilation.policy, std::move(texts)};
}

}  // namespace cordon::cli
