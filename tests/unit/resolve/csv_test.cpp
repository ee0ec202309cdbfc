// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/resolve/csv.h"

#include <doctest/doctest.h>

#include "resolved.h"

namespace cordon::resolve::testing {
namespace {

// Fields with `|` between them, records with `/`; a fault as `fault at N`.
std::string read(std::string_view text, char separator = ',') {
  std::deque<std::string> storage;
  CsvReader reader(text, source::FileId{0}, separator, storage);
  std::vector<CsvField> record;
  std::string out;
  while (reader.next(record)) {
    if (!out.empty()) out += " / ";
    for (std::size_t i = 0; i < record.size(); ++i) out += (i > 0 ? "|" : "") + std::string(record[i].text);
  }
  if (reader.failed()) out += " fault at " + std::to_string(reader.failure().begin);
  return out;
}

TEST_CASE("records and fields") {
  CHECK(read("a,b\nc,d\n") == "a|b / c|d");
  CHECK(read("a,b") == "a|b");
  CHECK(read("a,,\r\n\r\nb,c,d\r\n") == "a|| / b|c|d");
  CHECK(read("a;b,c", ';') == "a|b,c");
  CHECK(read("a\tb", '\t') == "a|b");
  CHECK(read("").empty());
}

TEST_CASE("quotes hold separators, line breaks and quotes") {
  CHECK(read("\"a,b\",c\n") == "a,b|c");
  CHECK(read("\"a\nb\",c\n") == "a\nb|c");
  CHECK(read("\"say \"\"now\"\"\"\n") == "say \"now\"");
  CHECK(read("\"\",x") == "|x");
}

TEST_CASE("a quote that does not fit is a fault with its place") {
  CHECK(read("a,\"b\nc") == " fault at 2");
  CHECK(read("\"a\"b,c") == " fault at 3");
}

TEST_CASE("an inventory gives hosts, whatever the order of its columns") {
  const std::string text = site("      - {from: pumps, to: east, services: [tcp/1]}");
  const std::size_t hosts = text.find("hosts:\n");
  const std::string table =
      text.substr(0, hosts) +
      "hosts: !csv {file: hosts.csv, columns: {name: Name, network: Segment, ipv4: IP}}\n" +
      text.substr(text.find("conduits:"));
  const Resolved found = resolved(
      {{"cordon.yaml", table}, {"hosts.csv", "IP,Owner,Name,Segment\n10.30.0.77,\"x, y\",east,servers\n"}});
  CHECK(found.flow("telemetry", 1) == "10.20.0.0/24 -> 10.30.0.77 : tcp/1");
}

}  // namespace
}  // namespace cordon::resolve::testing
