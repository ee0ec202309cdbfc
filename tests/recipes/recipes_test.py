#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""The recipes of examples/ci/, run as far as one machine can: each in a clone with a branch and a change.

    recipes_test.py --cordon BINARY

What a host does with a recipe is done here by hand: the file is parsed, its commands are run by the shell that the host
would use, with the variables that it would set, once for a proposal and once for the branch itself. Then the reports that
the recipe publishes have to be there, and to speak of the change. GitHub's workflow is read by actionlint, GitLab's job
runs in gitlab-ci-local, the hooks run in pre-commit. Ends with 77 where something of that is missing.
"""
import argparse
import contextlib
import json
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

try:
    import yaml
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[2]
RECIPES = ROOT / "examples/ci"
HERE = pathlib.Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
NODE = shutil.which("node")
WIDER = ("services: [pump-gateway], log: true", "services: [pump-gateway, ssh], log: true")
TESTS = "\ntests:\n  - {name: guests stay out, deny: {from: guest, to: pumps, service: any}}\n"


class Site:
    """A repository with a policy, and a clone of it where a branch opens one service more."""

    def __init__(self, folder, cordon):
        self.folder, self.origin, self.clone = folder, folder / "origin", folder / "clone"
        self.environment = {"PATH": f"{cordon.parent}:/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8",
                            "CORDON_LIBRARY": str(ROOT / "policies"), "GIT_CONFIG_NOSYSTEM": "1",
                            # the checkout that the tests run in may be somebody else's
                            "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
        self.origin.mkdir()
        policy = (ROOT / "policies/templates/starter/cordon.yaml").read_text(encoding="utf-8") + TESTS
        (self.origin / "cordon.yaml").write_text(policy, encoding="utf-8")
        self.git(self.origin, "init", "-q", "-b", "main")
        self.commit(self.origin, "a policy")
        self.git(folder, "clone", "-q", str(self.origin), str(self.clone))
        self.git(self.clone, "checkout", "-q", "-b", "wider")
        self.edit(*WIDER)
        self.commit(self.clone, "ssh to the pump server")

    def edit(self, old, new):
        policy = self.clone / "cordon.yaml"
        text = policy.read_text(encoding="utf-8")
        assert old in text, f"the starter no longer says `{old}`"
        policy.write_text(text.replace(old, new), encoding="utf-8")

    def git(self, folder, *arguments):
        done = subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.invalid", *arguments], cwd=folder,
                              env=self.environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def commit(self, folder, message):
        self.git(folder, "add", "-A")
        self.git(folder, "commit", "-q", "-m", message)

    def run(self, command, shell=("bash", "-e", "-c"), **variables):
        return subprocess.run([*shell, command], cwd=self.clone, env={**self.environment, **variables}, capture_output=True,
                              text=True, stdin=subprocess.DEVNULL, timeout=120, check=False)


def recipe(name):
    return yaml.safe_load((RECIPES / name).read_text(encoding="utf-8"))


def passed(done, what):
    if done.returncode:
        yield f"{what}: exit {done.returncode}: {(done.stdout + done.stderr)[-800:]}"


def tells_the_change(path, what):
    if "more permissive" not in path.read_text(encoding="utf-8"):
        yield f"{what}: {path.name} does not tell the change"


def github(site):
    steps = recipe("github.yml")["jobs"]["policy"]["steps"]
    command = next(step["run"] for step in steps if step.get("name") == "cordon ci")
    checkout = next(step for step in steps if step.get("uses", "").startswith("actions/checkout@"))
    if checkout["with"]["fetch-depth"] != 0 or not re.search(r"@[0-9a-f]{40}$", checkout["uses"]):
        yield "github.yml: the checkout is shallow or not pinned"
    summary = site.folder / "summary.md"
    for base in ("main", ""):
        summary.write_text("", encoding="utf-8")
        done = site.run(command, ("bash", "-e", "-o", "pipefail", "-c"), GITHUB_BASE_REF=base, GITHUB_STEP_SUMMARY=str(summary))
        yield from passed(done, f"github.yml against `{base}`")
        if base:
            yield from tells_the_change(summary, "github.yml")
        sarif = json.loads((site.clone / steps[-1]["with"]["sarif_file"]).read_text(encoding="utf-8"))
        if sarif["version"] != "2.1.0":
            yield "github.yml: no SARIF"


def github_by_a_linter(site):
    text = (RECIPES / "github.yml").read_text(encoding="utf-8")
    for changed, faulty in ((text, False), (text.replace("runs-on", "runs-at"), True)):
        path = site.folder / "workflow.yml"
        path.write_text(changed, encoding="utf-8")
        told = subprocess.run([NODE, HERE / "lint_workflow.js", path], capture_output=True, text=True, check=True).stdout
        if bool(told) != faulty:
            yield f"github.yml: the linter says `{told}`"


def gitlab_by_a_runner(site):
    shutil.copyfile(RECIPES / "gitlab.yml", site.clone / ".gitlab-ci.yml")
    site.commit(site.clone, "a pipeline")
    variables = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": site.git(site.clone, "merge-base", "HEAD", "origin/main"),
                 "CI_PIPELINE_SOURCE": "merge_request_event"}
    site.git(site.clone, "remote", "set-url", "origin", "git@gitlab.example:site/policy.git")  # it wants a host's name
    words = [NODE, str(MODULES / "gitlab-ci-local/dist/index.js"), "--ignore-predefined-vars", ",".join(variables)]
    for name, value in variables.items():
        words += ["--variable", f"{name}={value}"]
    yield from passed(site.run(shlex.join([*words, "cordon"])), "gitlab.yml in a runner")
    kept = site.clone / ".gitlab-ci-local/artifacts/cordon"
    yield from tells_the_change(kept / "cordon.md", "gitlab.yml in a runner")


def gitlab(site):
    job = recipe("gitlab.yml")["cordon"]
    command = "\n".join(job["script"])
    base = site.git(site.clone, "merge-base", "HEAD", "origin/main")
    for sha in (base, ""):
        yield from passed(site.run(command, CI_MERGE_REQUEST_DIFF_BASE_SHA=sha), f"gitlab.yml against `{sha}`")
        if sha:
            yield from tells_the_change(site.clone / job["artifacts"]["paths"][0], "gitlab.yml")
        reports = job["artifacts"]["reports"]
        if not isinstance(json.loads((site.clone / reports["codequality"]).read_text(encoding="utf-8")), list):
            yield "gitlab.yml: no list of code quality"
        ElementTree.parse(site.clone / reports["junit"])
    if job["variables"]["GIT_DEPTH"] != 0:
        yield "gitlab.yml: the clone is shallow"


def azure(site):
    steps = recipe("azure-pipelines.yml")["steps"]
    command = next(step["bash"] for step in steps if step.get("displayName") == "cordon ci")
    results = next(step["inputs"]["testResultsFiles"] for step in steps if "task" in step)
    for branch in ("refs/heads/main", "main", ""):
        done = site.run(command, SYSTEM_PULLREQUEST_TARGETBRANCH=branch)
        yield from passed(done, f"azure-pipelines.yml against `{branch}`")
        if branch:
            yield from tells_the_change(site.clone / "cordon.md", "azure-pipelines.yml")
        names = [case.get("name") for case in ElementTree.parse(site.clone / results).getroot().iter("testcase")]
        if "guests stay out" not in names:
            yield "azure-pipelines.yml: the policy's test is not among the results"
    told = site.run(next(step["bash"] for step in steps if step.get("displayName") == "summary"))
    if not told.stdout.startswith("##vso[task.uploadsummary]/") or not told.stdout.strip().endswith("cordon.md"):
        yield f"azure-pipelines.yml: {told.stdout}"


def jenkins(site):
    text = (RECIPES / "Jenkinsfile").read_text(encoding="utf-8")
    command = re.search(r"sh '''\n(.*?)'''", text, re.DOTALL)[1]
    site.git(site.clone, "update-ref", "-d", "refs/remotes/origin/main")  # Jenkins fetches the proposal alone
    for target in ("main", ""):
        yield from passed(site.run(command, ("sh", "-xe", "-c"), CHANGE_TARGET=target), f"Jenkinsfile against `{target}`")
        if target:
            yield from tells_the_change(site.clone / "cordon.md", "Jenkinsfile")
    ElementTree.parse(site.clone / re.search(r"junit '(.*?)'", text)[1])


def a_shallow_clone_is_told(site):
    shallow = site.folder / "shallow"
    site.git(site.folder, "clone", "-q", "--depth", "1", "--branch", "wider", f"file://{site.clone}", str(shallow))
    done = subprocess.run(["cordon", "ci", "--against", "origin/main"], cwd=shallow, env=site.environment, capture_output=True,
                          text=True, check=False)
    if done.returncode != 3 or "fetch" not in done.stdout:
        yield f"a shallow clone: exit {done.returncode}: {done.stdout}"


def a_failing_run_still_writes_its_reports(site):
    site.edit("  - {name: guests stay out, deny: {from: guest, to: pumps, service: any}}",
              "  - {name: pumps stay in, deny: {from: pumps, to: servers, service: any}}")
    for name in ("cordon.xml", "cordon.md", "gl-code-quality.json"):
        (site.clone / name).unlink(missing_ok=True)
    command = "\n".join(recipe("gitlab.yml")["cordon"]["script"])
    done = site.run(command, CI_MERGE_REQUEST_DIFF_BASE_SHA="origin/main")
    if done.returncode != 1 or "CD1942" not in done.stdout:
        yield f"a failing test: exit {done.returncode}: {done.stdout[-500:]}"
    yield from tells_the_change(site.clone / "cordon.md", "a failing test")
    if "pumps stay in" not in (site.clone / "cordon.xml").read_text(encoding="utf-8"):
        yield "a failing test is not in the results"


def hooks(site):
    published = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    local = recipe("pre-commit-config.yaml")["repos"][0]["hooks"]
    for hook in published:
        hook.pop("description")
    if published != local:
        yield "the hooks of the recipe are not those that are published"
    tried = site.run(shlex.join(["pre-commit", "try-repo", str(ROOT), "cordon-check", "--all-files"]))
    yield from passed(tried, "a hook as it is published")
    shutil.copyfile(RECIPES / "pre-commit-config.yaml", site.clone / ".pre-commit-config.yaml")
    site.commit(site.clone, "hooks")
    yield from passed(site.run("pre-commit install"), "pre-commit")
    site.edit("  pump-gateway: [tcp/8443] ", "  pump-gateway:   [ tcp/8443 ] ")
    site.git(site.clone, "add", "-A")
    if site.run("git -c user.name=a -c user.email=a@example.invalid commit -q -m unformatted").returncode == 0:
        yield "a file that was formatted on the way is committed as it was"
    site.git(site.clone, "add", "-A")
    again = site.run("git -c user.name=a -c user.email=a@example.invalid commit -q --allow-empty -m formatted")
    yield from passed(again, "a formatted policy")
    site.edit("between: [guest, internet]", "between: [guest, nowhere]")
    site.git(site.clone, "add", "-A")
    if site.run("git -c user.name=a -c user.email=a@example.invalid commit -q -m unsound").returncode == 0:
        yield "a policy that is not sound is committed"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cordon", type=pathlib.Path, required=True)
    cordon = parser.parse_args().cordon.resolve()
    for program in (NODE, "git", "pre-commit", "rsync"):
        if program is None or shutil.which(program, path="/usr/bin:/bin") is None:
            print(f"skipped: {program or 'node'} is not installed")
            return 77
    if not MODULES.is_dir():
        print("skipped: `npm ci` did not fetch what tests/recipes/package-lock.json names")
        return 77
    tests = [github, github_by_a_linter, gitlab, gitlab_by_a_runner, azure, jenkins, a_shallow_clone_is_told, a_failing_run_still_writes_its_reports, hooks]
    failed = 0
    for test in tests:
        with tempfile.TemporaryDirectory() as scratch, contextlib.chdir(scratch):
            faults = list(test(Site(pathlib.Path(scratch), cordon)))
        failed += bool(faults)
        print(*(f"{test.__name__}: {fault}" for fault in faults), sep="\n", end="\n" if faults else "")
    print(f"{len(tests) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
