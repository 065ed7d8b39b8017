#!/usr/bin/env bash
# From any folder, with an empty home: the installed command extracts, indexes and finds.
set -euo pipefail
onrecord=$(cd "$(dirname "$0")/.." && pwd)/.venv/bin/onrecord
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
cd "$home"
export HOME=$home XDG_DATA_HOME=$home/data
corpus=$("$(dirname "$onrecord")/python" -I -c 'import importlib.resources as r; print(r.files("corpus"))')
case $corpus in *site-packages*) ;; *) echo "the corpus is not part of the wheel: $corpus"; exit 1 ;; esac
"$onrecord" reindex "$corpus" --index "$home/index"
"$onrecord" check --index "$home/index"
"$onrecord" search '"working life jackets"' --index "$home/index" --format jsonl | grep -q '"Tom Hale"'
echo "installed copy: indexed, checked, found"
