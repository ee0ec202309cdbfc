// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/baseline_file.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/cli/read_text.h"
#include "compiler/cli/write_text.h"
#include "compiler/diagnostics/kinds/cli.h"

namespace cordon::cli {
namespace {

namespace kind = diagnostics::kind;
using Json = nlohmann::ordered_json;

constexpr std::string_view format_name = "cordon.baseline";
constexpr std::string_view format_version = "1.0";
constexpr std::size_t fingerprint_length = 64;

std::optional<std::string> text_of(const Json& entry, const char* key) {
  const auto found = entry.find(key);
  if (found == entry.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

bool is_fingerprint(std::string_view text) {
  return text.size() == fingerprint_length &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::optional<check::BaselineEntry> entry_of(const Json& json) {
  if (!json.is_object()) return std::nullopt;
  auto code = text_of(json, "code"), element = text_of(json, "element"), message = text_of(json, "message"),
       fingerprint = text_of(json, "fingerprint");
  if (!code || !element || !message || !fingerprint || !is_fingerprint(*fingerprint)) return std::nullopt;
  return check::BaselineEntry{std::move(*code), std::move(*element), std::move(*message),
                              std::move(*fingerprint)};
}

// What is wrong with the document; its entries otherwise.
std::optional<std::string> read_document(const std::string& text, check::Baseline& entries) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return "it is no JSON";
  if (!json.is_object() || text_of(json, "format") != format_name)
    return fmt::format("it has no `\"format\": \"{}\"`", format_name);
  const auto version = text_of(json, "format_version");
  if (!version || !version->starts_with("1.")) return "its format_version is not 1.x";
  const auto list = json.find("entries");
  if (list == json.end() || !list->is_array()) return "it has no list of entries";
  for (const Json& each : *list) {
    auto entry = entry_of(each);
    if (!entry)
      return fmt::format(
          "entry {} lacks one of code, element, message and fingerprint (64 hexadecimal digits)",
          entries.size() + 1);
    entries.push_back(std::move(*entry));
  }
  return std::nullopt;
}

}  // namespace

std::optional<check::Baseline> read_baseline(const std::string& path, diagnostics::Diagnostics& diagnostics) {
  check::Baseline entries;
  const auto text = read_text(path);
  const auto fault = text ? read_document(*text, entries) : std::optional<std::string>("it cannot be read");
  if (fault) {
    diagnostics.build(kind::bad_baseline, {}, path, *fault)
        .help("`cordon check --write-baseline FILE` writes one")
        .emit();
    return std::nullopt;
  }
  std::ranges::sort(entries);
  entries.erase(std::ranges::unique(entries).begin(), entries.end());
  return entries;
}

std::optional<std::string> write_baseline(const std::string& path, const check::Baseline& baseline) {
  // A slip of the pen must not cost the policy.
  check::Baseline replaced;
  if (const auto old = read_text(path); old && !old->empty() && read_document(*old, replaced))
    return fmt::format("`{}` is there already and is no baseline", path);
  Json entries = Json::array();
  for (const check::BaselineEntry& entry : baseline) {
    entries.push_back({{"code", entry.code},
                       {"element", entry.element},
                       {"message", entry.message},
                       {"fingerprint", entry.fingerprint}});
  }
  const Json json{
      {"format", format_name}, {"format_version", format_version}, {"entries", std::move(entries)}};
  std::string text = json.dump(1, ' ', false, Json::error_handler_t::replace);
  text += '\n';
  return replace_file(path, text);
}

}  // namespace cordon::cli
