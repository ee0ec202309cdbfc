// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What the last column of the language table may say: where the value of a key goes.
#ifndef COMPILER_SYNTAX_STORE_H
#define COMPILER_SYNTAX_STORE_H

#include "compiler/syntax/reader.h"

namespace cordon::syntax {

template <class Member>
struct ClassOfMember;
template <class Class, class Value>
struct ClassOfMember<Value Class::*> {
  using Type = Class;
};

// Into a member of the mapping's own struct; how, its type says.
template <auto member>
void put(Reader& reader, const yaml::Entry& entry, const Key& key, void* object) {
  using Class = typename ClassOfMember<decltype(member)>::Type;
  reader.read(entry, key, static_cast<Class*>(object)->*member);
}

// Those that need more than a member.
void put_hosts(Reader& reader, const yaml::Entry& entry, const Key& key, void* file);
void put_columns(Reader& reader, const yaml::Entry& entry, const Key& key, void* csv_hosts);
void put_column(Reader& reader, const yaml::Entry& entry, const Key& key, void* csv_hosts);
void put_separator(Reader& reader, const yaml::Entry& entry, const Key& key, void* csv_hosts);
void put_ports(Reader& reader, const yaml::Entry& entry, const Key& key, void* device);
void put_redundancy(Reader& reader, const yaml::Entry& entry, const Key& key, void* interface);
void put_default(Reader& reader, const yaml::Entry& entry, const Key& key, void* parameter);
void put_assertion(Reader& reader, const yaml::Entry& entry, const Key& key, void* assertion);
void put_expectation(Reader& reader, const yaml::Entry& entry, const Key& key, void* test);

}  // namespace cordon::syntax

#endif  // COMPILER_SYNTAX_STORE_H
