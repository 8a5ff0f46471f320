// Drives VS Code (code-server in Chromium) with the extension in editors/vscode against the real server. Run by vscode.sh,
// which sets SCHOLIAST, CORPUS, BRAT, PLAIN, SCALE, SETTINGS, URL, SHOTS.
// Usage: node vscode.mjs [seeds] [annotator] [scale]

import { annotator } from "./annotator.mjs";
import { scale } from "./scale.mjs";
import { seeds } from "./seeds.mjs";
import { end, setting } from "./workbench.mjs";

const { SCHOLIAST } = process.env;
const wanted = process.argv.slice(2);

if (wanted.length === 0 || wanted.includes("seeds")) {
  await seeds();
} else {
  setting({ "scholiast.path": SCHOLIAST });
}
if (wanted.length === 0 || wanted.includes("annotator")) {
  await annotator();
}
if (wanted.length === 0 || wanted.includes("scale")) {
  await scale();
}
await end();
