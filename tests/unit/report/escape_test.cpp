// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/escape.h"

#include <doctest/doctest.h>

using namespace cordon::report;

TEST_CASE("XML: markup, quotes, and what is no character of XML") {
  CHECK(xml_text("a < b & \"c\" > 'd'") == "a &lt; b &amp; &quot;c&quot; &gt; &apos;d&apos;");
  CHECK(xml_text("]]>") == "]]&gt;");
  CHECK(xml_text("\x01\n") == "\\u{1}\\u{a}");
  CHECK(xml_text("\xEF\xBF\xBE and \xEF\xBF\xBF").find("\xEF\xBF") == std::string::npos);
}

TEST_CASE("workflow commands: percent signs everywhere, colons and commas in properties") {
  CHECK(command_text("100%0A, a: b") == "100%250A, a: b");
  CHECK(command_property("100%0A, a: b") == "100%250A%2C a%3A b");
  CHECK(command_text("a\r\n::error::b").find('\n') == std::string::npos);
}

TEST_CASE("Markdown: backticks are code, everything else is text") {
  CHECK(markdown_text("zone `pumps` is") == "zone <code>pumps</code> is");
  CHECK(markdown_text("`a") == "<code>a</code>");
  CHECK(markdown_text("<b>*x*") == "&#60;b&#62;&#42;x&#42;");
  CHECK(markdown_text("[a](b)|") == "&#91;a&#93;(b)&#124;");
  CHECK(markdown_text("east/a.yaml:1:2: 10.0.0.1 (x)") == "east/a.yaml:1:2: 10.0.0.1 (x)");
  CHECK(markdown_text("http://a www.b a@b.c") == "http&#58;//a www&#46;b a&#64;b.c");
  CHECK(markdown_text("1. x") == "1&#46; x");
  CHECK(markdown_text("- x") == "&#45; x");
}

TEST_CASE("SARIF: brackets are no links") { CHECK(sarif_text("[a](1) \\") == "\\[a\\](1) \\\\"); }

TEST_CASE("paths as references") {
  CHECK(uri_path("zones/a b.yaml") == "zones/a%20b.yaml");
  CHECK(uri_path("library:services/\xC3\xA4.yaml") == "library%3Aservices/%C3%A4.yaml");
}

TEST_CASE("texts are cut between characters") {
  CHECK(shortened("abc", 3) == "abc");
  CHECK(shortened("abcdef", 5) == "ab…");
  CHECK(shortened("\xC3\xA4\xC3\xA4\xC3\xA4", 5) == "\xC3\xA4…");
  CHECK(shortened("\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4", 6) == "\xC3\xA4…");
}
