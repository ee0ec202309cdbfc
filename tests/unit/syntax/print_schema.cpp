// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <iostream>

#include "compiler/syntax/schema.h"

int main() { std::cout << cordon::syntax::json_schema(); }
