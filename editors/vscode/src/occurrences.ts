// The review of annotations that are going to be made in many texts: each with the words around it, all of them chosen at
// first. Only what a person leaves chosen is written.

import { l10n, type QuickPickItem, type TextEdit, type Uri, window, workspace, WorkspaceEdit } from "vscode";
import { lastOf } from "./views/lines";

/** Letters that are shown on both sides of the words. */
const AROUND = 32;

/** A new line of an annotation file, with the words that it marks. */
interface Occurrence extends QuickPickItem {
  uri: Uri;
  edit: TextEdit;
  line: string;
}

/** The edit with the annotations that a person has left chosen; undefined where nobody wants any. */
export async function reviewed(edit: WorkspaceEdit, title: string): Promise<WorkspaceEdit | undefined> {
  const occurrences: Occurrence[] = [];
  for (const [uri, edits] of edit.entries()) {
    const text = uri.with({ path: uri.path.replace(/\.[^.]+$/, ".txt") });
    const letters = await lettersOf(text);
    for (const each of edits) {
      const lines = each.newText.split(/\r\n|\n/).filter((line) => line !== "");
      occurrences.push(...lines.map((line) => occurrence({ uri, edit: each, line }, text, letters)));
    }
  }
  const picked = await window.showQuickPick(occurrences, {
    canPickMany: true,
    title,
    placeHolder: l10n.t("Take out what is not meant; the others are annotated"),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked === undefined || picked.length === 0 ? undefined : withThese(edit, new Set(picked));
}

function occurrence(of: { uri: Uri; edit: TextEdit; line: string }, text: Uri, letters: readonly string[]): Occurrence {
  const [, place, words] = of.line.split("\t");
  const [, start, end] = /(\d+) (?:.*\D)?(\d+)$/.exec(place ?? "") ?? [];
  const [from, to] = [Number(start ?? 0), Number(end ?? 0)];
  const before =
    letters
      .slice(Math.max(from - 3 * AROUND, 0), from)
      .join("")
      .split(/[\r\n]/)
      .at(-1) ?? "";
  const after =
    letters
      .slice(to, to + AROUND)
      .join("")
      .split(/[\r\n]/)[0] ?? "";
  return {
    ...of,
    label: words ?? of.line,
    description: workspace.asRelativePath(text),
    detail: `${lastOf(before, AROUND)}${words ?? ""}${after}`,
    picked: true,
  };
}

/** Offsets of annotations count code points of the file. */
async function lettersOf(text: Uri): Promise<string[]> {
  const open = workspace.textDocuments.find(({ uri }) => uri.toString() === text.toString());
  try {
    const shown =
      open?.getText() ?? new TextDecoder("utf-8", { ignoreBOM: true }).decode(await workspace.fs.readFile(text));
    return Array.from(shown);
  } catch {
    return [];
  }
}

async function withThese(edit: WorkspaceEdit, chosen: ReadonlySet<Occurrence>): Promise<WorkspaceEdit> {
  const kept = new WorkspaceEdit();
  for (const [uri, edits] of edit.entries()) {
    const lines = [...chosen].filter((each) => each.uri.toString() === uri.toString());
    if (lines.length === 0) {
      continue;
    }
    if (!(await exists(uri))) {
      kept.createFile(uri, { ignoreIfExists: true });
    }
    for (const each of edits) {
      const wanted = lines.filter((of) => of.edit === each).map(({ line }) => line);
      if (wanted.length > 0) {
        // The breaks before and behind stay as the server has put them.
        const [lead = ""] = /^[\r\n]*/.exec(each.newText) ?? [];
        const [tail = ""] = /[\r\n]*$/.exec(each.newText) ?? [];
        const lineBreak = each.newText.includes("\r\n") ? "\r\n" : "\n";
        kept.replace(uri, each.range, `${lead}${wanted.join(lineBreak)}${tail}`);
      }
    }
  }
  return kept;
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
