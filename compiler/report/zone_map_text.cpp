// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The zone map as text that other programs draw: DOT, Mermaid, GraphML.
//
// Names and services are a policy's words and go into each format escaped; identifiers are numbers of our
// own.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/diagnostics/printable.h"
#include "compiler/report/escape.h"
#include "compiler/report/zone_map.h"

namespace cordon::report {
namespace {

using diagnostics::printable;

std::string dot_text(std::string_view raw) {
  std::string out = "\"";
  for (const char letter : printable(raw)) {
    if (letter == '"' || letter == '\\') out += '\\';
    out += letter;
  }
  return out + "\"";
}

// Mermaid has no escape but its own entities.
std::string mermaid_text(std::string_view raw) {
  std::string out = "\"";
  for (const char letter : printable(raw)) {
    const bool harmless = std::isalnum(static_cast<unsigned char>(letter)) != 0 ||
                          std::string_view(" -_./,:()+*=%").find(letter) != std::string_view::npos ||
                          static_cast<unsigned char>(letter) >= 0x80;
    out += harmless ? std::string(1, letter) : fmt::format("#{};", static_cast<int>(letter));
  }
  return out + "\"";
}

std::string with_marks(std::string text, const Marks& marks, std::string_view line_break) {
  return marks.any() ? fmt::format("{}{}{}", text, line_break, marks_text(marks)) : text;
}

std::string arc_label(const MapArc& arc, std::string_view line_break) {
  return with_marks(fmt::format("{}{}{}", arc.conduit, line_break, arc.services), arc.marks, line_break);
}

// Levels in ascending order, then zones without one.
std::vector<std::optional<std::uint8_t>> levels_of(const ZoneMap& map) {
  std::vector<std::optional<std::uint8_t>> levels;
  for (const MapZone& zone : map.zones) levels.push_back(zone.level);
  std::ranges::sort(levels, {}, [](const auto& level) { return level ? int{*level} : 5; });
  levels.erase(std::ranges::unique(levels).begin(), levels.end());
  return levels;
}

std::string level_title(const std::optional<std::uint8_t>& level) {
  return level ? fmt::format("security level {}", *level) : "no security level";
}

}  // namespace

std::string write_dot(const ZoneMap& map) {
  std::string out =
      fmt::format("digraph {} {{\n  rankdir=TB;\n  node [shape=box, style=rounded];\n", dot_text(map.title));
  for (const auto& level : levels_of(map)) {
    fmt::format_to(std::back_inserter(out), "  subgraph {} {{\n    label={};\n",
                   level ? fmt::format("cluster_{}", *level) : "cluster_none", dot_text(level_title(level)));
    for (std::size_t at = 0; at < map.zones.size(); ++at) {
      const MapZone& zone = map.zones[at];
      if (zone.level != level) continue;
      // A line break of DOT, put in behind the escaping.
      std::string label = dot_text(zone.name);
      label.pop_back();
      label += "\\n" + dot_text(with_marks(zone_facts(zone), zone.marks, "; ")).substr(1);
      fmt::format_to(std::back_inserter(out), "    z{} [label={}{}{}];\n", at, label,
                     zone.attacked ? ", penwidth=3" : "", zone.marks.errors > 0 ? ", color=red" : "");
    }
    out += "  }\n";
  }
  for (const MapArc& arc : map.arcs) {
    fmt::format_to(std::back_inserter(out), "  z{} -> z{} [label={}{}];\n", arc.from, arc.to,
                   dot_text(arc_label(arc, ": ")), arc.attacked ? ", color=red, penwidth=3" : "");
  }
  return out + "}\n";
}

std::string write_mermaid(const ZoneMap& map) {
  std::string out = "flowchart TB\n";
  for (const auto& level : levels_of(map)) {
    fmt::format_to(std::back_inserter(out), "  subgraph {}[{}]\n",
                   level ? fmt::format("level{}", *level) : "levelless", mermaid_text(level_title(level)));
    for (std::size_t at = 0; at < map.zones.size(); ++at) {
      if (map.zones[at].level != level) continue;
      const std::string label = with_marks(
          fmt::format("{} ({})", map.zones[at].name, zone_facts(map.zones[at])), map.zones[at].marks, ": ");
      fmt::format_to(std::back_inserter(out), "    z{}[{}]\n", at, mermaid_text(label));
    }
    out += "  end\n";
  }
  std::string attacked;
  for (std::size_t at = 0; at < map.arcs.size(); ++at) {
    const MapArc& arc = map.arcs[at];
    fmt::format_to(std::back_inserter(out), "  z{} -->|{}| z{}\n", arc.from,
                   mermaid_text(arc_label(arc, ": ")), arc.to);
    if (arc.attacked) attacked += (attacked.empty() ? "" : ",") + std::to_string(at);
  }
  if (!attacked.empty()) out += "  linkStyle " + attacked + " stroke:#b00020,stroke-width:3px\n";
  for (std::size_t at = 0; at < map.zones.size(); ++at) {
    if (map.zones[at].attacked || map.zones[at].marks.errors > 0)
      fmt::format_to(std::back_inserter(out), "  style z{} stroke:#b00020,stroke-width:3px\n", at);
  }
  return out;
}

std::string write_graphml(const ZoneMap& map) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
  struct Field {
    const char *name, *what, *type;
  };
  for (const Field& field : {Field{"name", "node", "string"},
                             {"type", "node", "string"},
                             {"level", "node", "int"},
                             {"hosts", "node", "int"},
                             {"isolates", "node", "boolean"},
                             {"zone_errors", "node", "int"},
                             {"zone_warnings", "node", "int"},
                             {"zone_on_attack_path", "node", "boolean"},
                             {"conduit", "edge", "string"},
                             {"services", "edge", "string"},
                             {"flows", "edge", "int"},
                             {"errors", "edge", "int"},
                             {"warnings", "edge", "int"},
                             {"on_attack_path", "edge", "boolean"}}) {
    fmt::format_to(std::back_inserter(out),
                   "  <key id=\"{0}\" for=\"{1}\" attr.name=\"{0}\" attr.type=\"{2}\"/>\n", field.name,
                   field.what, field.type);
  }
  fmt::format_to(std::back_inserter(out), "  <graph id=\"{}\" edgedefault=\"directed\">\n",
                 xml_text(map.title));
  const auto data = [&](std::string_view key, const std::string& value) {
    fmt::format_to(std::back_inserter(out), "      <data key=\"{}\">{}</data>\n", key, value);
  };
  for (std::size_t at = 0; at < map.zones.size(); ++at) {
    const MapZone& zone = map.zones[at];
    fmt::format_to(std::back_inserter(out), "    <node id=\"z{}\">\n", at);
    data("name", xml_text(zone.name));
    data("type", xml_text(zone.type));
    if (zone.level) data("level", std::to_string(*zone.level));
    data("hosts", std::to_string(zone.hosts));
    data("isolates", zone.isolates ? "true" : "false");
    data("zone_errors", std::to_string(zone.marks.errors));
    data("zone_warnings", std::to_string(zone.marks.warnings));
    data("zone_on_attack_path", zone.attacked ? "true" : "false");
    out += "    </node>\n";
  }
  for (std::size_t at = 0; at < map.arcs.size(); ++at) {
    const MapArc& arc = map.arcs[at];
    fmt::format_to(std::back_inserter(out), "    <edge id=\"e{}\" source=\"z{}\" target=\"z{}\">\n", at,
                   arc.from, arc.to);
    data("conduit", xml_text(arc.conduit));
    data("services", xml_text(arc.services));
    data("flows", std::to_string(arc.flows));
    data("errors", std::to_string(arc.marks.errors));
    data("warnings", std::to_string(arc.marks.warnings));
    data("on_attack_path", arc.attacked ? "true" : "false");
    out += "    </edge>\n";
  }
  return out + "  </graph>\n</graphml>\n";
}

}  // namespace cordon::report
