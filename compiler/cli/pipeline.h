// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The walk from a project on disk to emitted text, shared by the commands.
#ifndef COMPILER_CLI_PIPELINE_H
#define COMPILER_CLI_PIPELINE_H

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/cli/exit_code.h"
#include "compiler/cli/manifest.h"
#include "compiler/cli/output_directory.h"
#include "compiler/cli/proof.h"
#include "compiler/cli/timings.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/ir/policy.h"
#include "compiler/ir/standards.h"
#include "compiler/plan/passes.h"
#include "compiler/plan/plan.h"
#include "compiler/resolve/file_system.h"
#include "compiler/resolve/project.h"

namespace cordon::cli {

struct Retarget {
  std::string device;  // or `all`, every device that is ours to configure
  std::string platform;
};

// An empty path means the nearest project from the working directory upward.
struct PipelineOptions {
  std::string project;
  std::vector<Retarget> retargets;
  std::vector<const plan::Pass*> passes;  // over what is emitted
  int jobs = 0;                           // 0: one for each core
};

// `DEVICE=PLATFORM` as it stands on a command line or in a manifest. Says what is not of that form.
void read_retargets(const std::vector<std::string>& texts, PipelineOptions& options,
                    diagnostics::Diagnostics& diagnostics);

// A project that was read, with everything that was found wrong on the way. Later stages run only
// when the earlier ones found no error.
struct Compilation {
  std::filesystem::path root;  // the folder of the project
  resolve::Project project;
  std::optional<ir::Policy> policy;
  std::optional<ir::Standards> standards;
  std::optional<plan::Plan> plan;
  std::vector<Emission> emissions;
  EndToEnd end_to_end;
  diagnostics::Diagnostics diagnostics;
  Timings timings;
  ExitCode exit_code = ExitCode::success;  // what the command ends with when it does no more
};

// Where a project begins: its folder and the file in it.
struct ProjectStart {
  std::filesystem::path root;
  std::string file;
};
[[nodiscard]] std::optional<ProjectStart> locate_project(const std::string& named,
                                                         diagnostics::Diagnostics& diagnostics);

// Each stage takes up where the one before ended and does nothing after an error.
void load(Compilation& compilation, const PipelineOptions& options);
// The same from files that are somewhere else than on the disk.
void load_from(Compilation& compilation, const resolve::FileSystem& files, const std::string& start);
// Catalogues of controls and questionnaires, out of the library. Without them nothing can be said about
// either.
void load_standards(Compilation& compilation);
// The same where no project is read. Says why there are none.
[[nodiscard]] std::optional<ir::Standards> read_standards(source::Sources& sources,
                                                          diagnostics::Diagnostics& diagnostics);
void plan_devices(Compilation& compilation, const PipelineOptions& options);
// Every text is read back and compared with its plan, and all of them with the policy, before the folder may
// take its place.
void emit_devices(Compilation& compilation, const PipelineOptions& options, TextOutput& output);
// The text of every device by the name of its file, for a comparison. Nothing is written and nothing proved.
[[nodiscard]] std::map<std::string, std::string> texts_of(Compilation& compilation,
                                                          const PipelineOptions& options);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_PIPELINE_H
