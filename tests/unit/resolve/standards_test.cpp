// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/resolve/standards.h"

#include <map>
#include <string>
#include <utility>

#include <doctest/doctest.h>

using namespace cordon;

namespace {

struct Loaded {
  source::Sources sources;
  diagnostics::Diagnostics diagnostics;
  std::optional<ir::Standards> standards;

  // Messages, one a line, with the text they point at.
  [[nodiscard]] std::string messages() const {
    std::string text;
    for (const diagnostics::Diagnostic& each : diagnostics.all()) {
      text += each.message;
      if (each.labels.front().range.valid()) {
        text += " [" + std::string(sources.text(each.labels.front().range)) + "]";
      }
      text += "\n";
    }
    return text;
  }
};

const std::map<std::string, std::string> sound = {
    {"standards/csf-2.0.yaml",
     "title: Framework 2.0\n"
     "short: CSF 2.0\n"
     "source: CSWP 29\n"
     "rows-from: the core\n"
     "in-messages: true\n"
     "controls:\n"
     "  PR.IR-01: networks are protected\n"
     "  DE.CM-01: {title: networks are watched, source: CSWP 29, unverified: true}\n"},
    {"standards/hipaa.yaml",
     "title: Security Rule\n"
     "short: HIPAA\n"
     "source: 45 CFR 164\n"
     "rows-from: Appendix A\n"
     "controls:\n"
     "  164.312(a)(1): access is controlled\n"},
    {"standards/map.yaml",
     "outcomes:\n"
     "  segregation:\n"
     "    title: networks are apart\n"
     "    controls: {hipaa: [164.312(a)(1)], csf-2.0: [PR.IR-01]}\n"
     "    source: SP 800-66r2\n"
     "checks:\n"
     "  outside-opens: {outcomes: [segregation], controls: {csf-2.0: [DE.CM-01, PR.IR-01]}, source: CPG "
     "2.0}\n"
     "  dead-flow: {none: keeps the rules short, source: ours}\n"
     "assertions:\n"
     "  never: {outcomes: [segregation], source: CSWP 29}\n"},
    {"questionnaires/device.yaml",
     "questions:\n"
     "  passcodes-changed:\n"
     "    ask: Were they changed?\n"
     "    wanted: yes\n"
     "    severity: high\n"
     "    outcomes: [segregation]\n"
     "    source: an advisory\n"},
    {"questionnaires/mds2.yaml", "rows-from: HN 1-2019\nquestions:\n  RMOT-1: remote service\n"},
};

// The sound library with one file written anew.
Loaded loaded(const std::string& path = {}, const std::string& text = {}) {
  auto files = sound;
  if (!path.empty()) files[path] = text;
  Loaded result;
  const resolve::MemoryFileSystem library(std::move(files));
  result.standards = resolve::load_standards(library, result.sources, result.diagnostics);
  return result;
}

}  // namespace

TEST_CASE("a check has the controls of its outcomes and its own, once each, by catalogue") {
  const Loaded library = loaded();
  CHECK(library.messages().empty());
  REQUIRE(library.standards);
  const ir::Standards& standards = *library.standards;
  REQUIRE(standards.catalogues.size() == 2);
  CHECK(standards.catalogues[0].id == "csf-2.0");
  CHECK(standards.catalogues[0].in_messages);
  CHECK_FALSE(standards.catalogues[1].in_messages);
  CHECK(standards.catalogues[0].controls[0].source == "the core");
  CHECK(standards.catalogues[0].controls[1].source == "CSWP 29");
  CHECK(standards.catalogues[0].controls[1].unverified);
  std::string controls;
  for (const ir::ControlRef ref : standards.checks.at("outside-opens").controls)
    controls += standards.control(ref).id + " ";
  CHECK(controls == "PR.IR-01 DE.CM-01 164.312(a)(1) ");
  CHECK(standards.checks.at("dead-flow").none == "keeps the rules short");
  CHECK(standards.assertions.at("never").source == "CSWP 29");
}

TEST_CASE("questions carry the topic of their file and are found by name") {
  const Loaded library = loaded();
  REQUIRE(library.standards);
  const ir::Question* question = library.standards->find_question("passcodes-changed");
  REQUIRE((question != nullptr));
  CHECK(question->topic == "device");
  CHECK(question->wanted == ir::Answer::yes);
  CHECK(question->controls.size() == 2);
  CHECK((library.standards->find_question("passcodes") == nullptr));
  CHECK(library.standards->mds2.front().id == "RMOT-1");
  CHECK(library.standards->mds2.front().source == "HN 1-2019");
}

TEST_CASE("no file is no library, and nothing is said here") {
  source::Sources sources;
  diagnostics::Diagnostics diagnostics;
  const resolve::MemoryFileSystem empty({});
  CHECK_FALSE(resolve::load_standards(empty, sources, diagnostics).has_value());
  CHECK(diagnostics.all().empty());
}

TEST_CASE("a name that nothing has is reported where it stands") {
  const std::string head =
      "outcomes: {segregation: {title: t, controls: {csf-2.0: [PR.IR-01]}, source: s}}\nassertions: {}\n";
  const auto messages = [&](const std::string& row) {
    return loaded("standards/map.yaml", head + "checks: {c: {" + row + ", source: s}}\n").messages();
  };
  CHECK(messages("outcomes: [b]") == "nothing is called `b` [b]\n");
  CHECK(messages("controls: {csf-2.1: [PR.IR-01]}") == "nothing is called `csf-2.1` [csf-2.1]\n");
  CHECK(messages("controls: {csf-2.0: [PR.IR-99]}") == "nothing is called `PR.IR-99` [PR.IR-99]\n");
}

TEST_CASE("the files are read as strictly as a policy") {
  CHECK(loaded("standards/hipaa.yaml",
               "title: T\nshort: H\nsource: S\nrows-from: R\ncontrols: {A: {source: s}}\n")
            .messages() == "a control lacks its `title` [A]\n");
  CHECK(loaded("standards/hipaa.yaml", "title: T\nshort: H\nsource: S\nrows-from: R\ncontrols: {}\nyear: 3\n")
            .messages() == "`year` is not a key of a catalogue [year]\n");
  CHECK(loaded("questionnaires/mds2.yaml", "rows-from: R\nquestions: {rmot: asked}\n").messages() ==
        "`rmot` is not the id of a question [rmot]\n");
  CHECK(
      loaded("questionnaires/network.yaml",
             "questions: {q: {ask: a, wanted: maybe, severity: high, outcomes: [segregation], source: s}}\n")
          .messages() == "`maybe` is not an answer [maybe]\n");
}

TEST_CASE("a question has one name in all files") {
  const std::string text =
      "questions: {passcodes-changed: {ask: a, wanted: yes, severity: low, outcomes: [segregation], source: "
      "s}}\n";
  CHECK(loaded("questionnaires/server.yaml", text).messages() ==
        "`passcodes-changed` is declared twice [passcodes-changed]\n");
}
