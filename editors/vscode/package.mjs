// Packages the extension.
// Usage: node package.mjs [--marketplace] [--target [SERVER]]
//
// Without options: scholiast.vsix for all platforms, to be installed from the file.
// --target       with the server inside, for the platform it runs on: scholiast-<platform>.vsix. Without SERVER it is
//                target/release/scholiast of the project.
// --marketplace  to be published: scholiast-marketplace.vsix, scholiast-<platform>-marketplace.vsix. Pictures and links of
//                the page get the addresses in SCHOLIAST_IMAGES_URL and SCHOLIAST_CONTENT_URL.

import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath, URL } from "node:url";
import { parseArgs } from "node:util";
import { createVSIX } from "@vscode/vsce";
import { addresses, pageForFile, pageForMarketplace } from "./page.mjs";

const SUFFIX = process.platform === "win32" ? ".exe" : "";
const SERVER = fileURLToPath(new URL("server", import.meta.url));
const PAGE = "dist/README.md";

const { values, positionals } = parseArgs({
  options: { marketplace: { type: "boolean" }, target: { type: "boolean" } },
  allowPositionals: true,
});

try {
  const readme = readFileSync("README.md", "utf8");
  const page = values.marketplace ? pageForMarketplace(readme, addresses(process.env)) : pageForFile(readme);
  writeFileSync(PAGE, page);
  const target = values.target ? platform() : undefined;
  if (target !== undefined) {
    takeIn(positionals[0] ?? fileURLToPath(new URL(`../../target/release/scholiast${SUFFIX}`, import.meta.url)));
  }
  await createVSIX({
    packagePath: `${["scholiast", target, values.marketplace && "marketplace"].filter(Boolean).join("-")}.vsix`,
    readmePath: PAGE,
    target,
    dependencies: false,
    allowMissingRepository: true,
    // Nothing is left to rewrite; with it `vsce` looks at the addresses of all pictures, which a marketplace wants.
    rewriteRelativeLinks: values.marketplace === true,
  });
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  // Left behind, they would come into the next package.
  rmSync(SERVER, { recursive: true, force: true });
  rmSync(PAGE, { force: true });
}

/** The platform as marketplaces name it. */
function platform() {
  if (process.platform === "linux") {
    const isMusl = process.report.getReport().header.glibcVersionRuntime === undefined;
    return `${isMusl ? "alpine" : "linux"}-${process.arch === "arm" ? "armhf" : process.arch}`;
  }
  return `${process.platform}-${process.arch}`;
}

/** Puts the server where the extension looks for it first. */
function takeIn(server) {
  if (!existsSync(server)) {
    throw new Error(`${server} is not there; build it with: cargo build --release`);
  }
  const version = execFileSync(server, ["--version"], { encoding: "utf8" }).trim().split("\n")[0];
  const wanted = `scholiast ${JSON.parse(readFileSync("package.json", "utf8")).version}`;
  if (version !== wanted) {
    throw new Error(`${server} is not the server of this version (--version answers ${version}, not ${wanted})`);
  }
  mkdirSync(SERVER, { recursive: true });
  copyFileSync(server, `${SERVER}/scholiast${SUFFIX}`);
  chmodSync(`${SERVER}/scholiast${SUFFIX}`, 0o755);
}
