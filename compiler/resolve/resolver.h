// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The state that the steps of `resolve` share. Each step is a file: names.cpp, networks.cpp, …
#ifndef COMPILER_RESOLVE_RESOLVER_H
#define COMPILER_RESOLVE_RESOLVER_H

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/diagnostics/kinds/resolve.h"
#include "compiler/ir/policy.h"
#include "compiler/resolve/csv.h"
#include "compiler/resolve/meaning.h"
#include "compiler/resolve/project.h"
#include "compiler/resolve/resolve.h"
#include "compiler/resolve/scope.h"

namespace cordon::resolve {

using diagnostics::Diagnostics;
using packet::Address;
using packet::AddressSet;
using packet::Family;
using packet::Prefix;
using source::Range;
namespace kind = diagnostics::kind;

// An item of a file with the scope it was declared in.
template <class T>
struct Declared {
  const T* item = nullptr;
  ScopeId scope;
};

// A prefix of a network, for finding the network of an address.
struct Segment {
  packet::Bits first = 0, last = 0;
  ir::NetworkId network;
  Range range;
  Prefix prefix;
};

// What a list of references stands for.
struct Members {
  std::vector<ir::Piece> pieces;      // ascending by network, one for each network
  std::vector<ir::DeviceId> devices;  // ascending
  bool broken = false;                // something was reported; say no more about it
};

class Resolver {
 public:
  Resolver(const Project& project, Diagnostics& diagnostics) : project_(project), diagnostics_(diagnostics) {}

  std::optional<ir::Policy> run();

 private:
  // modules.cpp
  void open_scopes();
  void use_modules(ScopeId scope, std::size_t depth);
  void use_module(ScopeId parent, const syntax::Use& use, std::size_t depth);
  void bind_parameters(Scope& scope, ScopeId parent, const syntax::Use& use, const syntax::File& module);
  void check_parameters();
  void check_parameter(const Scope& scope, const Binding& binding);
  void check_flag(const Scope& scope, const Binding& binding, const syntax::Text& given);
  [[nodiscard]] std::vector<Reference> bound(syntax::Text text, ScopeId scope) const;

  // names.cpp
  void declare_names();
  void gather(ScopeId scope, const syntax::File& file);
  void declare_places();
  void declare_others();
  PlaceName& declare_place(ScopeId scope, const syntax::Text& name, bool is_zone);
  [[nodiscard]] const PlaceName* find_place(const Reference& reference, std::string_view name) const;
  void unknown_place(const Reference& reference, std::string_view name);
  [[nodiscard]] static std::string_view describe(const PlaceName& place);
  [[nodiscard]] ir::NetworkId network_reference(const syntax::Text& text, ScopeId scope);
  [[nodiscard]] ir::ZoneId zone_reference(const syntax::Text& text, ScopeId scope);
  [[nodiscard]] ir::DeviceId device_reference(const syntax::Text& text, std::string_view name, ScopeId scope);

  // networks.cpp
  void build_networks();
  void build_network(ir::NetworkId id, const syntax::Network& network);
  void read_prefixes(ir::NetworkId id, const syntax::Texts& texts, Family family);
  void check_overlaps();
  void find_any_networks();
  void build_zones();
  void check_shared_names();
  [[nodiscard]] std::optional<ir::NetworkId> network_of(Address address) const;
  [[nodiscard]] ir::NetworkId any_network(Family family) const {
    return family == Family::ipv4 ? any_ipv4_ : any_ipv6_;
  }
  void finish_networks();

  // hosts.cpp
  void build_hosts();
  void build_host(ir::HostId id, const syntax::Host& host, ScopeId scope);
  [[nodiscard]] std::optional<Address> interface_address(const syntax::Text& text, Family family,
                                                         ir::NetworkId network,
                                                         std::optional<std::uint8_t>& length);
  [[nodiscard]] std::optional<Address> address_in(const syntax::Text& text, Family family,
                                                  ir::NetworkId network_id);
  void note_address(Address address, Range range) { taken_.emplace_back(address, range); }
  void check_duplicate_addresses();

  // csv.cpp
  void read_inventory(ScopeId scope, const syntax::CsvHosts& csv, const syntax::File& file);
  bool add_inventory_row(ScopeId scope, const syntax::CsvHosts& csv, const std::vector<CsvField>& record,
                         std::size_t width, std::size_t name_column,
                         const std::array<std::size_t, 3>& columns);

  // groups.cpp, endpoints.cpp
  void build_groups();
  const Members& group_members(ir::GroupId id);
  [[nodiscard]] Members members_of(std::span<const Reference> references);
  void add_reference(Members& members, const Reference& reference);
  void add_place(Members& members, const PlaceName& place);
  void add_literal(Members& members, const Reference& reference, const Prefix& prefix);
  void report_literal(const Reference& reference, const std::vector<const Segment*>& inside,
                      ir::NetworkId any);
  [[nodiscard]] ir::Piece whole(ir::NetworkId network) const;
  ir::EndpointId intern_endpoint(std::string label, Members members);
  ir::EndpointId device_endpoint(ir::DeviceId device);

  // services.cpp
  void build_services();
  const std::optional<packet::ServiceSet>& service_terms(ir::ServiceId id);
  bool add_service(packet::ServiceSet& terms, const Reference& reference);
  [[nodiscard]] ir::ServiceListId service_list(const syntax::Texts& texts, ScopeId scope);

