#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Runs the fuzz targets for a while, one a core, from the golden cases and configurations of the tests as seeds.

    run.py --build build/asan [--seconds 20] [--target NAME ...] [--corpus FOLDER]

The seed of the random numbers is fixed, so that two runs of the same binary try the same inputs in the same
order. A crash leaves its input in BUILD/crashes: make it a golden case first, then mend.
"""
import argparse
import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
POLICIES = ["tests/golden/diagnostics/*.yaml", "policies/**/*.yaml", "examples/*/cordon.yaml", "backends/*/golden/*/policy.yaml"]
READERS = ("cisco_asa", "cisco_ios", "nftables")
# A reader begins with configurations that its own tests hold, and with those that we write.
SEEDS = {f"read_{name}": [f"tests/unit/backends_{name}/readings/*", f"backends/{name}/golden/*/*.[cn]f[gt]"] for name in READERS}
# One expression a file; the seeds are what a test of the grammar reads.
SEEDS["specifier"] = ["tests/unit/resolve/specifier_test.cpp", "tests/golden/cli/resolve.txt"]
# The YAML library is Debian's and not instrumented, so what it does to containers cannot be followed.
OPTIONS = {"ASAN_OPTIONS": "detect_container_overflow=0:abort_on_error=0", "UBSAN_OPTIONS": "print_stacktrace=1"}
LONGEST = 64 << 10


def gather(target, folder):
    """The seeds, at most as long as the fuzzer makes them; a deep or large one belongs to a test of limits."""
    paths = sorted({path for pattern in SEEDS.get(target, POLICIES) for path in ROOT.glob(pattern)
                    if path.is_file() and path.stat().st_size <= LONGEST})
    for index, path in enumerate(paths):
        shutil.copyfile(path, folder / f"{index:04}-{path.name}")
    return len(paths)


def fuzz(program, corpus, seconds, crashes):
    done = subprocess.run(
        [program, corpus, f"-max_total_time={seconds}", "-seed=1", f"-max_len={LONGEST}", "-timeout=10", "-rss_limit_mb=4096",
         "-print_final_stats=1", "-verbosity=0", f"-artifact_prefix={crashes}/"],
        env={**os.environ, **OPTIONS}, capture_output=True, text=True, errors="replace", check=False)
    runs = [line.split()[-1] for line in done.stderr.splitlines() if line.startswith("stat::number_of_executed_units")]
    return done.returncode, runs[0] if runs else "0", done.stderr


def fuzz_seeds(program, arguments, crashes):
    with tempfile.TemporaryDirectory() as scratch:
        corpus = arguments.corpus / program.name if arguments.corpus else pathlib.Path(scratch)
        corpus.mkdir(parents=True, exist_ok=True)
        seeds = gather(program.name[len("fuzz_"):], corpus)
        return (seeds, *fuzz(program, corpus, arguments.seconds, crashes))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/asan")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--target", action="append")
    parser.add_argument("--corpus", type=pathlib.Path, help="kept between runs; by default thrown away")
    arguments = parser.parse_args()
    crashes = arguments.build.resolve() / "crashes"
    crashes.mkdir(parents=True, exist_ok=True)
    programs = sorted(arguments.build.resolve().glob("fuzz_*"))
    programs = [program for program in programs if not arguments.target or program.name[len("fuzz_"):] in arguments.target]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for program, (seeds, code, runs, log) in zip(programs, pool.map(lambda program: fuzz_seeds(program, arguments, crashes), programs)):
            print(f"{program.name}: {runs} inputs from {seeds} seeds{'' if code == 0 else ', FAILED'}", flush=True)
            if code:
                failed += 1
                print(log[-6000:])
    print(f"{len(programs) - failed} clean, {failed} failed")
    return 1 if failed or not programs else 0


if __name__ == "__main__":
    sys.exit(main())
