// Drives VS Code (code-server in Chromium) with the extension in editors/vscode against the real server. Run by vscode.sh,
// which sets SCHOLIAST, CORPUS, BRAT, PLAIN, SETTINGS, URL, SHOTS.
// Usage: node vscode.mjs [seeds] [annotator]

import { readFileSync, writeFileSync } from "node:fs";
import { annotator } from "./annotator.mjs";
import { seeds } from "./seeds.mjs";
import { end } from "./workbench.mjs";

const { SCHOLIAST, SETTINGS } = process.env;
const wanted = process.argv.slice(2);

if (wanted.length === 0 || wanted.includes("seeds")) {
  await seeds();
} else {
  const settings = JSON.parse(readFileSync(SETTINGS, "utf8"));
  writeFileSync(SETTINGS, JSON.stringify({ ...settings, "scholiast.path": SCHOLIAST }));
}
if (wanted.length === 0 || wanted.includes("annotator")) {
  await annotator();
}
await end();
