#!/usr/bin/env bash
# End-to-end test: Emacs with the lines of docs/editors.md, against a built server, on two corpora that share a registry.
# Usage: emacs.sh SCHOLIAST [EMACS [CLIENT…]]    (CLIENT is eglot or lsp-mode, both if none is named)
# Emacs 28 wants Debian's elpa-eglot and elpa-lsp-mode; Emacs 29 and newer bring Eglot along. A client that is not there is
# said, and fails the test.
set -euo pipefail

project=$(cd "$(dirname "$0")/../.." && pwd -P)
scholiast=$(realpath "$1")
emacs=${2:-emacs}
work=$(realpath "$(mktemp -d)")
trap 'rm -rf "$work"' EXIT

command -v "$emacs" >/dev/null || { echo "Emacs is not installed: apt-get install emacs-nox elpa-eglot elpa-lsp-mode" >&2; exit 2; }

corpora() { # FOLDER
  mkdir -p "$1"/{a,b,shared} "$1/.git"
  printf '[corpus]\nregistry = ["../shared/people.toml"]\n' | tee "$1/a/scholiast.toml" >"$1/b/scholiast.toml"
  cat >"$1/shared/people.toml" <<'TOML'
version = 1

[[person]]
id = "tran-van-binh"
names.vi = ["Trần Văn Bình"]
names.th = ["เจิ่น วัน บิ่ญ"]
TOML
  printf '[entities]\nPerson\nPlace\n' | tee "$1/a/annotation.conf" >"$1/b/annotation.conf"
  printf 'On 31 April 2024 เจิ่น วัน บิ่ญ read Decree 9/2021/ND-CP.\n' >"$1/a/visit.txt"
  printf 'Trần Văn Bình came back.\n' >"$1/b/letter.txt"
  # The words are not those of the text.
  printf 'T1\tPerson 0 13\tTrần Văn Bính\n' >"$1/b/letter.ann"
}

# The first block of Lisp below a heading of the page.
snippet() { # HEADING
  awk -v heading="## $1" '$0 == heading { inside = 1; next } /^## / { inside = 0 }
    inside && /^```elisp$/ { block = 1; next } /^```$/ { if (block) exit } block' "$project/docs/editors.md"
}

mkdir "$work/bin"
ln -s "$scholiast" "$work/bin/scholiast"
status=0
clients=("${@:3}")
[ ${#clients[@]} -gt 0 ] || clients=(eglot lsp-mode)
for client in "${clients[@]}"; do
  case $client in eglot) heading="Emacs (Eglot)" ;; *) heading="Emacs (lsp-mode)" ;; esac
  echo "$("$emacs" --version | head -1), $client"
  corpora "$work/$client"
  snippet "$heading" >"$work/$client.el"
  [ -s "$work/$client.el" ] || { echo "docs/editors.md has no lines below $heading" >&2; exit 1; }
  HOME=$work PATH=$work/bin:$PATH SNIPPET=$work/$client.el CLIENT=$client CORPORA=$work/$client \
    timeout 600 "$emacs" --batch --load "$project/tests/editors/emacs.el" 2>"$work/$client.log" || {
    tail -20 "$work/$client.log" >&2
    status=1
  }
done
exit "$status"
