// Drives VS Code (code-server in Chromium) with the extension in editors/vscode against the real server. Run by vscode.sh,
// which sets SCHOLIAST, CORPUS, BRAT, PLAIN, SCALE, SMOKE, SETTINGS, URL, SHOTS.
// Usage: node vscode.mjs [seeds] [package] [annotator] [film] [scale], which are all, or smoke

import { annotator } from "./annotator.mjs";
import { film } from "./film.mjs";
import { thePackage } from "./package.mjs";
import { scale } from "./scale.mjs";
import { seeds } from "./seeds.mjs";
import { smoke } from "./smoke.mjs";
import { end, setting } from "./workbench.mjs";

const { SCHOLIAST } = process.env;
const wanted = process.argv.slice(2);

if (wanted.length === 0 || wanted.includes("seeds")) {
  await seeds();
} else {
  setting({ "scholiast.path": SCHOLIAST });
}
if (wanted.length === 0 || wanted.includes("package")) {
  await thePackage();
}
if (wanted.length === 0 || wanted.includes("annotator")) {
  await annotator();
}
// Behind the annotator's pictures: its small window leaves a narrow side bar.
if (wanted.length === 0 || wanted.includes("film")) {
  await film();
}
if (wanted.length === 0 || wanted.includes("scale")) {
  await scale();
}
if (wanted.includes("smoke")) {
  await smoke();
}
await end();
