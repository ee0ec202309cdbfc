// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/running_files.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/diagnostics/kinds/drift.h"

using namespace cordon;
namespace fs = std::filesystem;

namespace {

// A folder of its own, gone in the end.
class Folder {
 public:
  Folder() {
    static std::atomic<int> count = 0;
    path_ = fs::temp_directory_path() /
            ("cordon-running-" + std::to_string(getpid()) + "-" + std::to_string(count++));
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  [[nodiscard]] std::string at(const std::string& name = "") const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

struct Site {
  Site() {
    ir::Policy policy;
    for (const auto& [name, platform] : {std::pair{"core-1", "cisco-ios"}, std::pair{"fw.east", "cisco-asa"},
                                         std::pair{"gate", "nftables"}, std::pair{"modem", ""}}) {
      ir::Device device;
      device.name = name;
      device.platform = platform;
      policy.devices.push_back(std::move(device));
    }
    compilation.policy = std::move(policy);
  }

  change::Running read(const std::vector<std::string>& paths) {
    return cli::read_running(compilation, paths);
  }

  // `core-1: a.cfg b.cfg`
  [[nodiscard]] std::vector<std::string> told(const change::Running& running) const {
    std::vector<std::string> lines;
    for (const change::RunningDevice& device : running.devices) {
      std::string line = compilation.policy->devices[device.device()].name + ":";
      for (const source::FileId file : device.files())
        line += " " + fs::path(compilation.project.sources.path(file)).filename().string();
      lines.push_back(std::move(line));
    }
    return lines;
  }

  [[nodiscard]] std::vector<std::string> messages() const {
    std::vector<std::string> all;
    for (const auto& each : compilation.diagnostics.all()) all.push_back(each.message);
    return all;
  }

  cli::Compilation compilation;
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a file is of the device that its name, its folder or its text says") {
  const Folder folder;
  folder.write("CORE-1.example.org.cfg", "interface Vlan10\n ip address 10.0.0.1 255.255.255.0\n");
  folder.write("fw.east/2.txt", "");
  folder.write("fw.east/1.txt", "hostname fw\n");
  folder.write("backup-7", "table inet filter {\n}\n");
  folder.write("backup-8", "hostname core-1\n");
  folder.write(".git/core-1.cfg", "hostname core-1\n");
  folder.write("manifest.json", "{}");
  Site site;
  const change::Running running = site.read({folder.at()});
  CHECK(site.told(running) == Lines{"core-1: CORE-1.example.org.cfg backup-8", "fw.east: 1.txt 2.txt"});
  REQUIRE(running.not_given.size() == 1);
  CHECK(site.compilation.policy->devices[running.not_given[0]].name == "gate");
  REQUIRE(running.left_aside.size() == 1);
  CHECK(running.left_aside[0].ends_with("backup-7"));
  CHECK(site.messages().empty());
  CHECK(running.of(running.not_given[0]) == nullptr);
  CHECK(running.of(running.devices[1].device()) == &running.devices[1]);
}

TEST_CASE("a file that is named and is of nobody, or not there, is refused") {
  const Folder folder;
  folder.write("backup-7", "table inet filter {\n}\n");
  folder.write("modem.cfg", "");
  for (const char* name : {"backup-7", "modem.cfg", "nothing"}) {
    Site site;
    CHECK(site.read({folder.at(name)}).devices.empty());
    REQUIRE(site.compilation.diagnostics.all().size() == 1);
    CHECK(site.compilation.diagnostics.all()[0].kind == diagnostics::kind::no_running_configuration.id);
    CHECK(site.compilation.diagnostics.all()[0].helps.at(0).ends_with(
        "the devices are `core-1`, `fw.east`, `gate`"));
  }
  Site site;
  CHECK(site.read({folder.at()}).devices.empty());
  CHECK(site.messages() == Lines{"no file is of a device of the policy: " + folder.at()});
}

TEST_CASE("the file of one device under the name of another is said") {
  const Folder folder;
  folder.write("core-1.cfg", "hostname gate\n");
  Site site;
  CHECK(site.read({folder.at(), folder.at("core-1.cfg")}).devices.size() == 1);
  REQUIRE(site.compilation.diagnostics.all().size() == 1);
  CHECK(site.compilation.diagnostics.all()[0].kind == diagnostics::kind::other_device.id);
}

TEST_CASE("a gap bears on its filter, or on everything") {
  const Folder folder;
  folder.write("core-1.cfg",
               "ip access-list extended a\n permit tcp any any reflect MIRROR\n"
               "ip access-list extended b\n permit ip any any\n"
               "interface Vlan10\n ip address 10.0.0.1 255.255.255.0\n ip access-group a in\n"
               "interface Vlan20\n ip address 10.0.1.1 255.255.255.0\n ip access-group b in\n");
  Site site;
  const change::Running running = site.read({folder.at()});
  REQUIRE(running.devices.size() == 1);
  const change::RunningDevice& device = running.devices[0];
  CHECK_FALSE(device.complete());
  CHECK_FALSE(device.nothing_is_certain());
  std::vector<config::FilterId> known, unknown;
  for (const config::FilterId id : device.reading().device.filters.ids())
    (device.is_complete(id) ? known : unknown).push_back(id);
  CHECK(unknown.size() == 1);
  CHECK(device.are_complete(known));
  known.push_back(unknown.front());
  CHECK_FALSE(device.are_complete(known));

  config::Reading reading;
  reading.device.filters.push_back({});
  reading.gaps.push_back({{}, "a riddle", {}});
  const change::RunningDevice riddle({}, device.platform(), std::move(reading));
  CHECK(riddle.nothing_is_certain());
  CHECK_FALSE(riddle.is_complete(config::FilterId{0}));
  CHECK_FALSE(riddle.are_complete({}));
}
