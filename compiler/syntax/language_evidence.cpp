// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The language table: what is checked and never compiled.

#include "compiler/syntax/records.h"
#include "compiler/syntax/store.h"

namespace cordon::syntax {
namespace {

constexpr Key from_key = {
    "from",     list_of(scalar::endpoint), required, "", "Where connections are opened.",
    "internet", put<&Assertion::from>};
constexpr Key to_key = {"to",           list_of(scalar::endpoint), required, "", "Where they arrive.",
                        "alaris-pumps", put<&Assertion::to>};
constexpr Key services_key = {"services",
                              list_of(scalar::service_term),
                              not_required,
                              "every service",
                              "Only connections of these services count.",
                              "[https]",
                              put<&Assertion::services>};

constexpr Key reach_keys[] = {from_key, to_key, services_key};
constexpr Record reach = {.id = "assertion-reach",
                          .title = "an assertion about who reaches whom",
                          .doc = "Two ends, and the services that count.",
                          .keys = reach_keys};

constexpr Key via_keys[] = {
    from_key,
    to_key,
    services_key,
    {"through", list_of(scalar::endpoint), required, "", "The zones, networks or hosts on the way.",
     "[remote-access-dmz]", put<&Assertion::through>}};
constexpr Record via = {.id = "assertion-via",
                        .title = "an assertion about the way",
                        .doc = "Two ends, the services that count, and what lies between.",
                        .keys = via_keys};

constexpr Key only_keys[] = {from_key,
                             to_key,
                             services_key,
                             {"through", list_of(scalar::endpoint), not_required, "",
                              "The zones, networks or hosts that it has to go through.",
                              "[remote-access-dmz]", put<&Assertion::through>}};
constexpr Record only = {
    .id = "assertion-only",
    .title = "an assertion that excludes all others",
    .doc = "Two ends, the services that count, and what has to lie between, if anything.",
    .keys = only_keys};

constexpr Key depth_keys[] = {
    from_key,
    to_key,
    services_key,
    {"filters", one(scalar::filter_count), required, "", "How many filters.", "2", put<&Assertion::filters>}};
constexpr Record depth = {.id = "assertion-depth",
                          .title = "an assertion about depth",
                          .doc = "Two ends, the services that count, and a number of filters.",
                          .keys = depth_keys};

constexpr Key assertion_keys[] = {
    {"name", one(scalar::name), required, "", "How reports call it.", "no-internet-pumps",
     put<&Assertion::name>},
    {"never", mapping(reach), not_required, "",
     "No connection from one to the other is intended, directly or in steps.",
     "{from: internet, to: alaris-pumps}", put_assertion},
    {"always", mapping(reach), not_required, "",
     "Every host of one may open these services to every host of the other.",
     "{from: alaris-pumps, to: alaris-server, services: [alaris-comm]}", put_assertion},
    {"only", mapping(only), not_required, "",
     "Nobody but `from` opens connections to `to`; with `through`, `from` itself only that way.",
     "{from: vendor, to: alaris-server, through: [remote-access-dmz]}", put_assertion},
    {"via", mapping(via), not_required, "", "Whatever goes from one to the other goes through these.",
     "{from: vendor, to: alaris-pumps, through: [jump-host]}", put_assertion},
    {"at-least", mapping(depth), not_required, "", "Every way from one to the other crosses so many filters.",
     "{from: internet, to: alaris-pumps, filters: 2}", put_assertion},
    {"roundtrip", mapping(reach), not_required, "",
     "What is opened from one to the other is answered on every path.",
     "{from: alaris-pumps, to: alaris-server}", put_assertion},
};
constexpr std::string_view assertion_kinds[] = {"never", "always", "only", "via", "at-least", "roundtrip"};
constexpr Choice one_assertion[] = {{assertion_kinds, 1, 1}};

constexpr Key probe_keys[] = {
    {"from", one(scalar::set_text), required, "",
     "A host, an address, anything else a flow can start at, or an expression.", "pump-17",
     put<&PolicyTest::from>},
    {"to", one(scalar::set_text), required, "", "Where it goes.", "alaris-server", put<&PolicyTest::to>},
    {"service", list_of(scalar::service_term), required, "",
     "A service or a term; a list means each of them.", "tcp/443", put<&PolicyTest::services>},
};
constexpr Record probe = {
    .id = "test-flow", .title = "the flow of a test", .doc = "Connections to ask about.", .keys = probe_keys};

constexpr Key test_keys[] = {
    {"name", one(scalar::free_text), not_required, "", "What it shows.", "pumps reach their server",
     put<&PolicyTest::name>},
    {"allow", mapping(probe), not_required, "", "All of it has to be permitted.",
     "{from: pump-17, to: alaris-server, service: alaris-comm}", put_expectation},
    {"deny", mapping(probe), not_required, "", "None of it may be permitted.",
     "{from: 203.0.113.9, to: pump-17, service: tcp/443}", put_expectation},
    {"tags", list_of(scalar::name), not_required, "", "Words to choose tests by.", "[pumps]",
     put<&PolicyTest::tags>},
};
constexpr std::string_view test_kinds[] = {"allow", "deny"};
constexpr Choice one_expectation[] = {{test_kinds, 1, 1}};

constexpr Key waiver_keys[] = {
    {"id", one(scalar::waiver_id), required, "", "How reports call it.", "W-12", put<&Waiver::id>},
    {"code", one(scalar::finding_code), required, "", "The finding that it accepts.", "CD4021",
     put<&Waiver::code>},
    {"element", one(scalar::free_text), not_required, "", "What the finding is about.",
     "'conduit:legacy-telnet'", put<&Waiver::element>},
    {"accepts", list_of(scalar::flow_text), not_required, "",
     "The connections that are accepted, `FROM -> TO SERVICES`; it covers a finding only while that is about "
     "no "
     "others.",
     "'alaris-pumps -> biomed tcp/23'", put<&Waiver::accepts>},
    {"reason", one(scalar::free_text), not_required, "", "Why.", "pump firmware 9.1 only speaks telnet",
     put<&Waiver::reason>},
    {"owner", one(scalar::free_text), not_required, "", "Who answers for it.", "biomed", put<&Waiver::owner>},
    {"approved_by", one(scalar::free_text), not_required, "", "Who accepted the risk.", "ciso",
     put<&Waiver::approved_by>},
    {"ticket", one(scalar::free_text), not_required, "", "Where it was decided.", "CHG-1077",
     put<&Waiver::ticket>},
    {"created", one(scalar::date), not_required, "", "Since when.", "2026-11-01", put<&Waiver::created>},
    {"expires", one(scalar::date), not_required, "", "Until when.", "2027-01-31", put<&Waiver::expires>},
};

constexpr Key envelope_keys[] = {
    {"id", one(scalar::waiver_id), required, "", "How reports call it.", "biomed-routine",
     put<&Envelope::id>},
    {"approves", list_of(scalar::flow_text), required, "",
     "Connections that a change may open without further review, `FROM -> TO SERVICES`.",
     "'type:medical-device -> pump-servers tcp/443'", put<&Envelope::approves>},
    {"max-new-hosts", one(scalar::host_count), not_required, "",
     "How many hosts may gain connections by it in one change, at the end where they are fewer.", "50",
     put<&Envelope::max_new_hosts>},
    {"reviewers", list_of(scalar::free_text), not_required, "", "Who looks at changes inside it.",
     "[biomed-net]", put<&Envelope::reviewers>},
};

constexpr Key attestation_keys[] = {
    {"answer", one(scalar::answer), required, "", "The answer to the question.", "yes",
     put<&QuestionnaireAnswer::answer>},
    {"evidence", one(scalar::free_text), not_required, "", "The document that shows it.", "DOC-881",
     put<&QuestionnaireAnswer::evidence>},
    {"date", one(scalar::date), not_required, "", "The day of the answer.", "2026-10-02",
     put<&QuestionnaireAnswer::date>},
    {"reason", one(scalar::free_text), not_required, "", "Why, where the answer alone does not say it.",
     "the device has no local accounts", put<&QuestionnaireAnswer::reason>},
};

constexpr Key mds2_keys[] = {
    {"zones", list_of(scalar::reference), required, "", "The zones whose devices it describes.",
     "[alaris-pumps]", put<&Mds2Form::zones>},
    {"document", one(scalar::free_text), not_required, "", "Where the form is filed.", "MDS2-17",
     put<&Mds2Form::document>},
    {"date", one(scalar::date), not_required, "", "The day of the form.", "2026-03-20", put<&Mds2Form::date>},
    {"answers", dictionary_of(scalar::answer, scalar::mds2_question), required, "",
     "Answers by the form's own ids. Those that bear on the network are held against the policy.",
     "{RMOT-1: no, CONN-4: no}", put<&Mds2Form::answers>},
};

constexpr Key checks_keys[] = {
    {"profile", one(scalar::check_profile), not_required, "basic", "Which checks are made.", "hospital",
     put<&Checks::profile>},
    {"severities", dictionary_of(scalar::check_severity, scalar::finding_code), not_required, "",
     "Other severities than a check has by itself. What must not be waived cannot be turned down either.",
     "{flow-without-evidence: note}", put<&Checks::severities>},
    {"review-days", one(scalar::days), not_required, "365", "How many days a review of a conduit holds.",
     "180", put<&Checks::review_days>},
    {"waiver-days", one(scalar::days), not_required, "180", "How many days a waiver may live.", "90",
     put<&Checks::waiver_days>},
    {"warning-days", one(scalar::days), not_required, "30",
     "How many days before its end a flow or a waiver is told.", "14", put<&Checks::warning_days>},
    {"filters-to-devices", one(scalar::filter_count), not_required, "2",
     "How many independent filters have to stand between outside and medical devices.", "2",
     put<&Checks::filters_to_devices>},
};

}  // namespace

constinit const Record record::assertion = {
    .id = "assertion",
    .title = "an assertion",
    .doc = "A statement that holds for the intent, whatever flows are added later.",
    .keys = assertion_keys,
    .choices = one_assertion};
constinit const Record record::policy_test = {
    .id = "test",
    .title = "a test",
    .doc = "One question to the policy and the answer it has to give.",
    .keys = test_keys,
    .choices = one_expectation};
constinit const Record record::waiver = {.id = "waiver",
                                         .title = "a waiver",
                                         .doc = "A finding that somebody accepts for some time.",
                                         .keys = waiver_keys};
constinit const Record record::envelope = {.id = "envelope",
                                           .title = "an envelope",
                                           .doc =
                                               "What changes may open without further review; `cordon diff "
                                               "--envelope` asks it, of the policy before "
                                               "the change.",
                                           .keys = envelope_keys};
constinit const Record record::attestation = {
    .id = "attestation",
    .title = "an attestation",
    .doc = "The answer to a question of the risk questionnaire, with its evidence.",
    .keys = attestation_keys};

constinit const Record record::mds2_form = {
    .id = "mds2",
    .title = "a disclosure statement",
    .doc = "A manufacturer's disclosure statement for medical device security (MDS2, ANSI/NEMA HN 1).",
    .keys = mds2_keys};
constinit const Record record::checks = {.id = "checks",
                                         .title = "the choice of checks",
                                         .doc = "Which checks are made of the project, and how strict.",
                                         .keys = checks_keys};

}  // namespace cordon::syntax
