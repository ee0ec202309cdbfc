// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/manifest.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/base/sha256.h"
#include "compiler/cli/version.h"

namespace cordon::cli {
namespace {

using Json = nlohmann::ordered_json;

std::vector<Json> inputs(const source::Sources& sources) {
  std::vector<Json> rows;
  for (std::uint32_t number = 0; number < sources.size(); ++number) {
    const source::FileId file{number};
    rows.push_back({{"path", sources.path(file)}, {"sha256", sha256(sources.text(file))}});
  }
  std::ranges::sort(rows, {}, [](const Json& row) { return row["path"].get<std::string>(); });
  return rows;
}

Json outputs(const std::vector<Emission>& emissions) {
  Json rows = Json::array();
  for (const Emission& emission : emissions) {
    for (const WrittenFile& file : emission.files) {
      rows.push_back({{"path", file.name},
                      {"device", emission.device->name},
                      {"platform", emission.device->platform},
                      {"lines", file.lines},
                      {"sha256", file.sha256}});
    }
  }
  return rows;
}

// Text as JSON. Most of it is plain, and there are as many origins as rules.
void append_text(std::string& out, const std::string& text) {
  const bool plain =
      std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
  if (plain) {
    ((out += '"') += text) += '"';
  } else {
    out += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
  }
}

// Of rules that became one, the places of their origins in the list.
void append_parts(std::string& out, const config::Device& device, config::OriginId id, std::uint32_t offset) {
  const auto joint = std::ranges::find(device.joint_origins, id, &config::JointOrigin::origin);
  if (joint == device.joint_origins.end() || joint->parts.empty()) return;
  out += ",\"parts\":[";
  for (const config::OriginId part : joint->parts)
    fmt::format_to(std::back_inserter(out), "{}{}", part == joint->parts.front() ? "" : ",",
                   offset + part.value);
  out += ']';
}

// An origin as one JSON line; positions count from one.
void append_origin(std::string& out, const source::Sources& sources, const config::Device& device,
                   config::OriginId id, std::uint32_t offset) {
  const config::Origin& origin = device.origins[id];
  append_text(out += "{\"device\":", device.name);
  append_text(out += ",\"label\":", origin.label);
  append_parts(out, device, id, offset);
  if (!origin.note.empty()) append_text(out += ",\"note\":", origin.note);
  if (origin.range.valid()) {
    const source::Position start = sources.start(origin.range);
    const source::Position stop = sources.stop(origin.range);
    append_text(out += ",\"path\":", sources.path(origin.range.file));
    fmt::format_to(std::back_inserter(out), ",\"start\":[{},{}],\"end\":[{},{}]", start.line, start.column,
                   stop.line, stop.column);
  }
  out += '}';
}

// `[first line, last line, origin]` for each run of lines with one origin.
void append_runs(std::string& out, const std::vector<backend::LineOrigin>& origins, std::uint32_t offset) {
  bool first = true;
  for (std::size_t begin = 0; begin < origins.size();) {
    std::size_t end = begin + 1;
    while (end < origins.size() && origins[end].origin == origins[begin].origin &&
           origins[end].line <= origins[end - 1].line + 1) {
      ++end;
    }
    fmt::format_to(std::back_inserter(out), "{}[{},{},{}]", first ? "" : ",", origins[begin].line,
                   origins[end - 1].line, offset + origins[begin].origin.value);
    first = false;
    begin = end;
  }
}

}  // namespace

std::string manifest_json(const ManifestInput& input) {
  Json manifest{{"format", "cordon.manifest"},
                {"format_version", "1.0"},
                {"tool", {{"name", "cordon"}, {"version", version}}},
                {"proof", proved_obligations},
                {"assumptions", input.end_to_end.assumptions},
                {"residue", input.end_to_end.residue},
                {"retarget", input.retargets},
                {"passes", input.passes},
                {"warnings", input.warnings},
                {"inputs", inputs(input.sources)},
                {"outputs", outputs(input.emissions)}};
  manifest["outputs"].push_back({{"path", source_map_name}, {"sha256", sha256(input.source_map)}});
  return manifest.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string source_map_json(const source::Sources& sources, const std::vector<Emission>& emissions) {
  std::string out = "{\"format\":\"cordon.source-map\",\"format_version\":\"1.0\",\n\"origins\":[";
  std::vector<std::uint32_t> offsets;
  std::uint32_t next = 0;
  for (const Emission& emission : emissions) {
    offsets.push_back(next);
    for (const config::OriginId id : emission.device->origins.ids()) {
      out += next == 0 ? "\n" : ",\n";
      append_origin(out, sources, *emission.device, id, offsets.back());
      ++next;
    }
  }
  out += "],\n\"files\":{";
  bool first = true;
  for (std::size_t index = 0; index < emissions.size(); ++index) {
    for (const WrittenFile& file : emissions[index].files) {
      fmt::format_to(std::back_inserter(out), "{}\n{}:[", first ? "" : ",", Json(file.name).dump());
      append_runs(out, file.origins, offsets[index]);
      out += ']';
      first = false;
    }
  }
  out += "}}\n";
  return out;
}

}  // namespace cordon::cli
