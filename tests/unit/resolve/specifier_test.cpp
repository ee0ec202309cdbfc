// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/resolve/specifier.h"

#include <string>

#include <doctest/doctest.h>

#include "compiler/resolve/meaning.h"
#include "resolved.h"

namespace cordon::resolve::testing {
namespace {

std::string shown(const SetSyntax& set) {
  std::string text;
  for (const Product& product : set.products) {
    text += text.empty() ? "" : " , ";
    std::string left;
    for (const Factor& factor : product) {
      const std::string term = factor.group.empty()
                                   ? (factor.term.kind.empty() ? "" : std::string(factor.term.kind) + "=") +
                                         std::string(factor.term.text) + (factor.term.pattern ? "~" : "")
                                   : shown(factor.group.front());
      if (left.empty()) {
        left = term;
      } else {
        left = "(" + left + (factor.operation == Factor::Operation::intersect ? " & " : " \\ ") + term + ")";
      }
    }
    text += left;
  }
  return text;
}

std::string set_form(std::string_view text) {
  const auto set = parse_set(text);
  return set ? shown(*set) : std::to_string(set.error().span.begin) + ": " + set.error().message;
}

std::string flow_form(std::string_view text) {
  const auto flow = parse_flow(text);
  if (!flow) return std::to_string(flow.error().span.begin) + ": " + flow.error().message;
  std::string services;
  for (const Term& each : flow->services) services += (services.empty() ? "" : ",") + std::string(each.text);
  return shown(flow->from) + " -> " + shown(flow->to) + " : " + services;
}

TEST_CASE("intersection and difference come before union, from left to right") {
  CHECK(set_form("a") == "a");
  CHECK(set_form(" a ,b, c ") == "a , b , c");
  CHECK(set_form("a, b \\ c") == "a , (b \\ c)");
  CHECK(set_form("a & b \\ c & d") == "(((a & b) \\ c) & d)");
  CHECK(set_form("(a, b) & c") == "(a , b & c)");
  CHECK(set_form("zone:a&host:b") == "(zone=a & host=b)");
  CHECK(set_form("type:medical-device \\ vlan:12") == "(type=medical-device \\ vlan=12)");
}

TEST_CASE("addresses keep their colons and slashes, patterns everything between slashes") {
  CHECK(set_form("fd00::/8,::1") == "fd00::/8 , ::1");
  CHECK(set_form("10.0.0.1-10.0.0.9 & 10.0.0.0/8") == "(10.0.0.1-10.0.0.9 & 10.0.0.0/8)");
  CHECK(set_form("/^a, (b|c) \\/ d$/") == "^a, (b|c) \\/ d$~");
  CHECK(set_form("host:/^p/ \\ /q/") == "(host=^p~ \\ q~)");
}

TEST_CASE("what is wrong is said with its place") {
  CHECK(set_form("") == "0: expected a name, a prefix, `any`, `/pattern/` or `(`, found the end");
  CHECK(set_form("a &") == "3: expected a name, a prefix, `any`, `/pattern/` or `(`, found the end");
  CHECK(set_form("a, & b") == "3: expected a name, a prefix, `any`, `/pattern/` or `(`, found `&`");
  CHECK(set_form("a b") == "2: expected `,`, `&`, `\\` or the end, found `b`");
  CHECK(set_form("(a, b") == "5: expected `,`, `&`, `\\` or `)`, found the end");
  CHECK(set_form("a)") == "1: expected `,`, `&`, `\\` or the end, found `)`");
  CHECK(set_form("a & /b") == "4: the pattern has no `/` at its end");
  CHECK(set_form("//") == "0: a pattern has 1 to 200 bytes");
  CHECK(set_form("a -> b") == "2: expected `,`, `&`, `\\` or the end, found `->`");
}

TEST_CASE("what is wrong lies inside the text, at its end too") {
  for (const std::string_view text : {"a -> b tcp/443,", "a -> b tcp/443, ", "a ->", "a &", "(a", "/a"}) {
    CAPTURE(text);
    const auto flow = parse_flow(text);
    REQUIRE_FALSE(flow);
    CHECK(flow.error().span.end <= text.size());
    CHECK(flow.error().span.begin <= flow.error().span.end);
  }
}

TEST_CASE("length and depth have limits") {
  CHECK(set_form(std::string(longest_expression, 'a')).size() == longest_expression);
  CHECK(set_form(std::string(longest_expression + 1, 'a')) == "0: it has more than 4096 bytes");
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '(') + "a" + std::string(depth, ')');
  };
  CHECK(set_form(nested(deepest_expression)) == "a");
  CHECK(set_form(nested(deepest_expression + 1)) == "32: it has more than 32 parentheses inside each other");
  std::string chain = "a";
  while (chain.size() < longest_expression - 2) chain += "&a";
  CHECK(parse_set(chain));
}

