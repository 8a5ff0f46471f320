// A text and its annotation files are saved together: an edit of the text moves the annotations, and half of the pair on
// disk would be wrong.

import { type Disposable, type TextDocument, Uri, workspace } from "vscode";

const ENDINGS = [".ann", ".a1", ".a2"];

/** Saves the annotation files of a text with it, unless the setting says otherwise. */
export function saveTogether(): Disposable {
  return workspace.onDidSaveTextDocument(async (text) => {
    await Promise.all(isWanted(text) ? unsavedCompanions(text).map((document) => document.save()) : []);
  });
}

export function isAnnotationFile({ path }: Uri): boolean {
  return ENDINGS.some((ending) => path.endsWith(ending));
}

/** Saves annotation files that the server has moved in the editor behind the save of their text. */
export async function saveMoved(files: readonly string[]): Promise<void> {
  const moved = new Set(files.map((uri) => Uri.parse(uri).toString()));
  const open = workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && moved.has(uri.toString()));
  await Promise.all(open.filter((file) => isWanted(file) && !hasUnsavedText(file)).map((file) => file.save()));
}

function isWanted(document: TextDocument): boolean {
  return workspace.getConfiguration("scholiast", document).get<boolean>("saveAnnotationsWithText", true);
}

function hasUnsavedText(file: TextDocument): boolean {
  const path = file.uri.path.replace(/\.[^.]+$/, ".txt");
  return workspace.textDocuments.some(({ isDirty, uri }) => isDirty && uri.path === path);
}

function unsavedCompanions(text: TextDocument): TextDocument[] {
  const stem = text.uri.path.replace(/\.txt$/, "");
  if (stem === text.uri.path) {
    return [];
  }
  const companions = ENDINGS.map((ending) => text.uri.with({ path: stem + ending }).toString());
  return workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && companions.includes(uri.toString()));
}
