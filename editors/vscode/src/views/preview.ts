// Edits that are shown before they are made: the editor's own preview asks for each.

import { type TextDocument, workspace, WorkspaceEdit } from "vscode";

/** A document with the edits that are meant for it and what belongs to it. */
export interface EditedFile {
  document: TextDocument;
  edits: WorkspaceEdit[];
}

/**
 * Shows all edits as one preview; false where there are none. What was saved before is saved again: a text and its
 * annotations must not come apart on disk.
 */
export async function applyPreviewed(files: readonly EditedFile[]): Promise<boolean> {
  const all = new WorkspaceEdit();
  const touched = new Set<string>();
  for (const edit of files.flatMap(({ edits }) => edits)) {
    for (const [uri, changes] of edit.entries()) {
      for (const { range, newText } of changes) {
        all.replace(uri, range, newText, { needsConfirmation: true, label: "scholiast" });
        touched.add(uri.toString());
      }
    }
  }
  if (touched.size === 0) {
    return false;
  }
  const dirty = new Set(workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ uri }) => uri.toString()));
  if (await workspace.applyEdit(all)) {
    const edited = workspace.textDocuments.filter(({ uri }) => touched.has(uri.toString()));
    await Promise.all(edited.filter(({ uri }) => !dirty.has(uri.toString())).map((document) => document.save()));
  }
  return true;
}
