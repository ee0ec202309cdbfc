// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The language of the library's standards: catalogues, the map of controls, questionnaires. It is no part of
// the policy language and stands in a table of its own.

#include <utility>

#include "compiler/syntax/reader.h"
#include "compiler/syntax/records.h"
#include "compiler/syntax/standards.h"
#include "compiler/syntax/store.h"

namespace cordon::syntax {
namespace {

constexpr std::string_view source_doc =
    "The document it was taken from, where that is another than the file's.";

constexpr Key control_keys[] = {
    {"title", one(scalar::free_text), required, "", "What it asks for, in a few words.",
     "networks are protected from access without leave", put<&StandardControl::title>},
    {"source", one(scalar::free_text), not_required, "that of all rows", source_doc, "CSWP 29",
     put<&StandardControl::source>},
    {"unverified", one(scalar::flag), not_required, "false", "Written from memory, not read in the source.",
     "true", put<&StandardControl::unverified>},
};
constexpr Record control = {.id = "control",
                            .title = "a control",
                            .doc = "What a standard asks for, under the standard's own number.",
                            .keys = control_keys,
                            .shorthand = "title"};

constexpr Key catalogue_keys[] = {
    {"title", one(scalar::free_text), required, "", "The standard's name.",
     "NIST Cybersecurity Framework 2.0", put<&StandardsFile::title>},
    {"short", one(scalar::free_text), required, "", "What stands before a control's number in messages.",
     "CSF 2.0", put<&StandardsFile::short_name>},
    {"source", one(scalar::free_text), required, "", "The standard itself, with its date.",
     "NIST CSWP 29, 26 February 2024", put<&StandardsFile::source>},
    {"rows-from", one(scalar::free_text), required, "", "Where its rows were read.", "CSWP 29, core",
     put<&StandardsFile::rows_from>},
    {"in-messages", one(scalar::flag), not_required, "false",
     "Findings name its controls; reports name those of every catalogue.", "true",
     put<&StandardsFile::in_messages>},
    {"controls", map_of(control, scalar::control_id), required, "",
     "The controls, in the order of the standard.", "{PR.IR-01: networks are protected}",
     put<&StandardsFile::controls>},
};
constexpr Record catalogue = {.id = "catalogue",
                              .title = "a catalogue",
                              .doc = "The controls of one standard.",
                              .keys = catalogue_keys};

constexpr Type controls_type = dictionary_of(scalar::control_id, scalar::catalogue_id);
constexpr std::string_view controls_doc = "Controls by catalogue.";
constexpr std::string_view controls_example = "{csf-2.0: [PR.IR-01]}";

constexpr Key outcome_keys[] = {
    {"title", one(scalar::free_text), required, "", "What all of them ask for.", "networks are kept apart",
     put<&Outcome::title>},
    {"controls", controls_type, required, "", controls_doc, controls_example, put<&Outcome::controls>},
    {"source", one(scalar::free_text), required, "", "The document that sets them side by side.",
     "CSF 1.1, Appendix A", put<&Outcome::source>},
};
constexpr Record outcome = {.id = "outcome",
                            .title = "an outcome",
                            .doc = "Controls of several catalogues that ask for the same.",
                            .keys = outcome_keys};

constexpr Key mapping_keys[] = {
    {"outcomes", list_of(scalar::name), not_required, "", "The outcomes that it helps to show.",
     "[segregation]", put<&Mapping::outcomes>},
    {"controls", controls_type, not_required, "", "Further controls, by catalogue.", controls_example,
     put<&Mapping::controls>},
    {"none", one(scalar::free_text), not_required, "", "Why no control speaks of it.",
     "it keeps the rule set readable", put<&Mapping::none>},
    {"source", one(scalar::free_text), required, "", "Where the demand was taken from.", "ICSMA-23-194-01",
     put<&Mapping::source>},
};
constexpr std::string_view told[] = {"outcomes", "controls", "none"};
constexpr std::string_view some_or_none[] = {"outcomes", "none"};
constexpr std::string_view own_or_none[] = {"controls", "none"};
constexpr Choice mapping_choices[] = {{told, 1, 3}, {some_or_none, 0, 1}, {own_or_none, 0, 1}};
constexpr Record mapping_row = {.id = "mapping",
                                .title = "a row of the map",
                                .doc = "What a check, or a kind of assertion, helps to show.",
                                .keys = mapping_keys,
                                .choices = mapping_choices};

constexpr Key map_keys[] = {
    {"outcomes", map_of(outcome), required, "", "What several catalogues ask for, by a name of ours.",
     "{segregation: {title: networks are kept apart, controls: {csf-2.0: [PR.IR-01]}, source: CSWP 29}}",
     put<&StandardsFile::outcomes>},
    {"checks", map_of(mapping_row), required, "", "Every check, by its name.",
     "{outside-opens-to-device: {outcomes: [segregation], source: ICSMA-23-194-01}}",
     put<&StandardsFile::checks>},
    {"assertions", map_of(mapping_row), required, "", "Every kind of assertion.",
     "{never: {outcomes: [segregation], source: CSWP 29}}", put<&StandardsFile::assertions>},
};
constexpr Record map_file = {.id = "control-map",
                             .title = "the map of controls",
                             .doc = "From checks and assertions to controls.",
                             .keys = map_keys};

constexpr Key question_keys[] = {
    {"ask", one(scalar::free_text), required, "", "The question.", "Were factory passcodes changed?",
     put<&Question::ask>},
    {"wanted", one(scalar::answer), required, "", "The answer that carries no risk.", "yes",
     put<&Question::wanted>},
    {"severity", one(scalar::risk_weight), required, "", "What another answer weighs.", "high",
     put<&Question::severity>},
    {"outcomes", list_of(scalar::name), not_required, "", "The outcomes that the answer helps to show.",
     "[credentials]", put<&Question::outcomes>},
    {"controls", controls_type, not_required, "", "Further controls, by catalogue.", controls_example,
     put<&Question::controls>},
    {"source", one(scalar::free_text), required, "", "Where the question was taken from.", "ICSMA-22-251-01",
     put<&Question::source>},
};
constexpr std::string_view shown_by[] = {"outcomes", "controls"};
constexpr Choice question_choices[] = {{shown_by, 1, 2}};
constexpr Record question = {.id = "question",
                             .title = "a question",
                             .doc = "What nobody can read off a policy; an attestation answers it.",
                             .keys = question_keys,
                             .choices = question_choices};

constexpr Key questionnaire_keys[] = {
    {"questions", map_of(question), required, "", "The questions, by the name of their attestation.",
     "{passcodes-changed: {ask: 'Were they changed?', wanted: yes, severity: high, outcomes: [credentials], "
     "source: ICSMA-22-251-01}}",
     put<&StandardsFile::questions>},
};
constexpr Record questionnaire = {.id = "questionnaire",
                                  .title = "a questionnaire",
                                  .doc = "Questions of one topic, which the name of the file says.",
                                  .keys = questionnaire_keys};

constexpr Key form_question_keys[] = {
    {"ask", one(scalar::free_text), required, "", "What it asks, in a few words.",
     "can it be serviced from afar", put<&FormQuestion::ask>},
    {"source", one(scalar::free_text), not_required, "that of all rows", source_doc, "ANSI/NEMA HN 1-2019",
     put<&FormQuestion::source>},
    {"unverified", one(scalar::flag), not_required, "false", "Written from memory, not read in the source.",
     "true", put<&FormQuestion::unverified>},
};
constexpr Record form_question = {.id = "form-question",
                                  .title = "a question of the form",
                                  .doc = "A question of the manufacturer's disclosure statement.",
                                  .keys = form_question_keys,
                                  .shorthand = "ask"};

constexpr Key form_keys[] = {
    {"rows-from", one(scalar::free_text), required, "", "Where its rows were read.",
     "ANSI/NEMA HN 1-2019, by a completed form", put<&StandardsFile::rows_from>},
    {"questions", map_of(form_question, scalar::mds2_question), required, "",
     "The questions that bear on the network, by the form's own numbers.",
     "{RMOT-1: {ask: can it be serviced from afar, source: ANSI/NEMA HN 1-2019}}", put<&StandardsFile::form>},
};
constexpr Record form = {.id = "disclosure-form",
                         .title = "the disclosure form",
                         .doc = "Questions of the MDS2 (ANSI/NEMA HN 1) that bear on the network.",
                         .keys = form_keys};

}  // namespace

const Record& standards_file(StandardsRole role) {
  switch (role) {
    case StandardsRole::catalogue:
      return catalogue;
    case StandardsRole::control_map:
      return map_file;
    case StandardsRole::questionnaire:
      return questionnaire;
    case StandardsRole::mds2_form:
      return form;
  }
  return catalogue;
}

StandardsFile parse_standards(std::shared_ptr<const yaml::Document> document, StandardsRole role,
                              diagnostics::Diagnostics& diagnostics) {
  const yaml::Node& root = document->root();
  const bool keyed = root.is_mapping() && !root.entries().empty();
  StandardsFile file;
  file.file = root.range().file;
  file.role = role;
  const Range head = keyed ? root.entries().front().key.range() : root.range();
  Reader(diagnostics).read_record(root, standards_file(role), head, &file);
  file.storage = std::move(document);
  return file;
}

}  // namespace cordon::syntax
