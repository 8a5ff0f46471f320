// The lines around places in files, for views that show places with the words around them.

import { readFile } from "node:fs/promises";
import { type Location, type Range, type Uri, workspace } from "vscode";

/** A place with the text on both sides of it. */
export interface PlaceInLine {
  uri: Uri;
  range: Range;
  before: string;
  text: string;
  after: string;
}

// As the editor parts lines: the positions of the server count them so.
const LINE_END = /\r\n|\r|\n/;

/** Reads each file once: what is open as it stands in the editor, the others from disk. */
export async function withLines(places: readonly Location[]): Promise<PlaceInLine[]> {
  const files = new Map<string, Promise<string[]>>();
  const linesOf = (uri: Uri): Promise<string[]> => {
    const key = uri.toString();
    const known = files.get(key) ?? readLines(uri);
    files.set(key, known);
    return known;
  };
  return Promise.all(
    places.map(async ({ uri, range }) => {
      const line = (await linesOf(uri))[range.start.line] ?? "";
      const end = range.end.line === range.start.line ? range.end.character : line.length;
      return {
        uri,
        range,
        before: line.slice(0, range.start.character),
        text: line.slice(range.start.character, end),
        after: line.slice(end),
      };
    }),
  );
}

async function readLines(uri: Uri): Promise<string[]> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) {
    return open.getText().split(LINE_END);
  }
  try {
    return (await readFile(uri.fsPath, "utf8")).replace(/^\uFEFF/, "").split(LINE_END);
  } catch {
    // Gone meanwhile: the places are shown without their words.
    return [];
  }
}

/** The last letters of a text, with an ellipsis where something is left out. */
export function lastOf(text: string, count: number): string {
  const graphemes = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  return graphemes.length <= count ? text : `…${graphemes.slice(-count).join("")}`;
}
