// Packages the extension with the server inside, for the platform it runs on: scholiast-<platform>.vsix.
// Usage: node package-target.mjs [SERVER]   (no SERVER: target/release/scholiast of the project)

import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import process from "node:process";
import { fileURLToPath, URL } from "node:url";

const suffix = process.platform === "win32" ? ".exe" : "";
const server = process.argv[2] ?? fileURLToPath(new URL(`../../target/release/scholiast${suffix}`, import.meta.url));
const target = `${process.platform}-${process.arch}`;
const folder = fileURLToPath(new URL("server", import.meta.url));

if (!existsSync(server)) {
  throw new Error(`${server} is not there; build it with: cargo build --release`);
}
const version = execFileSync(server, ["--version"], { encoding: "utf8" }).trim();
if (!version.startsWith("scholiast ")) {
  throw new Error(`${server} is not the scholiast server (--version answers: ${version})`);
}
mkdirSync(folder, { recursive: true });
try {
  const inside = `${folder}/scholiast${suffix}`;
  copyFileSync(server, inside);
  chmodSync(inside, 0o755);
  const options = [
    "--no-dependencies",
    "--allow-missing-repository",
    "--no-rewrite-relative-links",
    "--target",
    target,
  ];
  const run = (program, args) => execFileSync(program, args, { stdio: "inherit", shell: suffix !== "" });
  run("npm", ["run", "check-types"]);
  run("npm", ["run", "bundle"]);
  run("npx", ["vsce", "package", ...options, "--out", `scholiast-${target}.vsix`]);
} finally {
  // Left behind, it would come into the package for all platforms.
  rmSync(folder, { recursive: true, force: true });
}
