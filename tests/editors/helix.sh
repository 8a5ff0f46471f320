#!/usr/bin/env bash
# End-to-end test: Helix with the lines of docs/editors.md, against a built server, in a terminal that tmux keeps.
# Usage: helix.sh SCHOLIAST [HX]
# A program that is not there is said, and fails the test.
set -euo pipefail

project=$(cd "$(dirname "$0")/../.." && pwd -P)
scholiast=$(realpath "$1")
helix=${2:-hx}
work=$(realpath "$(mktemp -d)")
session=scholiast-$$
trap 'tmux -L "$session" kill-server 2>/dev/null || true; rm -rf "$work"' EXIT
failed=0

for program in tmux "${helix%% *}"; do
  command -v "$program" >/dev/null || { echo "$program is not installed" >&2; exit 2; }
done

screen() { tmux -L "$session" capture-pane -p -t main; }
keys() { tmux -L "$session" send-keys -t main "$@"; }

# Waits until the screen, or a file, has some words.
seen() { # WORDS [FILE]
  for _ in $(seq 120); do
    if { if [ $# -gt 1 ]; then cat "$2" 2>/dev/null; else screen; fi; } | grep -qF "$1"; then return; fi
    sleep 0.5
  done
  return 1
}

# Waits until the screen has not these words any more: a key before that would go to what has them.
gone() { # WORDS
  for _ in $(seq 60); do
    screen | grep -qF "$1" || return 0
    sleep 0.5
  done
  printf "FAILED: %s stays on the screen\n" "$1"
  failed=1
}

check() { # NAME WORDS [FILE]
  if seen "${@:2}"; then
    echo "  $1"
  else
    printf "FAILED %s: no %s\n" "$1" "$2"
    screen
    failed=1
  fi
}

mkdir -p "$work"/{bin,corpus,home/.config/helix}
ln -s "$scholiast" "$work/bin/scholiast"
awk '/^## Helix$/ { inside = 1 } inside && /^```toml$/ { block = 1; next } /^```$/ { if (block) exit } block' \
  "$project/docs/editors.md" >"$work/home/.config/helix/languages.toml"
printf '[entities]\nPerson\nPlace\n' >"$work/corpus/annotation.conf"
: >"$work/corpus/scholiast.toml"
cat >"$work/corpus/people.toml" <<'TOML'
version = 1

[[person]]
id = "tran-van-binh"
names.vi = ["Trần Văn Bình"]
names.th = ["เจิ่น วัน บิ่ญ"]
TOML
printf 'เจิ่น วัน บิ่ญ read Decree 9/2021/ND-CP on 31 April 2024.\n' >"$work/corpus/visit.txt"

cd "$work/corpus"
tmux -L "$session" -f /dev/null new-session -d -s main -x 160 -y 40 \
  "env HOME=$work/home PATH=$work/bin:$PATH LANG=C.UTF-8 $helix visit.txt"
check "the text is open" "NOR"
keys Space d
check "findings are listed" "31 April"
keys Escape
gone "severity"
keys g g
keys Space k
check "a name in another script has a hover" "Trần Văn Bình"
keys Escape
gone "tran-van-binh"
keys g d
check "its definition is in the registry" "[[person]]"
keys C-o
check "back in the text" "31 April"
keys Space a
check "a name may be annotated" "Person"
exit "$failed"
