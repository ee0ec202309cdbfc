// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/running_files.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <oneapi/tbb/parallel_for.h>

#include "compiler/backend/backend.h"
#include "compiler/cli/manifest.h"
#include "compiler/cli/output_directory.h"
#include "compiler/cli/read_text.h"
#include "compiler/diagnostics/kinds/drift.h"

namespace cordon::cli {
namespace {

namespace fs = std::filesystem;
namespace kind = diagnostics::kind;
using ir::DeviceId;

// Host names know no case.
std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return text;
}

struct Candidate {
  fs::path path;
  std::string folder;  // within the folder that was named; empty: directly there
  bool named = false;  // on the command line
};

class RunningFiles {
 public:
  explicit RunningFiles(Compilation& compilation)
      : policy_(*compilation.policy),
        sources_(compilation.project.sources),
        diagnostics_(compilation.diagnostics) {
    for (const DeviceId id : policy_.devices.ids()) {
      if (policy_.devices[id].configured()) by_name_.emplace(lower(policy_.devices[id].name), id);
    }
  }

  change::Running run(const std::vector<std::string>& paths) {
    for (const std::string& path : paths) collect(path);
    for (const Candidate& candidate : candidates_) assign(candidate);
    if (files_.empty() && !diagnostics_.has_errors())
      refuse(fmt::format("no file is of a device of the policy: {}", fmt::join(paths, ", ")));
    if (diagnostics_.has_errors()) return {};
    return read();
  }

 private:
  void refuse(const std::string& message) {
    diagnostics_.build(kind::no_running_configuration, {}, message)
        .help("name the files as the devices are named, `core-1.cfg`; the devices are {}", device_names())
        .emit();
  }

  [[nodiscard]] std::string device_names() const {
    std::string names;
    for (const ir::Device& device : policy_.devices) {
      if (device.configured()) names += fmt::format("{}`{}`", names.empty() ? "" : ", ", device.name);
    }
    return names.empty() ? "none" : names;
  }

  void collect(const std::string& named) {
    const fs::path path(named);
    std::error_code failed;
    if (!fs::is_directory(path, failed)) {
      candidates_.push_back({path, {}, true});
      return;
    }
    std::vector<fs::path> found;
    for (auto at = fs::recursive_directory_iterator(path, failed); !failed && at != fs::end(at);
         at.increment(failed)) {
      if (at->path().filename().string().starts_with('.')) {
        at.disable_recursion_pending();
      } else if (at->is_regular_file(failed) && !is_record(at->path())) {
        found.push_back(at->path());
      }
    }
    if (failed) refuse(fmt::format("cannot read the folder `{}`: {}", named, failed.message()));
    std::ranges::sort(found);
    for (fs::path& each : found) {
      const fs::path folder = each.lexically_relative(path).parent_path();
      candidates_.push_back({std::move(each), folder.filename().string(), false});
    }
  }

  [[nodiscard]] static bool is_record(const fs::path& path) {
    return path.filename() == manifest_name || path.filename() == source_map_name;
  }

  void assign(const Candidate& candidate) {
    const std::string shown = candidate.path.generic_string();
    if (!seen_.insert(candidate.path.lexically_normal()).second) return;
    auto text = read_text(candidate.path);
    if (!text) return refuse(fmt::format("cannot read `{}`", shown));
    DeviceId device = named_by(candidate);
    if (text->size() > most_bytes || text->find('\0') != std::string::npos) return leave_aside(candidate);
    const source::FileId file = sources_.add(shown, std::move(*text));
    if (!device.valid()) device = called_by_text(file);
    if (!device.valid()) return leave_aside(candidate);
    files_[device].push_back(file);
  }

  void leave_aside(const Candidate& candidate) {
    const std::string shown = candidate.path.generic_string();
    if (candidate.named) return refuse(fmt::format("`{}` is of no device of the policy", shown));
    left_aside_.push_back(shown);
  }

  [[nodiscard]] DeviceId find(const std::string& name) const {
    const auto found = by_name_.find(lower(name));
    return found == by_name_.end() ? DeviceId{} : found->second;
  }

  // `core-1.cfg`, `core-1`, `core-1.site.example.cfg`, `core-1/running.cfg`. A device's name may have dots.
  [[nodiscard]] DeviceId named_by(const Candidate& candidate) const {
    std::string name = candidate.path.filename().string();
    while (true) {
      if (const DeviceId device = find(name); device.valid()) return device;
      const std::size_t dot = name.rfind('.');
      if (dot == std::string::npos) return find(candidate.folder);
      name.resize(dot);
    }
  }

  // A name that a text gives itself counts where it reads so on the platform of the device.
  [[nodiscard]] DeviceId called_by_text(source::FileId file) const {
    std::set<const backend::Backend*> tried;
    for (const ir::Device& device : policy_.devices) {
      const backend::Backend* platform = backend::find_backend(device.platform);
      if (platform == nullptr || !tried.insert(platform).second) continue;
      const DeviceId called = find(own_name(platform->read(sources_, {&file, 1})));
      if (called.valid() && policy_.devices[called].platform == device.platform) return called;
    }
    return {};
  }

  [[nodiscard]] static std::string own_name(const config::Reading& reading) {
    return reading.device.name.substr(0, reading.device.name.find('.'));
  }

  change::Running read() {
    change::Running running;
    running.left_aside = std::move(left_aside_);
    std::vector<DeviceId> given;
    for (const auto& [name, id] : by_name_) {
      if (files_.contains(id)) {
        given.push_back(id);
      } else {
        running.not_given.push_back(id);
      }
    }
    std::ranges::sort(given);
    std::ranges::sort(running.not_given);
    std::vector<std::optional<change::RunningDevice>> read(given.size());
    tbb::parallel_for(std::size_t{0}, given.size(), [&](std::size_t i) {
      const backend::Backend& platform = *backend::find_backend(policy_.devices[given[i]].platform);
      read[i].emplace(given[i], platform, sources_, std::move(files_.at(given[i])));
    });
    for (auto& device : read) running.devices.push_back(std::move(*device));
    for (const change::RunningDevice& device : running.devices) warn_of_other(device);
    return running;
  }

  // The file of one device under the name of another one.
  void warn_of_other(const change::RunningDevice& device) {
    const DeviceId called = find(own_name(device.reading()));
    if (!called.valid() || called == device.device()) return;
    diagnostics_
        .build(kind::other_device, {}, sources_.path(device.files().front()), policy_.devices[called].name,
               policy_.devices[device.device()].name)
        .help("name the file as the device is named that it comes from")
        .emit();
  }

  static constexpr std::size_t most_bytes = std::size_t{256} << 20U;  // offsets in a text are small numbers

  const ir::Policy& policy_;
  source::Sources& sources_;
  diagnostics::Diagnostics& diagnostics_;
  std::map<std::string, DeviceId> by_name_;  // of those that are ours to configure
  std::vector<Candidate> candidates_;
  std::set<fs::path> seen_;
  std::map<DeviceId, std::vector<source::FileId>> files_;
  std::vector<std::string> left_aside_;
};

}  // namespace

change::Running read_running(Compilation& compilation, const std::vector<std::string>& paths) {
  return RunningFiles(compilation).run(paths);
}

}  // namespace cordon::cli
