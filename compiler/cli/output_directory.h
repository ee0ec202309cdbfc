// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// All or nothing on disk: a folder of output appears by one rename, or not at all.
#ifndef COMPILER_CLI_OUTPUT_DIRECTORY_H
#define COMPILER_CLI_OUTPUT_DIRECTORY_H

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace cordon::cli {

inline constexpr const char* manifest_name = "manifest.json";

// A fresh folder beside its place, which takes that place by one rename when all that belongs in it is there,
// and disappears otherwise. A folder that is already there is exchanged atomically, and only when it holds a
// manifest of ours and nothing that the manifest does not list.
//
//   OutputDirectory output("build");      // nothing is touched when `build` must not be replaced
//   output.write("fw-core.cfg", text);    // from any thread
//   if (auto reason = output.publish()) …
// Where the texts of devices go. Called from several threads at once.
class TextOutput {
 public:
  TextOutput() = default;
  virtual ~TextOutput() = default;
  TextOutput(const TextOutput&) = delete;
  TextOutput& operator=(const TextOutput&) = delete;

  virtual void write(const std::string& name, std::string_view text) = 0;
  // Where they will be, as the user named it.
  [[nodiscard]] virtual const std::filesystem::path& target() const = 0;
  // Where they can be read until then; empty: nowhere.
  [[nodiscard]] virtual const std::filesystem::path& folder() const = 0;
};

class OutputDirectory : public TextOutput {
 public:
  explicit OutputDirectory(const std::filesystem::path& target);
  ~OutputDirectory() override;
  OutputDirectory(const OutputDirectory&) = delete;
  OutputDirectory& operator=(const OutputDirectory&) = delete;

  // Does nothing once something went wrong.
  void write(const std::string& name, std::string_view text) override;

  // Where it is going to be, as the user named it.
  [[nodiscard]] const std::filesystem::path& target() const override { return named_; }

  // Where it is until then; empty once something went wrong.
  [[nodiscard]] const std::filesystem::path& folder() const override { return folder_; }

  // Puts the folder into its place. Returns what went wrong, here or before, in words for the user.
  [[nodiscard]] std::optional<std::string> publish();

 private:
  std::filesystem::path named_, target_;
  std::filesystem::path folder_;  // empty: there is none, or it has taken its place
  std::mutex mutex_;
  std::optional<std::string> reason_;  // of the first trouble
};

}  // namespace cordon::cli

#endif  // COMPILER_CLI_OUTPUT_DIRECTORY_H
