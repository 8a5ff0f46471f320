// From one difference to the next, where the corpus is compared with another annotator's set (`[compare] with`).

import {
  commands,
  type Disposable,
  l10n,
  type Range,
  Selection,
  TextEditorRevealType,
  Uri,
  window,
  workspace,
} from "vscode";
import type { Range as ProtocolRange } from "vscode-languageclient/node";
import type { Session } from "./session";

interface Difference {
  uri: string;
  range: ProtocolRange;
  message: string;
}

interface Place {
  uri: Uri;
  range: Range;
  message: string;
}

/** Commands that step through the open differences of all corpora. */
export function stepThroughDifferences(session: Session): Disposable[] {
  const step = async (direction: 1 | -1): Promise<void> => {
    const client = session.runningClient;
    if (client === undefined) {
      return;
    }
    const found = (await session.execute("scholiast.differences", [])) as Difference[] | null | undefined;
    const places: Place[] = [];
    for (const { uri, range, message } of found ?? []) {
      places.push({ uri: Uri.parse(uri), range: client.protocol2CodeConverter.asRange(range), message });
    }
    const place = next(places, direction);
    if (place === undefined) {
      void window.showInformationMessage(l10n.t("There is no open difference."));
      return;
    }
    const document = await workspace.openTextDocument(place.uri);
    const editor = await window.showTextDocument(document);
    editor.selection = new Selection(place.range.start, place.range.start);
    editor.revealRange(place.range, TextEditorRevealType.InCenterIfOutsideViewport);
    window.setStatusBarMessage(place.message, 8000);
  };
  return [
    commands.registerCommand("scholiast.nextDifference", () => step(1)),
    commands.registerCommand("scholiast.previousDifference", () => step(-1)),
  ];
}

/** The place behind the cursor, or before it; round the end to the other one. */
function next(places: Place[], direction: 1 | -1): Place | undefined {
  const editor = window.activeTextEditor;
  if (editor === undefined) {
    return direction === 1 ? places[0] : places.at(-1);
  }
  const here = editor.document.uri.toString();
  const cursor = editor.selection.active;
  const order = direction === 1 ? places : places.slice().reverse();
  const inHere = order.filter(({ uri }) => uri.toString() === here);
  const behind = inHere.find(({ range }) =>
    direction === 1 ? range.start.isAfter(cursor) : range.start.isBefore(cursor),
  );
  const last = inHere.at(-1);
  const rest = last === undefined ? order : order.slice(order.indexOf(last) + 1);
  return behind ?? rest[0] ?? order[0];
}
