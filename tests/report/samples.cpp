// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Writes runs made by hand in every format, for validators that are not ours: `samples FOLDER` makes
// `FOLDER/rich.sarif` and so on, and the schemas that we publish.

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include "compiler/diagnostics/kinds/yaml.h"
#include "compiler/report/ci.h"
#include "compiler/report/formats.h"
#include "tests/report/runs.h"

namespace {

using cordon::test::MadeRun;

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

void write_all(const std::filesystem::path& folder, const std::string& name, const cordon::report::Run& run) {
  for (const cordon::report::Format& format : cordon::report::formats())
    write(folder / (name + "." + std::string(format.name)), format.write(run));
}

void write_ci(const std::filesystem::path& folder, const std::string& name,
              const cordon::report::CiRun& run) {
  for (const cordon::report::CiFormat& format : cordon::report::ci_formats())
    write(folder / (name + "." + std::string(format.name)), format.write(run));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "samples FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  write(folder / "check.schema.json", cordon::report::check_schema());
  MadeRun empty, rich, hostile, many, unloaded;
  cordon::test::fill_rich(rich);
  cordon::test::fill_hostile(hostile);
  cordon::test::fill_many(many, 30'000);
  unloaded.run.policy = nullptr;
  unloaded.run.made.clear();
  unloaded.add(cordon::diagnostics::kind::duplicate_key.id, "key `a` occurs twice in one mapping");
  unloaded.finish();
  write_all(folder, "empty", empty.run);
  write_all(folder, "rich", rich.run);
  write_all(folder, "hostile", hostile.run);
  write_all(folder, "many", many.run);
  write_all(folder, "unloaded", unloaded.run);
  write(folder / "ci.schema.json", cordon::report::ci_schema());
  cordon::test::MadeCi small, large, evil;
  cordon::test::fill_ci(small, 3, "plain");
  cordon::test::fill_ci(large, 30'000, "many");
  cordon::test::fill_ci(evil, 2, cordon::test::hostile_text());
  write_ci(folder, "ci-small", small.run);
  write_ci(folder, "ci-many", large.run);
  write_ci(folder, "hostile-ci", evil.run);
  write(folder / "many-tests.junit", cordon::report::tests_junit(large.test_report));
  write(folder / "many-tests.text", cordon::report::tests_text(large.test_report, false));
  write(folder / "many-tests.json", cordon::report::tests_json(large.test_report, "1.2.3"));
  write(folder / "many-diff.text", cordon::report::difference_text(large.change));
  write(folder / "many-diff.json", cordon::report::difference_json(large.change, "1.2.3"));
  return 0;
}
