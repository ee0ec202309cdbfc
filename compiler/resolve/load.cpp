// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// From files to syntax trees.
//
// Files are found level by level: what one level includes or uses is the next. All files of a level are
// read and parsed in parallel, and their messages are joined in the order of their paths, so neither the
// order of files nor the number of threads shows in the result.
#include "compiler/yaml/load.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include <oneapi/tbb/parallel_for.h>

#include "compiler/diagnostics/kinds/resolve.h"
#include "compiler/resolve/project.h"
#include "compiler/syntax/parse.h"

namespace cordon::resolve {
namespace {

using diagnostics::Diagnostics;
namespace kind = diagnostics::kind;

// One file to read, and who asked for it.
struct Request {
  std::string path;    // below its root
  std::string shown;   // the name in messages
  std::string module;  // what `use` said; empty for a file of the project
  const FileSystem* root = nullptr;
  source::Range asked;
  syntax::FileRole role = syntax::FileRole::included;
  std::size_t depth = 0;
};

class Loader {
 public:
  Loader(const FileSystem& project, const FileSystem* library, Diagnostics& diagnostics,
         const LoadLimits& limits)
      : project_(project), library_(library), diagnostics_(diagnostics), limits_(limits) {}

  Project load(const std::string& start) {
    request({start, start, "", &project_, {}, syntax::FileRole::project, 0});
    while (!next_.empty()) read_level();
    std::ranges::sort(out_.files, {}, [&](const syntax::File& file) { return out_.sources.path(file.file); });
    return std::move(out_);
  }

 private:
  void request(Request wanted) {
    if (seen_.insert(wanted.shown).second) next_.push_back(std::move(wanted));
  }

  void read_level() {
    std::vector<Request> level = std::exchange(next_, {});
    std::ranges::sort(level, {}, &Request::shown);
    std::vector<source::FileId> ids;
    std::vector<Request> read;
    for (Request& wanted : level) {
      if (const auto file = read_file(wanted.root, wanted.path, wanted.shown, wanted.asked)) {
        ids.push_back(*file);
        read.push_back(std::move(wanted));
      }
    }
    std::vector<std::optional<syntax::File>> parsed(read.size());
    std::vector<Diagnostics> found(read.size());
    tbb::parallel_for(std::size_t{0}, read.size(), [&](std::size_t index) {
      parsed[index] = parse_file(ids[index], read[index].role, found[index]);
    });
    for (std::size_t index = 0; index < read.size(); ++index) {
      diagnostics_.append(std::move(found[index]));
      if (parsed[index]) take(std::move(*parsed[index]), read[index]);
    }
  }

  std::optional<source::FileId> read_file(const FileSystem* root, const std::string& path,
                                          const std::string& shown, source::Range asked) {
    auto text = root->read(path);
    if (!text) {
      diagnostics_.build(kind::file_unreadable, asked, shown, text.error())
          .help("a path is relative to the folder of the file that names it")
          .emit();
      return std::nullopt;
    }
    bytes_ += text->size();
    if (out_.sources.size() >= limits_.files || bytes_ > limits_.bytes) {
      if (!std::exchange(too_large_, true)) {
        diagnostics_.build(kind::project_too_large, asked, limits_.files, limits_.bytes >> 20U)
            .help("split the site into several projects")
            .emit();
      }
      return std::nullopt;
    }
    return out_.sources.add(shown, std::move(*text));
  }

  std::optional<syntax::File> parse_file(source::FileId file, syntax::FileRole role,
                                         Diagnostics& found) const {
    auto document = yaml::load(out_.sources, file, found);
    if (!document) return std::nullopt;
    syntax::File parsed =
        syntax::parse(std::make_shared<const yaml::Document>(std::move(*document)), role, found);
    parsed.file = file;
    return parsed;
  }

  void take(syntax::File file, const Request& from) {
    for (const syntax::Include& include : file.includes) follow(include, from);
    for (const syntax::Use& use : file.uses) find_module(use, from.depth);
    for (const syntax::CsvHosts& csv : file.csv_hosts) read_inventory(csv, from);
    if (from.module.empty()) {
      out_.files.push_back(std::move(file));
    } else {
      out_.modules.emplace(from.module, std::move(file));
    }
  }

  // A path as written, relative to the file that says it; nothing when it leads outside.
  static std::optional<std::string> inside(std::string_view written, const std::string& from) {
    const std::filesystem::path path(written);
    if (path.is_absolute() || written.empty()) return std::nullopt;
    const std::string joined =
        (std::filesystem::path(from).parent_path() / path).lexically_normal().generic_string();
    if (joined.empty() || joined == "." || joined == ".." || joined.starts_with("../")) return std::nullopt;
    return joined;
  }

  void follow(const syntax::Include& include, const Request& from) {
    const auto pattern = inside(include.pattern.value, from.path);
    if (!pattern) {
      diagnostics_.build(kind::include_outside, include.pattern.range, include.pattern.value)
          .help("move the file into the project, or make it a module")
          .emit();
      return;
    }
    const std::vector<std::string> found = from.root->match(*pattern);
    if (found.empty()) {
      diagnostics_.build(kind::include_no_match, include.pattern.range, include.pattern.value)
          .help("a pattern is relative to the folder of the file that names it; `*` does not cross folders")
          .emit();
    }
    for (const std::string& path : found) {
      request({path, path, "", from.root, include.pattern.range, syntax::FileRole::included, from.depth});
    }
  }

  void find_module(const syntax::Use& use, std::size_t depth) {
    const std::string name(use.module.value);
    if (depth >= limits_.module_depth) {
      diagnostics_.build(kind::module_too_deep, use.module.range, name, limits_.module_depth)
          .help("use the modules that it needs from the project itself")
          .emit();
      return;
    }
    const bool plain = inside(name, "").has_value();
    for (const std::string& path : {name + ".yaml", name + "/module.yaml"}) {
      if (plain && project_.exists("modules/" + path)) {
        const std::string own = "modules/" + path;
        return request({own, own, name, &project_, use.module.range, syntax::FileRole::module, depth + 1});
      }
      if (plain && library_ != nullptr && library_->exists(path)) {
        return request(
            {path, "library:" + path, name, library_, use.module.range, syntax::FileRole::module, depth + 1});
      }
    }
    auto builder = diagnostics_.build(kind::module_not_found, use.module.range, name);
    if (library_ == nullptr)
      builder.note("the policy library was not found; CORDON_LIBRARY can name its folder");
    builder.help(
        "the library has services/…, pumps/… and profiles/…; a module of your own lies in `modules/`");
    builder.emit();
  }

  void read_inventory(const syntax::CsvHosts& csv, const Request& from) {
    const auto path = inside(csv.file.value, from.path);
    if (!path) {
      diagnostics_.build(kind::include_outside, csv.file.range, csv.file.value)
          .help("move the file into the project")
          .emit();
      return;
    }
    if (out_.inventories.contains(*path)) return;
    if (const auto file = read_file(from.root, *path, *path, csv.file.range))
      out_.inventories.emplace(*path, *file);
  }

  const FileSystem& project_;
  const FileSystem* library_;
  Diagnostics& diagnostics_;
  LoadLimits limits_;
  Project out_;
  std::vector<Request> next_;
  std::set<std::string> seen_;
  std::size_t bytes_ = 0;
  bool too_large_ = false;
};

}  // namespace

Project load_project(const FileSystem& project, const std::string& start, const FileSystem* library,
                     Diagnostics& diagnostics, const LoadLimits& limits) {
  return Loader(project, library, diagnostics, limits).load(start);
}

}  // namespace cordon::resolve
