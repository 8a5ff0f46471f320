// Runs the unit tests with Node's own test runner: src/**/*.test.ts, bundled each, and *.test.mjs of what makes the package.
// What needs an editor is tested in one (tests/editors in the repository).

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { build } from "esbuild";

const folder = mkdtempSync(path.join(tmpdir(), "scholiast-unit-"));
const tests = readdirSync("src", { recursive: true }).filter((name) => name.endsWith(".test.ts"));
await build({
  entryPoints: tests.map((name) => `src/${name}`),
  outdir: folder,
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  logLevel: "warning",
});
const bundled = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".cjs"));
const scripts = readdirSync(".").filter((name) => name.endsWith(".test.mjs"));
const files = [...bundled.map((name) => path.join(folder, name)), ...scripts];
const { status } = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" });
rmSync(folder, { recursive: true });
process.exitCode = status ?? 1;
