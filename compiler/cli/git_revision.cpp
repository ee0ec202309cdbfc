// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/git_revision.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <git2.h>

namespace cordon::cli {
namespace {

namespace fs = std::filesystem;

// Frees what the library gave.
template <class T, void (*free)(T*)>
struct Free {
  void operator()(T* object) const { free(object); }
};
using Repository = std::unique_ptr<git_repository, Free<git_repository, git_repository_free>>;
using Object = std::unique_ptr<git_object, Free<git_object, git_object_free>>;
using Tree = std::unique_ptr<git_tree, Free<git_tree, git_tree_free>>;
using Entry = std::unique_ptr<git_tree_entry, Free<git_tree_entry, git_tree_entry_free>>;
using Blob = std::unique_ptr<git_blob, Free<git_blob, git_blob_free>>;

// Whose files they are does not matter to somebody who only reads objects; in a container it is often
// another.
void start_library() {
  static const bool started = [] {
    git_libgit2_init();
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    return true;
  }();
  static_cast<void>(started);
}

std::string last_error() {
  const git_error* error = git_error_last();
  return error == nullptr ? "no reason given" : error->message;
}

RevisionFault unknown_revision(git_repository* repository, const std::string& revision) {
  const std::string message = fmt::format("the repository has no revision `{}`", revision);
  if (git_repository_is_shallow(repository) == 1) {
    return {
        message + ", or the clone is too shallow to hold it",
        "fetch the history first: `git fetch --unshallow`, or `fetch-depth: 0` where a CI job checks out"};
  }
  return {message,
          fmt::format("`git rev-parse {0}` says the same; fetch a branch of another repository first: `git "
                      "fetch origin {0}`",
                      revision)};
}

bool is_file(const git_tree_entry* entry) {
  const git_filemode_t mode = git_tree_entry_filemode(entry);
  return mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

// The folder below the top of the working tree, `/` between folders; `.` for the top.
Expected<std::string, RevisionFault> folder_in(git_repository* repository, const fs::path& folder) {
  const char* top = git_repository_workdir(repository);
  if (top == nullptr)
    return Unexpected{
        RevisionFault{"the repository has no working tree", "run it where the project is checked out"}};
  std::error_code error;
  const fs::path relative =
      fs::weakly_canonical(folder, error).lexically_relative(fs::weakly_canonical(top, error));
  return relative.generic_string();
}

// The tree of the folder; nothing when there was no such folder.
Tree subtree(git_repository* repository, Tree top, const std::string& folder) {
  if (folder == ".") return top;
  git_tree_entry* found = nullptr;
  if (git_tree_entry_bypath(&found, top.get(), folder.c_str()) != 0) return nullptr;
  const Entry entry(found);
  git_tree* tree = nullptr;
  if (git_tree_lookup(&tree, repository, git_tree_entry_id(entry.get())) != 0) return nullptr;
  return Tree(tree);
}

}  // namespace

struct GitRevision::Objects {
  Repository repository;
  Tree tree;  // of the folder; null: it was not there

  [[nodiscard]] Entry find(const std::string& path) const {
    git_tree_entry* found = nullptr;
    if (tree == nullptr || git_tree_entry_bypath(&found, tree.get(), path.c_str()) != 0) return nullptr;
    return Entry(found);
  }
};

GitRevision::GitRevision(std::unique_ptr<Objects> objects) : objects_(std::move(objects)) {}
GitRevision::~GitRevision() = default;

Expected<std::unique_ptr<GitRevision>, RevisionFault> GitRevision::open(const fs::path& folder,
                                                                        const std::string& revision) {
  start_library();
  git_repository* found = nullptr;
  if (git_repository_open_ext(&found, folder.c_str(), 0, nullptr) != 0) {
    return Unexpected{
        RevisionFault{fmt::format("`{}` lies in no git repository: {}", folder.string(), last_error()),
                      "name two folders instead, or run it in a clone"}};
  }
  auto objects = std::make_unique<Objects>();
  objects->repository.reset(found);
  git_object* named = nullptr;
  const std::string expression = revision == "first-parent" ? "HEAD^1" : revision;
  if (git_revparse_single(&named, found, expression.c_str()) != 0)
    return Unexpected{unknown_revision(found, revision)};
  const Object object(named);
  git_object* peeled = nullptr;
  if (git_object_peel(&peeled, named, GIT_OBJECT_COMMIT) != 0)
    return Unexpected{
        RevisionFault{fmt::format("`{}` is no commit", revision), "name a branch, a tag or a commit"}};
  const Object commit(peeled);
  git_object* tree = nullptr;
  if (git_object_peel(&tree, peeled, GIT_OBJECT_TREE) != 0)
    return Unexpected{unknown_revision(found, revision)};
  const auto place = folder_in(found, folder);
  if (!place) return Unexpected{place.error()};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): every object of the library begins alike
  objects->tree = subtree(found, Tree(reinterpret_cast<git_tree*>(tree)), *place);
  std::unique_ptr<GitRevision> opened(new GitRevision(std::move(objects)));
  constexpr std::size_t shown = 12;
  std::string digits(GIT_OID_HEXSZ, '0');
  git_oid_fmt(digits.data(), git_object_id(peeled));
  opened->commit_ = digits.substr(0, shown);
  return opened;
}

Expected<std::string, std::string> GitRevision::read(const std::string& path) const {
  const Entry entry = objects_->find(path);
  if (entry == nullptr) return Unexpected{std::string("there is no such file at that revision")};
  if (!is_file(entry.get())) return Unexpected{std::string("it is not a file")};
  git_blob* found = nullptr;
  if (git_blob_lookup(&found, objects_->repository.get(), git_tree_entry_id(entry.get())) != 0)
    return Unexpected{"its content is not in the clone: " + last_error()};
  const Blob blob(found);
  const auto size = static_cast<std::size_t>(git_blob_rawsize(found));
  return std::string(static_cast<const char*>(git_blob_rawcontent(found)), size);
}

std::vector<std::string> GitRevision::match(const std::string& pattern) const {
  struct Search {
    const std::string& pattern;
    std::vector<std::string> found;
  } search{pattern, {}};
  if (objects_->tree == nullptr) return {};
  git_tree_walk(
      objects_->tree.get(), GIT_TREEWALK_PRE,
      [](const char* root, const git_tree_entry* entry, void* payload) {
        auto& into = *static_cast<Search*>(payload);
        std::string path = std::string(root) + git_tree_entry_name(entry);
        if (is_file(entry) && resolve::matches_glob(into.pattern, path))
          into.found.push_back(std::move(path));
        return 0;
      },
      &search);
  std::ranges::sort(search.found);
  return search.found;
}

bool GitRevision::exists(const std::string& path) const {
  const Entry entry = objects_->find(path);
  return entry != nullptr && is_file(entry.get());
}

LineChange compare_lines(const std::string& before, const std::string& after) {
  if (before == after) return {};
  start_library();
  git_patch* made = nullptr;
  LineChange change;
  if (git_patch_from_buffers(&made, before.data(), before.size(), nullptr, after.data(), after.size(),
                             nullptr, nullptr) == 0) {
    git_patch_line_stats(nullptr, &change.added, &change.removed, made);
    git_patch_free(made);
  }
  return change;
}

}  // namespace cordon::cli
