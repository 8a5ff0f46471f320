#!/usr/bin/env bash
# End-to-end test: Neovim with editors/nvim, against a built server, on copies of the seed corpus and of a
# small annotated one.
# Usage: nvim.sh SCHOLIAST [NVIM]   (NVIM: 0.10 or newer)
set -euo pipefail

project=$(cd "$(dirname "$0")/../.." && pwd -P)
scholiast=$(realpath "$1")
nvim=${2:-nvim}
work=$(realpath "$(mktemp -d)")
trap 'rm -rf "$work"' EXIT

run() { # HOW ENCODING
  echo "Neovim, $1, $2:"
  rm -rf "$work/corpus" "$work/brat"
  cp -r "$project/seeds" "$work/corpus"
  cp -r "$project/tests/editors/corpus" "$work/brat"
  # A home of its own: no configuration of the user's, no state left behind.
  env HOME="$work" XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/data" XDG_STATE_HOME="$work/state" \
    XDG_CACHE_HOME="$work/cache" PATH="$(dirname "$scholiast"):$PATH" \
    SCHOLIAST="$scholiast" CORPUS="$work/corpus" BRAT="$work/brat" HOW="$1" ENCODING="$2" \
    timeout 300 "$nvim" --clean --headless --cmd "set runtimepath^=$project/editors/nvim" \
    -c "luafile $project/tests/editors/nvim.lua" </dev/null 2>"$work/stderr" || {
    find "$work/stderr" "$work/state" -type f -exec tail -n 40 {} + >&2
    return 1
  }
}

# `vim.lsp.enable` is of Neovim 0.11; with 0.10 the plug-in is set up by `setup()`, which asks for UTF-8.
if "$nvim" --clean --headless -c 'if has("nvim-0.11") | quit | else | cquit | endif' </dev/null; then
  run enable utf-8
  run enable utf-16
fi
run setup utf-8
