// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <charconv>
#include <filesystem>
#include <iterator>
#include <memory>
#include <optional>
#include <sstream>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/base/sha256.h"
#include "compiler/cli/commands.h"
#include "compiler/cli/manifest.h"
#include "compiler/cli/output_directory.h"
#include "compiler/cli/read_text.h"
#include "compiler/diagnostics/kinds/cli.h"

namespace cordon::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

struct Place {
  fs::path file;
  std::uint32_t line = 0;
};

std::optional<Place> parse_place(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return std::nullopt;
  Place place{text.substr(0, colon), 0};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, place.line);
  if (error != std::errc() || stop != end || place.line == 0) return std::nullopt;
  return place;
}

std::optional<std::string> line_of(const std::string& text, std::uint32_t number) {
  std::istringstream lines(text);
  std::string line;
  for (std::uint32_t current = 1; std::getline(lines, line); ++current) {
    if (current == number) return line;
  }
  return std::nullopt;
}

// The origin of a line in the source map; null when the line is structure.
Json find_origin(const Json& map, const std::string& file, std::uint32_t line) {
  const auto files = map.find("files");
  if (files == map.end() || !files->contains(file)) return nullptr;
  for (const Json& run : (*files)[file]) {
    if (!run.is_array() || run.size() != 3) continue;
    if (run[0].get<std::uint32_t>() <= line && line <= run[1].get<std::uint32_t>()) {
      const Json& origins = map["origins"];
      Json origin = origins.at(run[2].get<std::size_t>());
      if (origin.contains("parts")) {
        for (Json& part : origin["parts"]) part = origins.at(part.get<std::size_t>());
      }
      return origin;
    }
  }
  return nullptr;
}

// Whether the file is still what the run wrote.
bool unchanged(const fs::path& folder, const std::string& file, const std::string& text) {
  const auto manifest = Json::parse(read_text(folder / manifest_name).value_or(""), nullptr, false);
  if (!manifest.is_object() || !manifest.contains("outputs")) return false;
  for (const Json& output : manifest["outputs"]) {
    if (output.value("path", "") == file) return output.value("sha256", "") == sha256(text);
  }
  return false;
}

std::string describe_one(const Json& origin) {
  std::string text = fmt::format("  asked for by {}", origin.value("label", ""));
  if (origin.contains("path")) {
    text += fmt::format("\n  at {}:{}:{}", origin.value("path", ""), origin["start"].at(0).get<int>(),
                        origin["start"].at(1).get<int>());
  }
  if (origin.contains("note")) text += fmt::format("\n  {}", origin.value("note", ""));
  return text + "\n";
}

std::string describe(const Json& origin) {
  if (origin.is_null()) return "  structure of the file: no policy line asked for it\n";
  if (!origin.contains("parts")) return describe_one(origin);
  std::string text;
  for (const Json& part : origin["parts"]) text += describe_one(part);
  return text;
}

ExitCode refuse(const Console& console, const std::string& message, const std::string& help) {
  diagnostics::Diagnostics diagnostics;
  diagnostics.build(diagnostics::kind::no_source_map, {}, message).help("{}", help).emit();
  return fail(console, diagnostics, "blame");
}

ExitCode blame(const Console& console, const std::string& argument) {
  const auto place = parse_place(argument);
  if (!place) {
    return refuse(console, fmt::format("`{}` is not of the form FILE:LINE", argument),
                  "for example `cordon blame build/fw-core.cfg:42`");
  }
  const fs::path folder = place->file.has_parent_path() ? place->file.parent_path() : fs::path(".");
  const std::string name = place->file.filename().string();
  const auto text = read_text(place->file);
  if (!text)
    return refuse(console, fmt::format("cannot read `{}`", place->file.string()),
                  "name a file inside an output folder of `cordon compile`");
  const auto line = line_of(*text, place->line);
  if (!line) {
    return refuse(console, fmt::format("`{}` has no line {}", place->file.string(), place->line),
                  fmt::format("its last line is {}", std::ranges::count(*text, '\n')));
  }
  const auto map = Json::parse(read_text(folder / source_map_name).value_or(""), nullptr, false);
  if (!map.is_object() || map.value("format", "") != "cordon.source-map") {
    return refuse(console, fmt::format("there is no {} beside `{}`", source_map_name, place->file.string()),
                  "`cordon compile` writes one; name a file inside its output folder");
  }
  const Json origin = find_origin(map, name, place->line);
  if (console.format() == Format::json) {
    const Json answer{{"format", "cordon.blame"}, {"format_version", "1.0"}, {"file", name},
                      {"line", place->line},      {"text", *line},           {"origin", origin}};
    Console::result(answer.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  } else {
    Console::result(fmt::format("{}:{}: {}\n{}", name, place->line, *line, describe(origin)));
  }
  if (!unchanged(folder, name, *text)) {
    console.note(
        fmt::format("note: `{}` is not what the last run wrote, so its lines may have moved\n", name));
  }
  return ExitCode::success;
}

}  // namespace

void add_blame(CLI::App& app, Session& session) {
  CLI::App* command = add_command(app, "blame", "Which policy line asked for a line of output",
                                  "  cordon blame build/fw-core.cfg:42\n"
                                  "  cordon blame build/fw-edge.cfg:118 --format json");
  auto place = std::make_shared<std::string>();
  command->add_option("place", *place, "A file in an output folder, and a line of it")
      ->required()
      ->type_name("FILE:LINE");
  command->callback([&session, place] {
    session.action = [place](const Console& console) { return blame(console, *place); };
  });
}

}  // namespace cordon::cli
