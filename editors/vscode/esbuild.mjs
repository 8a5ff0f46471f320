// Bundles the extension with the packages it uses into dist/extension.js: one file to load instead of some hundred.
// Their licences ask to be passed on with them: dist/THIRD-PARTY.txt holds the text of each. The pictures of the
// walkthrough are those of the documentation, copied to dist/images.

import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { walkthroughPictures } from "./metadata.mjs";

const { metafile } = await build({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  minify: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

const packages = new Set(
  Object.keys(metafile.inputs).flatMap((file) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
);
writeFileSync("dist/THIRD-PARTY.txt", [...packages].sort().map(notice).join("\n"));

rmSync("dist/images", { recursive: true, force: true });
mkdirSync("dist/images", { recursive: true });
for (const picture of walkthroughPictures(JSON.parse(readFileSync("package.json", "utf8")))) {
  copyFileSync(`../../docs/images/${path.basename(picture)}`, picture);
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) {
    throw new Error(`${name} ${version} has no licence file`);
  }
  return `# ${name} ${version} (${license})\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
}
