// Where the server's executable is, and whether it is one that this extension can use.

import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { homedir } from "node:os";
import * as path from "node:path";
import { workspace } from "vscode";

/** An executable, or the places where none was found. */
export type Search = { kind: "found"; executable: string } | { kind: "missing"; places: string[] };

/** The oldest server whose answers this extension understands. */
const OLDEST = "0.1.0";

/** What a program says of itself. */
export type Probe =
  | { kind: "scholiast"; version: string }
  | { kind: "older"; version: string; needed: string }
  | { kind: "other"; said: string };

/** Asks a program for its version: another program of the same name must not be started as a server. */
export async function probe(executable: string): Promise<Probe> {
  const said = await new Promise<string>((resolve) => {
    execFile(executable, ["--version"], { timeout: 10_000, maxBuffer: 4096 }, (error, out, err) => {
      const text = [out, err, error?.message ?? ""].map((each) => each.trim()).find((each) => each !== "");
      resolve(text?.split("\n")[0] ?? "");
    });
  });
  const version = /^scholiast (\d+\.\d+\.\d+\S*)$/.exec(said)?.[1];
  if (version === undefined) {
    return { kind: "other", said };
  }
  return isOlder(version, OLDEST) ? { kind: "older", version, needed: OLDEST } : { kind: "scholiast", version };
}

function isOlder(version: string, other: string): boolean {
  const numbers = (text: string): number[] => text.split(/[.+-]/, 3).map(Number);
  const [mine, needed] = [numbers(version), numbers(other)];
  const different = mine.findIndex((number, at) => number !== needed[at]);
  return different >= 0 && (mine[different] ?? 0) < (needed[different] ?? 0);
}

/**
 * Looks for the server: where the setting `scholiast.path` says, else inside the extension, on the `PATH`, where cargo
 * installs, and in the build folders of the workspace. A folder that the user does not trust is never searched: whoever
 * wrote its files could run code that way.
 */
export async function findServer(extensionFolder: string): Promise<Search> {
  const setting = workspace.getConfiguration("scholiast").get<string>("path", "").trim();
  const everywhere = [...inside(extensionFolder), ...onPath("scholiast"), ...installed(), ...built()];
  const candidates = setting === "" ? everywhere : configured(setting);
  for (const candidate of candidates) {
    if (await isExecutable(candidate)) {
      return { kind: "found", executable: candidate };
    }
  }
  return {
    kind: "missing",
    places: setting === "" ? ["the PATH", ...installed(), ...built()] : [setting],
  };
}

/** What a `scholiast.path` of the user's may mean. A setting that leads nowhere is an error, never passed over. */
function configured(setting: string): string[] {
  const folder = folders()[0];
  const expanded = setting.replace(/^~(?=$|[\\/])/, homedir()).replaceAll("${workspaceFolder}", folder ?? "");
  if (path.isAbsolute(expanded)) {
    return withSuffix(expanded);
  }
  if (path.basename(expanded) === expanded) {
    return onPath(expanded);
  }
  return folder === undefined ? [] : withSuffix(path.join(folder, expanded));
}

/** A package for one platform has the server inside. */
function inside(extensionFolder: string): string[] {
  return withSuffix(path.join(extensionFolder, "server", "scholiast"));
}

/** Where `cargo install` puts programs; an editor started from a menu often has no such folder on its `PATH`. */
function installed(): string[] {
  return withSuffix(path.join(process.env.CARGO_HOME ?? path.join(homedir(), ".cargo"), "bin", "scholiast"));
}

function onPath(name: string): string[] {
  const directories = (process.env.PATH ?? "").split(path.delimiter).filter((directory) => directory !== "");
  return directories.flatMap((directory) => withSuffix(path.join(directory, name)));
}

function built(): string[] {
  if (!workspace.isTrusted) {
    return [];
  }
  return folders().flatMap((folder) =>
    ["release", "debug"].flatMap((profile) => withSuffix(path.join(folder, "target", profile, "scholiast"))),
  );
}

function withSuffix(executable: string): string[] {
  const needsSuffix = process.platform === "win32" && path.extname(executable) === "";
  return [needsSuffix ? `${executable}.exe` : executable];
}

function folders(): string[] {
  return (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
