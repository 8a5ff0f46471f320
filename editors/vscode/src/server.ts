// Where the server's executable is.

import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { homedir } from "node:os";
import * as path from "node:path";
import { workspace } from "vscode";

/** An executable, or the places where none was found. */
export type Search = { kind: "found"; executable: string } | { kind: "missing"; places: string[] };

/**
 * Looks for the server: where the setting `scholiast.path` says, else on the `PATH`, else in the build folders of the
 * workspace. A folder that the user does not trust is never searched: whoever wrote its files could run code that way.
 */
export async function findServer(): Promise<Search> {
  const setting = workspace.getConfiguration("scholiast").get<string>("path", "").trim();
  const candidates = setting === "" ? [...onPath("scholiast"), ...built()] : configured(setting);
  for (const candidate of candidates) {
    if (await isExecutable(candidate)) {
      return { kind: "found", executable: candidate };
    }
  }
  return {
    kind: "missing",
    places: setting === "" ? ["the PATH", ...built()] : [setting],
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
