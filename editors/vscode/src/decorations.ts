// What is annotated, drawn in the text: in the colours that `visual.conf` gives the types, with a dotted line below what is
// linked to nobody yet. Mentions that were recognised have their colours from semantic tokens.

import {
  Disposable,
  type Range,
  type TextEditorDecorationType,
  ThemeColor,
  OverviewRulerLane,
  window,
  workspace,
} from "vscode";
import type { TextAnnotations } from "./annotations";

const SETTING = "scholiast.annotations.draw";
/** Colours as CSS has them; anything else in a `visual.conf` is not passed on. */
const COLOR = /^(#[0-9a-f]{3,8}|[a-z]+|(rgb|hsl)a?\([\d\s.,%/-]+\))$/i;

/** Draws the annotations of the active text. */
export function drawAnnotations(annotations: TextAnnotations): Disposable {
  const kinds = new Map<string, TextEditorDecorationType>();
  const kindOf = (color: string | undefined, isUnlinked: boolean): TextEditorDecorationType => {
    const key = `${color ?? ""} ${isUnlinked ? "unlinked" : ""}`;
    const known = kinds.get(key) ?? decoration(color, isUnlinked);
    kinds.set(key, known);
    return known;
  };
  const draw = (): void => {
    const places = new Map<TextEditorDecorationType, Range[]>([...kinds.values()].map((kind) => [kind, []]));
    if (workspace.getConfiguration().get<boolean>(SETTING, true)) {
      for (const annotation of annotations.annotations) {
        const type = annotations.types.find((known) => known.type === annotation.type);
        const color = type?.color !== undefined && COLOR.test(type.color) ? type.color : undefined;
        const kind = kindOf(color, annotations.isUnlinked(annotation));
        places.set(kind, [...(places.get(kind) ?? []), ...annotation.places]);
      }
    }
    const shown = window.visibleTextEditors.filter(
      ({ document }) => document.uri.toString() === annotations.text?.toString(),
    );
    for (const editor of shown) {
      places.forEach((ranges, kind) => {
        editor.setDecorations(kind, ranges);
      });
    }
  };
  return Disposable.from(
    annotations.onDidChange(draw),
    window.onDidChangeVisibleTextEditors(draw),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTING)) {
        draw();
      }
    }),
    new Disposable(() => {
      kinds.forEach((kind) => {
        kind.dispose();
      });
    }),
  );
}

function decoration(color: string | undefined, isUnlinked: boolean): TextEditorDecorationType {
  const line = color ?? new ThemeColor("scholiast.annotated");
  return window.createTextEditorDecorationType({
    borderWidth: "0 0 2px 0",
    borderStyle: isUnlinked ? "dotted" : "solid",
    borderColor: isUnlinked ? new ThemeColor("scholiast.unlinked") : line,
    // The words must stay readable on it, in whatever theme.
    ...(color === undefined ? {} : { backgroundColor: `color-mix(in srgb, ${color} 22%, transparent)` }),
    ...(isUnlinked
      ? {
          overviewRulerColor: new ThemeColor("scholiast.unlinked"),
          overviewRulerLane: OverviewRulerLane.Center,
        }
      : {}),
  });
}
