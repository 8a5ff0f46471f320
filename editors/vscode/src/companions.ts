// A text and its annotation files are saved together: an edit of the text moves the annotations, and half of the pair on
// disk would be wrong.

import { type Disposable, type TextDocument, workspace } from "vscode";

const ENDINGS = [".ann", ".a1", ".a2"];

/** Saves the annotation files of a text with it, unless the setting says otherwise. */
export function saveTogether(): Disposable {
  return workspace.onDidSaveTextDocument(async (text) => {
    if (!workspace.getConfiguration("scholiast", text).get<boolean>("saveAnnotationsWithText", true)) {
      return;
    }
    await Promise.all(unsavedCompanions(text).map((document) => document.save()));
  });
}

function unsavedCompanions(text: TextDocument): TextDocument[] {
  const stem = text.uri.path.replace(/\.txt$/, "");
  if (stem === text.uri.path) {
    return [];
  }
  const companions = ENDINGS.map((ending) => text.uri.with({ path: stem + ending }).toString());
  return workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && companions.includes(uri.toString()));
}
