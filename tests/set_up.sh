# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Sourced by tests/run and examples/run: Debian packages, and how these scripts speak.

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
export PATH="$PATH:/usr/sbin:/sbin"
cores=$(nproc)

say() { printf '==> [%3ds] %s\n' "$SECONDS" "$*"; }
fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# Runs a command as root; a person without root is told the command.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "packages are missing and there is no sudo; as root run: $*"
  fi
}

missing_packages() {
  local kind package
  while read -r kind package; do
    case " $* " in *" $kind "*) ;; *) continue ;; esac
    dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || echo "$package"
  done < <(grep -v '^#' tests/packages.txt)
}

# install_packages KIND...: what tests/packages.txt lists under these kinds and this machine lacks.
install_packages() {
  command -v apt-get >/dev/null || fail "this needs Debian 12 or a system with its packages (tests/packages.txt)"
  local missing
  missing=$(missing_packages "$@")
  if [ -z "$missing" ]; then
    say "packages: all there"
    return
  fi
  say "packages: installing" $missing
  as_root apt-get update -qq
  # shellcheck disable=SC2086 # one word a package
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# install_node_modules: what the package-lock.json of tests names, exactly; no script of a package is run.
install_node_modules() {
  command -v npm >/dev/null || install_packages node
  local lock
  for lock in tests/*/package-lock.json; do
    say "npm: ${lock%/*}"
    npm ci --prefix "${lock%/*}" --ignore-scripts --no-audit --no-fund --silent || fail "npm cannot fetch what $lock names"
  done
}

# build PRESET [TARGET...]: configures and builds; quiet unless it fails.
build() {
  local preset=$1
  shift
  say "build: $preset"
  mkdir -p build
  local log="build/$preset.log"
  if ! { cmake --preset "$preset" && cmake --build --preset "$preset" -j "$cores" ${1:+--target "$@"}; } >"$log" 2>&1; then
    grep -nE -A12 'error|FAILED|CMake Error' "$log" | head -n 120 >&2
    fail "preset $preset does not build; everything it printed is in $log"
  fi
}
