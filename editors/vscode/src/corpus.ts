// The corpus of this window: without a `scholiast.toml` no server is started; `scholiast init` writes one.

import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import * as path from "node:path";
import { l10n, type LogOutputChannel, ProgressLocation, type TextDocument, Uri, window, workspace } from "vscode";
import { findServer } from "./server";

const MARKER = "scholiast.toml";

/** A glob for files whose appearance makes a folder a corpus. */
export const MARKER_GLOB = `**/${MARKER}`;

/** Whether a workspace folder holds a corpus, or lies in one. */
export async function workspaceHasCorpus(): Promise<boolean> {
  if ((await workspace.findFiles(MARKER_GLOB, undefined, 1)).length > 0) {
    return true;
  }
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  const inside = await Promise.all(folders.map(({ uri }) => hasMarkerAbove(uri.fsPath)));
  return inside.includes(true);
}

/** Whether a document on disk lies in a corpus, be it in the workspace or not. */
export async function isInCorpus(document: TextDocument): Promise<boolean> {
  return document.uri.scheme === "file" && (await hasMarkerAbove(path.dirname(document.uri.fsPath)));
}

async function hasMarkerAbove(directory: string): Promise<boolean> {
  const marker = path.join(directory, MARKER);
  try {
    return (await stat(marker)).isFile();
  } catch {
    const parent = path.dirname(directory);
    return parent !== directory && (await hasMarkerAbove(parent));
  }
}

/** Runs `scholiast init` in a folder of the workspace and opens what it wrote. It never writes over a file. */
export async function startCorpus(extensionFolder: string, output: LogOutputChannel): Promise<void> {
  const folder = await chooseFolder();
  if (folder === undefined) {
    return;
  }
  if (!workspace.isTrusted) {
    void window.showWarningMessage(l10n.t("scholiast writes nothing in a folder that is not trusted."));
    return;
  }
  const search = await findServer(extensionFolder);
  if (search.kind === "missing") {
    void window.showErrorMessage(
      l10n.t("scholiast: the server was not found (looked at {0}).", search.places.join(", ")),
    );
    return;
  }
  const options = { location: ProgressLocation.Notification, title: l10n.t("scholiast: starting a corpus") };
  const said = await window.withProgress(options, () => initialise(search.executable, folder.fsPath));
  output.info(said.text);
  if (said.failed) {
    void window.showErrorMessage(`scholiast: ${said.text}`);
    return;
  }
  await window.showTextDocument(Uri.joinPath(folder, MARKER));
}

async function chooseFolder(): Promise<Uri | undefined> {
  const local = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  if (local.length > 1) {
    return (await window.showWorkspaceFolderPick())?.uri;
  }
  if (local[0] === undefined) {
    void window.showInformationMessage(l10n.t("Open a folder of texts first."));
  }
  return local[0]?.uri;
}

function initialise(executable: string, folder: string): Promise<{ text: string; failed: boolean }> {
  return new Promise((resolve) => {
    execFile(executable, ["init"], { cwd: folder, maxBuffer: 1 << 20 }, (error, out, err) => {
      resolve({ text: `${out}${err}`.trim(), failed: error !== null });
    });
  });
}
