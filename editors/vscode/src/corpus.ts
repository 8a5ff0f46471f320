// Whether this window shows a corpus: without a `scholiast.toml` no server is started.

import { stat } from "node:fs/promises";
import * as path from "node:path";
import { type TextDocument, workspace } from "vscode";

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