  // devices.cpp, layer2.cpp
  void build_devices();
  void build_device(ir::DeviceId id, const syntax::Device& device, ScopeId scope);
  void build_interface(ir::Device& device, const syntax::Interface& interface, ScopeId scope);
  void build_redundancy(ir::Interface& interface, const syntax::Redundancy& redundancy);
  void build_ports(ir::Device& device, const syntax::Device& item, ScopeId scope);
  [[nodiscard]] std::optional<ir::Port> build_port(const syntax::Port& port, std::size_t count,
                                                   ScopeId scope);
  void build_routes(ir::Device& device, const syntax::Device& item);
  void check_redundancy();
  void note_virtual(const ir::Redundancy& group);
  void compare_members(const ir::Redundancy& first, const ir::Redundancy& other);
  void check_links();
  void check_vlans();

  // conduits.cpp
  void build_conduits();
  [[nodiscard]] bool flag_value(const syntax::Flag& flag, ScopeId scope);
  void build_conduit(ir::ConduitId id, const syntax::Conduit& conduit, ScopeId scope);
  void build_flow(ir::Conduit& conduit, ir::ConduitId id, const syntax::Flow& flow, ScopeId scope,
                  std::uint32_t number);
  struct End;
  [[nodiscard]] std::string_view module_source(ScopeId scope) const;
  [[nodiscard]] End end_of(const syntax::Texts& texts, ScopeId scope);
  bool apply_except(End& from, End& to, const syntax::Texts& except, ScopeId scope, const syntax::Flow& flow,
                    std::vector<ir::Excepted>& excepted);
  bool crosses(const ir::Conduit& conduit, const End& from, const End& to, const syntax::Flow& flow);
  bool shares_family(const Members& from, const Members& to, ir::ServiceListId services,
                     const syntax::Flow& flow);
  [[nodiscard]] ir::ZoneId conduit_zone(const syntax::Text& text, ScopeId scope);
  void report_unused();

  // expressions.cpp
  class ScopedNames;
  [[nodiscard]] std::optional<std::vector<ir::EndpointId>> endpoints_of(const SetSyntax& set,
                                                                        const Placed& placed, ScopeId scope);
  [[nodiscard]] ir::EndpointId expression_endpoint(std::string label, const ir::Addresses& addresses);
  [[nodiscard]] std::optional<ir::Traffic> flow_text(const syntax::Text& text, ScopeId scope);
  [[nodiscard]] std::optional<std::vector<ir::EndpointId>> set_text(const syntax::Text& text, ScopeId scope);

  // evidence.cpp
  void build_evidence();
  [[nodiscard]] std::optional<std::vector<ir::EndpointId>> endpoints_of(const syntax::Texts& texts,
                                                                        ScopeId scope);
  [[nodiscard]] std::optional<ir::Traffic> traffic_of(const syntax::Texts& from, const syntax::Texts& to,
                                                      const syntax::Texts& services, ScopeId scope);
  void build_assertion(const syntax::Assertion& assertion, ScopeId scope);
  void build_test(const syntax::PolicyTest& test, ScopeId scope);
  void build_waiver(const syntax::Waiver& waiver);
  void build_envelope(const syntax::Envelope& envelope);
  void check_code(const syntax::Text& code);
  void build_attestation(const syntax::QuestionnaireAnswer& answer);
  void build_mds2(const syntax::Mds2Form& form);
  [[nodiscard]] const syntax::Text* only_value(const syntax::Argument& argument);
  void build_check_settings();

  const Project& project_;
  Diagnostics& diagnostics_;
  ir::Policy policy_;

  IdVector<ScopeId, Scope> scopes_;
  NameTable<PlaceName> places_;
  NameTable<ir::ServiceId> service_names_;
  NameTable<ir::DeviceId> device_names_;
  NameTable<ir::ConduitId> conduit_names_;

  std::vector<Declared<syntax::Network>> networks_;
  std::vector<Declared<syntax::Zone>> zones_;
  std::vector<Declared<syntax::Host>> hosts_;
  std::vector<Declared<syntax::Group>> groups_;
  std::vector<Declared<syntax::Service>> services_;
  std::vector<Declared<syntax::Conduit>> conduits_;
  std::vector<Declared<syntax::Device>> devices_;
  std::vector<Declared<syntax::Assertion>> assertions_;
  std::vector<Declared<syntax::PolicyTest>> tests_;
  std::deque<syntax::Host> inventory_hosts_;  // rows of CSV files, as hosts
  std::deque<std::string> inventory_texts_;   // what their quoted fields read
  bool inventory_broken_ = false;

  std::vector<Segment> segments_[2];  // ascending, by family
  std::vector<bool> broken_networks_;
  ir::NetworkId any_ipv4_, any_ipv6_;
  std::vector<std::pair<Address, Range>> taken_;  // every address that something has
  std::vector<std::pair<Address, Range>> own_;    // of devices, virtual ones included

  std::vector<std::optional<Members>> group_members_;
  std::vector<bool> group_open_, group_used_;
  std::vector<std::optional<std::optional<packet::ServiceSet>>> service_terms_;
  std::vector<bool> service_open_, service_used_;
  std::map<std::vector<ir::Piece>, ir::EndpointId> endpoint_ids_;
  std::map<ir::DeviceId, ir::EndpointId> device_endpoints_;
  std::map<std::pair<ScopeId, std::vector<std::string_view>>, ir::ServiceListId> service_list_texts_;
  std::map<packet::ServiceSet, ir::ServiceListId> service_list_ids_;
};

}  // namespace cordon::resolve

#endif  // COMPILER_RESOLVE_RESOLVER_H
