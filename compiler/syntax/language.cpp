// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The language table: the top of a file. Its mappings are in language_*.cpp.

#include "compiler/syntax/language.h"

#include <algorithm>
#include <array>
#include <vector>

#include "compiler/syntax/records.h"
#include "compiler/syntax/store.h"

namespace cordon::syntax {
namespace {

constexpr Key site_keys[] = {
    {"name", one(scalar::name), required, "", "Its name, shown in the head of what is written.",
     "st-elsewhere", put<&Site::name>},
    {"description", one(scalar::free_text), not_required, "", "What it is.", "Reference hospital",
     put<&Site::description>},
};
constexpr Record site = {
    .id = "site", .title = "the site", .doc = "The site that the project is about.", .keys = site_keys};

constexpr Key use_keys[] = {
    {"module", one(scalar::module_path), required, "",
     "The module: below `modules/` of the project or in the library.", "pumps/bd-alaris", put<&Use::module>},
    {"with", dictionary_of(scalar::argument), not_required, "", "Values for the module's parameters.",
     "{pumps: alaris-pumps, server: alaris-server}", put<&Use::with>},
    {"as", one(scalar::name), not_required, "the last part of the module's path",
     "The name before the dot in references to what it defines, for a module that is used twice.",
     "alaris-east", put<&Use::as>},
};
constexpr Record use = {.id = "use",
                        .title = "a use of a module",
                        .doc = "Takes in a module. Its path alone stands for one without parameters.",
                        .keys = use_keys,
                        .shorthand = "module"};

constexpr Key parameter_keys[] = {
    {"type", one(scalar::parameter_type), required, "", "What may be given for it.", "zone",
     put<&Parameter::type>},
    {"description", one(scalar::free_text), not_required, "", "What it stands for.", "The zone of the pumps",
     put<&Parameter::description>},
    {"default", list_of(scalar::argument), not_required, "", "What holds when nothing is given.",
     "[tcp/3613]", put_default},
};
constexpr Record parameter = {.id = "parameter",
                              .title = "a parameter",
                              .doc = "What a project gives to a module. Without a default it has to.",
                              .keys = parameter_keys};

constexpr Key head_keys[] = {
    {"purpose", one(scalar::free_text), required, "", "What the module is for.",
     "BD Alaris pumps to the Alaris Systems Manager", put<&ModuleHead::purpose>},
    {"parameters", map_of(parameter), not_required, "", "What a project gives to it.",
     "{pumps: {type: zone, description: The zone of the pumps}}", put<&ModuleHead::parameters>},
    {"sources", list_of(scalar::free_text, 0), not_required, "",
     "Where its ports and directions are documented.", "[CISA ICSMA-23-194-01]", put<&ModuleHead::sources>},
};
constexpr Record head = {.id = "module-head",
                         .title = "the head of a module",
                         .doc = "Makes a file a module: a piece of policy for many sites.",
                         .keys = head_keys};

constexpr Type hosts_type = {
    .shape = Shape::map, .record = &record::host, .name = &scalar::name, .tagged = &record::csv_hosts};

// All that may stand at the top of any file; which of it where, is said below.
constexpr Key top_keys[] = {
    {"cordon", one(scalar::language_version), required, "",
     "The version of the language. Makes a file a project; included files need not say it.", "1",
     put<&File::version>},
    {"module", mapping(head), required, "", "Makes the file a module instead of a project.",
     "{purpose: Names and time}", put<&File::module>},
    {"site", mapping(site), not_required, "", "The site that the project is about.", "{name: st-elsewhere}",
     put<&File::site>},
    {"include", list_of(scalar::file_path, 0), not_required, "",
     "Files of the same project, or patterns with `*`, relative to this one.",
     "[networks.yaml, conduits/*.yaml]", put<&File::includes>},
    {"use", list_of(use), not_required, "", "Modules to take in.",
     "[services/infrastructure, {module: pumps/bd-alaris, with: {pumps: alaris-pumps}}]", put<&File::uses>},
    {"networks", map_of(record::network), not_required, "", "Layer-3 segments, by name.",
     "{servers: {vlan: 30, ipv4: 10.30.0.0/24}}", put<&File::networks>},
    {"zones", map_of(record::zone), not_required, "", "Zones, by name.",
     "{servers: {type: clinical-server, security-level: 2, networks: [servers]}}", put<&File::zones>},
    {"hosts", hosts_type, not_required, "",
     "Hosts, by name; or `!csv` with the place of a table that lists them.",
     "{alaris-server: {network: servers, ipv4: 10.30.0.10}}", put_hosts},
    {"groups", map_of(record::group), not_required, "", "Groups of endpoints, by name.",
     "{domain-controllers: [dc1, dc2]}", put<&File::groups>},
    {"services", map_of(record::service), not_required, "", "Protocols and ports, by name.",
     "{alaris-comm: [tcp/3613]}", put<&File::services>},
    {"conduits", map_of(record::conduit), not_required, "", "What may pass between zones, by name.",
     "{telemetry: {between: [pumps, servers], flows: [{from: pumps, to: alaris-server, services: "
     "[tcp/3613]}]}}",
     put<&File::conduits>},
    {"devices", map_of(record::device), not_required, "",
     "Firewalls, routers, switches and access points, by name.",
     "{fw-core: {platform: some-platform, interfaces: {eth1: {network: pumps, ipv4: 10.20.0.1}}}}",
     put<&File::devices>},
    {"assertions", list_of(record::assertion), not_required, "",
     "Statements that have to hold, whatever the flows say.",
     "[{name: no-internet-pumps, never: {from: internet, to: alaris-pumps}}]", put<&File::assertions>},
    {"tests", list_of(record::policy_test), not_required, "", "Questions with their answers.",
     "[{allow: {from: pump-17, to: alaris-server, service: alaris-comm}}]", put<&File::tests>},
    {"waivers", list_of(record::waiver), not_required, "", "Findings that somebody accepts.",
     "[{id: W-12, code: CD4021, reason: firmware only speaks telnet, expires: 2027-01-31}]",
     put<&File::waivers>},
    {"envelopes", list_of(record::envelope), not_required, "",
     "What changes may open without further review.",
     "[{id: biomed-routine, approves: ['pumps -> pump-servers tcp/443'], max-new-hosts: 50}]",
     put<&File::envelopes>},
    {"attestations", map_of(record::attestation), not_required, "",
     "Answers to the risk questionnaire, by question.",
     "{default-credentials-changed: {answer: yes, evidence: DOC-881}}", put<&File::attestations>},
    {"mds2", map_of(record::mds2_form), not_required, "",
     "Manufacturers' disclosure statements, by a name for each.",
     "{alaris-8015: {zones: [alaris-pumps], document: MDS2-17, answers: {RMOT-1: no}}}", put<&File::mds2>},
    {"checks", mapping(record::checks), not_required, "", "How the project wants to be checked.",
     "{profile: hospital}", put<&File::checks>},
};

// The rows of the top without some of them.
template <std::size_t count>
constexpr auto without(const std::array<std::string_view, count>& names) {
  std::array<Key, std::size(top_keys) - count> keys{};
  std::ranges::copy_if(top_keys, keys.begin(),
                       [&](const Key& key) { return std::ranges::find(names, key.name) == names.end(); });
  return keys;
}

constexpr auto project_keys = without(std::array<std::string_view, 1>{"module"});
constexpr Record project = {.id = "project",
                            .title = "a project",
                            .doc = "The file `cordon.yaml`, and every file that it includes.",
                            .keys = project_keys};

// An included file is a part of a project: the same keys, none of which it has to have.
constexpr auto part_keys = [] {
  auto keys = project_keys;
  for (Key& key : keys) key.required = not_required;
  return keys;
}();
constexpr Record part = {.id = "part", .title = "a file of a project", .doc = project.doc, .keys = part_keys};

// What is the site's own has no place in a module.
constexpr auto module_keys = without(std::array<std::string_view, 8>{
    "cordon", "site", "include", "waivers", "envelopes", "attestations", "mds2", "checks"});
constexpr Record module = {
    .id = "module",
    .title = "a module",
    .doc =
        "A piece of policy with parameters, used by name. What it defines is reached as "
        "`module.name`.",
    .keys = module_keys};

void collect(const Record& record, std::vector<const Record*>& records) {
  if (std::ranges::find(records, &record) != records.end()) return;
  records.push_back(&record);
  for (const Key& key : record.keys) {
    for (const Record* inner : {key.type.record, key.type.tagged}) {
      if (inner != nullptr) collect(*inner, records);
    }
  }
}

std::vector<const Record*> collect_all() {
  std::vector<const Record*> records;
  collect(project, records);
  collect(module, records);
  return records;
}

}  // namespace

std::span<const Record* const> all_records() {
  static const std::vector<const Record*> records = collect_all();
  return records;
}

const Record& project_file() { return project; }
const Record& included_file() { return part; }
const Record& module_file() { return module; }

}  // namespace cordon::syntax
