// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A file in its canonical form: only blanks and line breaks differ.
//
// The promise is kept by looking, each time: the new text is read again, and is given out only if it has the
// same tree, the same comments and the same characters, blanks apart.
#ifndef COMPILER_YAML_FORMAT_H
#define COMPILER_YAML_FORMAT_H

#include <string>

#include "compiler/base/expected.h"
#include "compiler/source/source.h"
#include "compiler/yaml/node.h"

namespace cordon::yaml {

// Why a file is left as it is.
struct FormatFault {
  Range place;
  std::string message;
  std::string help;
};

// The document has to be that of the file, read without error.
[[nodiscard]] Expected<std::string, FormatFault> format(const source::Sources& sources, source::FileId file,
                                                        const Document& document);

// Whether two trees say the same: values, their styles and tags, keys in their order, what is an alias.
[[nodiscard]] bool same_tree(const Node& a, const Node& b);

}  // namespace cordon::yaml

#endif  // COMPILER_YAML_FORMAT_H
