// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/parse.h"

#include <utility>

#include "compiler/syntax/language.h"
#include "compiler/syntax/reader.h"

namespace cordon::syntax {
namespace {

const Record& record_of(FileRole role) {
  switch (role) {
    case FileRole::project:
      return project_file();
    case FileRole::included:
      return included_file();
    case FileRole::module:
      return module_file();
  }
  return project_file();
}

// Where a message points that says what a file lacks.
Range head_of(const yaml::Node& root) {
  return root.is_mapping() && !root.entries().empty() ? root.entries().front().key.range() : root.range();
}

}  // namespace

File parse(std::shared_ptr<const yaml::Document> document, FileRole role,
           diagnostics::Diagnostics& diagnostics) {
  const yaml::Node& root = document->root();
  File file;
  file.file = root.range().file;
  Reader(diagnostics).read_record(root, record_of(role), head_of(root), &file);
  file.storage = std::move(document);
  return file;
}

}  // namespace cordon::syntax
