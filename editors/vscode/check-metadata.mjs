// Checks the files of the package by the rules of metadata.mjs.

import { readFileSync } from "node:fs";
import { listFiles, PackageManager } from "@vscode/vsce";
import { faults, read } from "./metadata.mjs";

const listed = await listFiles({ packageManager: PackageManager.None });
const expected = readFileSync("../../tests/editors/package-files.txt", "utf8").trim().split("\n");
const wrong = faults(read(".", listed, expected));
if (wrong.length > 0) {
  throw new Error(wrong.join("\n"));
}
