#!/usr/bin/env bash
# Builds the commit that is checked out twice, in folders of different names, and compares the jars byte for byte.
# Usage: reproduce.sh [maven options, such as -o]
set -euo pipefail
root=$(git -C "$(dirname "${BASH_SOURCE[0]}")" rev-parse --show-toplevel)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

jars() { # relative names and hashes of what a build makes itself
  (cd "$1" && find . -path '*/target/cantora-*.jar' -not -path '*/lib/*' | sort | xargs sha256sum)
}

for copy in first second/one-further-down; do
  mkdir -p "$work/$copy"
  git -C "$root" archive HEAD | tar -x -C "$work/$copy"
  (cd "$work/$copy" && mvn -B -ntp -q -DskipTests "$@" package)
  jars "$work/$copy" > "$work/$(basename "$copy").sums"
done
diff "$work/first.sums" "$work/one-further-down.sums" || { echo "NOT the same bytes"; exit 1; }
cat "$work/first.sums"
echo "the same bytes"
