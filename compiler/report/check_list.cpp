// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/check_list.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "compiler/check/checks.h"
#include "compiler/diagnostics/json.h"
#include "compiler/report/run.h"

namespace cordon::report {
namespace {

using diagnostics::Json;
using diagnostics::KindInfo;

std::vector<const check::Check*> sorted_checks() {
  std::vector<const check::Check*> checks;
  for (const check::Check& each : check::all_checks()) checks.push_back(&each);
  std::ranges::sort(checks, {}, [](const check::Check* each) { return diagnostics::info(each->kind).code; });
  return checks;
}

// Of each standard the controls, `CSF 2.0 PR.IR-01, PR.AA-05`; standards by line.
std::string controls_cell(const ir::Standards& standards, diagnostics::KindId kind) {
  std::map<std::uint32_t, std::string> by_catalogue;
  for (const ir::ControlRef ref : controls_of(&standards, kind)) {
    std::string& text = by_catalogue[ref.catalogue];
    text += text.empty() ? label_of(standards, ref)
                         : ", " + standards.catalogues[ref.catalogue].controls[ref.control].id;
  }
  std::string cell;
  for (const auto& [catalogue, text] : by_catalogue) cell += (cell.empty() ? "" : "; ") + text;
  return cell;
}

}  // namespace

std::string check_list_text() {
  std::size_t widest = 0;
  for (const check::Check& each : check::all_checks())
    widest = std::max(widest, diagnostics::info(each.kind).slug.size());
  std::string text;
  for (const check::Check* each : sorted_checks()) {
    const KindInfo& info = diagnostics::info(each->kind);
    text += fmt::format("{}  {:<7}  {:<8}  {:<8}  {:<{}}  {}\n", info.code, to_string(info.severity),
                        check::to_string(each->profile), each->waivable ? "waivable" : "final", info.slug,
                        widest, each->purpose);
  }
  return text;
}

std::string check_list_json(std::string_view version, const ir::Standards& standards) {
  Json list = Json::array();
  for (const check::Check* each : sorted_checks()) {
    const KindInfo& info = diagnostics::info(each->kind);
    Json controls = Json::array();
    for (const ir::ControlRef ref : controls_of(&standards, each->kind)) {
      const ir::Catalogue& catalogue = standards.catalogues[ref.catalogue];
      controls.push_back({{"catalogue", catalogue.id}, {"control", catalogue.controls[ref.control].id}});
    }
    list.push_back({{"code", info.code},
                    {"slug", info.slug},
                    {"severity", to_string(info.severity)},
                    {"profile", check::to_string(each->profile)},
                    {"waivable", each->waivable},
                    {"purpose", each->purpose},
                    {"harm", each->harm},
                    {"controls", std::move(controls)}});
  }
  return diagnostics::to_text({{"format", "cordon.checks"},
                               {"format_version", "1.0"},
                               {"tool", {{"name", "cordon"}, {"version", version}}},
                               {"checks", std::move(list)}});
}

std::string check_list_markdown(const ir::Standards& standards) {
  std::string text =
      "# Checks\n\n"
      "What `cordon check` looks for beyond a policy that is read and planned without a fault. Written by\n"
      "`cordon check --list=markdown`; `cordon explain CODE` shows a wrong and a right policy for each.\n\n"
      "The profile is the smallest that makes the check: *basic* is made of every policy, *hospital* asks "
      "for what\n"
      "the segmentation of a hospital should have, *auditor* adds what is good to know. What is final cannot "
      "be\n"
      "waived or turned down.\n\n";
  text +=
      "| Code | Check | Severity | Profile | Finds | Why it matters | Controls "
      "|\n|---|---|---|---|---|---|---|\n";
  for (const check::Check* each : sorted_checks()) {
    const KindInfo& info = diagnostics::info(each->kind);
    text += fmt::format("| {} | `{}` | {}{} | {} | {} | {} | {} |\n", info.code, info.slug,
                        to_string(info.severity), each->waivable ? "" : ", final",
                        check::to_string(each->profile), each->purpose, each->harm,
                        controls_cell(standards, each->kind));
  }
  return text;
}

}  // namespace cordon::report
