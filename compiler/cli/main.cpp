// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/cli.h"

int main(int argc, char** argv) { return cordon::cli::run(argc, argv); }