TEST_CASE("connections on one line") {
  CHECK(flow_form("pumps -> gateway tcp/23") == "pumps -> gateway : tcp/23");
  CHECK(flow_form("pumps->gateway") == "pumps -> gateway : ");
  CHECK(flow_form("a , b->c,d  tcp/1 , udp/2") == "a , b -> c , d : tcp/1,udp/2");
  CHECK(flow_form("10.0.0.0/24->b tcp/1024-65535->443") == "10.0.0.0/24 -> b : tcp/1024-65535->443");
  CHECK(flow_form("zone:a \\ b -> (c, d) & e any") == "(zone=a \\ b) -> (c , d & e) : any");
  CHECK(flow_form("a b") == "2: expected `->`, found `b`");
  CHECK(flow_form("-> b") == "0: expected a name, a prefix, `any`, `/pattern/` or `(`, found `->`");
  CHECK(flow_form("a -> ") == "5: expected a name, a prefix, `any`, `/pattern/` or `(`, found the end");
  CHECK(flow_form("a -> b tcp/1,") == "13: expected a service, found the end");
  CHECK(flow_form("a -> b tcp/1 tcp/2") == "13: expected `,` between services or the end, found `t`");
  CHECK(flow_form("a -> b -> c") == "7: expected a service or the end, found `->`");
  CHECK(flow_form("a -> b ,, tcp/1") == "8: expected a name, a prefix, `any`, `/pattern/` or `(`, found `,`");
}

// A set in words: `10.20.0.0/28`, IPv4 only; or the codes of what is wrong with it.
class Asked {
 public:
  Asked()
      : project_(
            resolved({{"cordon.yaml", site("      - {from: pumps, to: gateway, services: [tcp/1]}",
                                           "devices:\n  firewall:\n    interfaces:\n"
                                           "      pumps: {port: e1, network: pumps, ipv4: 10.20.0.1}\n")}})) {
  }

  std::string operator()(const std::string& text) {
    diagnostics::Diagnostics diagnostics;
    const source::FileId file = project_.project.sources.add("EXPR", text);
    PolicyNames names(*project_.policy, diagnostics);
    const auto set = Meaning(*project_.policy, names, project_.project.sources, diagnostics)
                         .set({text, {file, 0, static_cast<std::uint32_t>(text.size())}});
    std::string out;
    if (!set) {
      for (const auto& each : diagnostics.all())
        out +=
            std::string(info(each.kind).code) + "@" + std::to_string(each.labels.front().range.begin) + " ";
      return out;
    }
    for (const packet::Prefix& prefix : set->v4.prefixes()) out += to_string(prefix) + " ";
    return out;
  }
  [[nodiscard]] bool sound() const { return project_.policy.has_value(); }

 private:
  Resolved project_;
};

TEST_CASE("whom an expression means") {
  Asked asked;
  REQUIRE(asked.sound());
  CHECK(asked("host:gateway") == "10.30.0.10/32 ");
  CHECK(asked("pumps & 10.20.0.0/30") == "10.20.0.0/32 10.20.0.2/31 ");
  CHECK(asked("10.20.0.0/30") == "10.20.0.0/32 10.20.0.2/31 ");
  CHECK(asked("10.20.0.1") == "10.20.0.1/32 ");
  CHECK(asked("device:firewall") == "10.20.0.1/32 ");
  CHECK(asked("device:/^fire/ , 10.20.0.4-10.20.0.7") == "10.20.0.1/32 10.20.0.4/30 ");
  CHECK(asked("servers \\ 10.30.0.0/25 & 10.30.0.128/26") == "10.30.0.128/26 ");
  CHECK(asked("any & 10.0.0.0/8 \\ unassigned & 10.30.0.0/16") == "10.30.0.0/24 ");
  CHECK(asked("any \\ any") == "");
  CHECK(asked("/^gate/") == "10.30.0.10/32 ");
  CHECK(asked("/gate$/") == "CD2001@0 ");
  CHECK(asked("host:pumps") == "CD2002@0 ");
  CHECK(asked("servers, pumsp") == "CD2001@9 ");
  CHECK(asked("servers & (nobody, noone)") == "CD2001@11 CD2001@19 ");
  CHECK(asked("vlan:999, type:nothing, device:none") == "CD2001@0 CD2001@10 CD2001@24 ");
  CHECK(asked("/a(/") == "CD2013@0 ");
  CHECK(asked("10.0.0.9-10.0.0.1") == "CD2013@0 ");
  CHECK(asked("10.0.0.1/8") == "CD3002@0 ");
  CHECK(asked("internet") == "CD2001@0 ");
}

TEST_CASE("tests and waivers of a project take expressions") {
  const std::string flow = "      - {from: pumps, to: gateway, services: [tcp/1]}";
  const auto with = [&](const std::string& more) { return resolved({{"cordon.yaml", site(flow, more)}}); };
  const Resolved project = with(
      "tests:\n  - {deny: {from: 'any \\ pumps', to: 'pumps & 10.20.0.0/28', service: tcp/1}}\n"
      "waivers:\n  - {id: W-1, code: CD4601, accepts: 'pumps \\ 10.20.0.0/28 -> any tcp/1'}\n");
  REQUIRE(project.policy);
  const ir::Policy& policy = *project.policy;
  REQUIRE(policy.evidence.tests.size() == 1);
  const ir::Endpoint& from = policy.endpoints[policy.evidence.tests[0].traffic.from.at(0)];
  CHECK(!from.beyond.empty());
  CHECK(from.label == "any \\ pumps");
  REQUIRE(policy.evidence.waivers.size() == 1);
  CHECK(policy.evidence.waivers[0].accepts.size() == 1);
  CHECK(with("tests:\n  - {deny: {from: 'pumps &', to: pumps, service: tcp/1}}\n").codes() == "CD2013");
  CHECK(with("tests:\n  - {deny: {from: 'pumps & nobody', to: pumps, service: tcp/1}}\n").codes() ==
        "CD2001");
  CHECK(with("waivers:\n  - {id: W-1, code: CD4601, accepts: 'pumps ->'}\n").codes() == "CD2011");
}

}  // namespace
}  // namespace cordon::resolve::testing
