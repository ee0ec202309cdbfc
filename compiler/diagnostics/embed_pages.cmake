# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0

# Writes the explain pages into a C++ file: `cmake -DPAGES=folder -DOUT=file -P embed_pages.cmake`.
# Sorted by code; each page is a raw string view, whose length no compiler has to count.
file(GLOB pages "${PAGES}/CD*.md")
list(SORT pages)
set(rows "")
foreach(page IN LISTS pages)
  get_filename_component(code "${page}" NAME_WE)
  file(READ "${page}" text)
  string(APPEND rows "    {\"${code}\", R\"page(${text})page\"sv},\n")
endforeach()
file(WRITE "${OUT}.new"
"// Made from compiler/diagnostics/explain/ by embed_pages.cmake.
#include \"compiler/diagnostics/explain_pages.h\"

namespace cordon::diagnostics {

using namespace std::string_view_literals;

std::span<const ExplainPage> explain_pages() {
  static constexpr ExplainPage pages[] = {
${rows}      {\"\", \"\"},
  };
  return std::span(pages).first(std::size(pages) - 1);
}

}  // namespace cordon::diagnostics
")
execute_process(COMMAND ${CMAKE_COMMAND} -E copy_if_different "${OUT}.new" "${OUT}")
