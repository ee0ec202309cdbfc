// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/sarif_rules.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "compiler/diagnostics/explain.h"
#include "compiler/report/escape.h"
#include "compiler/report/formats.h"

namespace cordon::report {
namespace {

using diagnostics::Json;
using diagnostics::KindId;

// `outside-opens-to-device` is `OutsideOpensToDevice`: SARIF wants an identifier.
std::string identifier(std::string_view slug) {
  std::string name;
  bool capital = true;
  for (const char letter : slug) {
    if (letter == '-') {
      capital = true;
      continue;
    }
    name += capital && letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    capital = false;
  }
  return name;
}

Json message(std::string_view text) { return {{"text", sarif_text(text)}}; }

// The explain page without its heading, which the rule's id and name say already.
std::string page_of(KindId kind) {
  const std::string_view page = diagnostics::explain_page(kind);
  const std::size_t end = page.find("\n\n");
  return std::string(end == std::string_view::npos ? page : page.substr(end + 2));
}

// The first paragraph of the page: what was seen, in a sentence or two.
std::string gist_of(KindId kind) {
  std::string gist = page_of(kind);
  gist.resize(std::min(gist.size(), gist.find("\n\n")));
  std::ranges::replace(gist, '\n', ' ');
  return gist;
}

// Catalogues and controls that some rule speaks to, with the place of each in the log.
class Taxonomies {
 public:
  Taxonomies(const ir::Standards& standards, const std::set<KindId>& kinds) : standards_(standards) {
    for (const KindId kind : kinds) {
      for (const ir::ControlRef ref : controls_of(&standards, kind)) used_[ref.catalogue].insert(ref.control);
    }
  }

  void write(Json& taxonomies, Json& supported) const {
    for (const auto& [catalogue, controls] : used_) {
      const ir::Catalogue& source = standards_.catalogues[catalogue];
      Json taxa = Json::array();
      for (const std::uint32_t control : controls)
        taxa.push_back({{"id", source.controls[control].id},
                        {"shortDescription", message(source.controls[control].title)}});
      supported.push_back({{"name", source.id}, {"index", taxonomies.size()}});
      taxonomies.push_back({{"name", source.id},
                            {"fullName", source.title},
                            {"shortDescription", message(source.title)},
                            {"isComprehensive", false},
                            {"taxa", std::move(taxa)}});
    }
  }

  [[nodiscard]] Json target(ir::ControlRef ref) const {
    const auto place = used_.find(ref.catalogue);
    const ir::Catalogue& source = standards_.catalogues[ref.catalogue];
    const auto index = std::distance(place->second.begin(), place->second.find(ref.control));
    return {{"id", source.controls[ref.control].id},
            {"index", index},
            {"toolComponent", {{"name", source.id}, {"index", std::distance(used_.begin(), place)}}}};
  }

 private:
  const ir::Standards& standards_;
  std::map<std::uint32_t, std::set<std::uint32_t>> used_;
};

Json tags_of(const Run& run, KindId kind) {
  Json tags = diagnostics::list_of("network-segmentation");
  if (const check::Check* check = check::find_check(kind))
    tags.push_back(fmt::format("profile-{}", check::to_string(check->profile)));
  for (const ir::ControlRef ref : controls_of(run.standards, kind)) {
    if (tags.size() == limit::sarif_tags) break;
    tags.push_back(label_of(*run.standards, ref));
  }
  return tags;
}

Json rule_of(const Run& run, KindId kind) {
  const diagnostics::KindInfo& info = diagnostics::info(kind);
  const check::Check* check = check::find_check(kind);
  const std::string gist = gist_of(kind);
  Json rule = {
      {"id", info.code},
      {"name", identifier(info.slug)},
      {"shortDescription", message(check == nullptr ? gist : check->purpose)},
      {"fullDescription", message(gist)},
      {"help",
       {{"text", sarif_text(fmt::format("`cordon explain {}` says why it matters and shows a wrong and "
                                        "a right policy.",
                                        info.code))},
        {"markdown", page_of(kind)}}},
      {"defaultConfiguration", {{"level", sarif_level(info.severity)}}}};
  Json properties = {{"tags", tags_of(run, kind)}, {"slug", info.slug}};
  if (check != nullptr) {
    properties["waivable"] = check->waivable;
    properties["harm"] = check->harm;
  }
  rule["properties"] = std::move(properties);
  return rule;
}

}  // namespace

std::string_view sarif_level(Severity severity) { return to_string(severity); }

SarifRules sarif_rules(const Run& run) {
  std::set<KindId> kinds;
  for (const check::Check* made : run.made) kinds.insert(made->kind);
  for (const Finding& finding : run.findings) kinds.insert(finding.diagnostic.kind);
  SarifRules log;
  std::optional<Taxonomies> taxonomies;
  if (run.standards != nullptr) {
    taxonomies.emplace(*run.standards, kinds);
    taxonomies->write(log.taxonomies, log.supported);
  }
  for (const KindId kind : kinds) {
    log.index[kind] = log.rules.size();
    Json rule = rule_of(run, kind);
    Json relationships = Json::array();
    for (const ir::ControlRef ref : controls_of(run.standards, kind))
      relationships.push_back(
          {{"target", taxonomies->target(ref)}, {"kinds", diagnostics::list_of("relevant")}});
    if (!relationships.empty()) rule["relationships"] = std::move(relationships);
    log.rules.push_back(std::move(rule));
  }
  return log;
}

}  // namespace cordon::report
