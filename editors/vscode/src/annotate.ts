// The annotate mode: while it is on, a key annotates what is selected, or the mention under the cursor. What can be done
// and the edits that do it are the server's code actions of the kind `refactor.rewrite.annotation`.

import {
  commands,
  Disposable,
  l10n,
  type QuickPickItem,
  QuickPickItemKind,
  Range,
  StatusBarAlignment,
  type TextDocument,
  ThemeColor,
  window,
} from "vscode";
import type { TextAnnotations } from "./annotations";
import type { Choice, Deed, Deeds, PlaceOfDeed } from "./deeds";
import { key } from "./keys";
import type { Linking } from "./linking";
import type { Session } from "./session";

// Types without a key of their own get these, in order.
const DIGITS = "123456789";

// What the other keys of the mode do: deeds of the server that are picked from, or commands of the editor.
const PICKED: Record<string, string[]> = {
  "*": ["annotate-all"],
  "#": ["note"],
  "~": ["attribute", "retype"],
};
const COMMANDS: Record<string, string> = {
  "@": "scholiast.linkAnnotation",
  ">": "scholiast.relate",
  "+": "editor.action.smartSelect.expand",
  "=": "editor.action.smartSelect.expand",
  "-": "editor.action.smartSelect.shrink",
  "]": "scholiast.nextAnnotation",
  "[": "scholiast.previousAnnotation",
  ")": "scholiast.nextUnlinked",
  "(": "scholiast.previousUnlinked",
  "}": "editor.action.marker.next",
  "{": "editor.action.marker.prev",
};

export class AnnotateMode implements Disposable {
  private readonly status = window.createStatusBarItem("scholiast.annotate", StatusBarAlignment.Left);
  private readonly disposables: Disposable;
  private typing: Disposable | undefined;
  private last: Deed | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** One end of a relation, while the other one is looked for. */
  private first: { document: TextDocument; range: Range; words: string } | undefined;
  // One key after the other: the second asks about the text that the first has annotated.
  private turn: Promise<void> = Promise.resolve();
  /** Keys that wait for their turn and change the selection. */
  private moving = 0;

  constructor(
    session: Session,
    private readonly deeds: Deeds,
    private readonly linking: Linking,
    private readonly annotations: TextAnnotations,
  ) {
    this.status.name = l10n.t("Annotate mode");
    this.status.command = "scholiast.annotateMode";
    this.disposables = Disposable.from(
      this.status,
      commands.registerCommand("scholiast.annotateMode", () => {
        this.toggle();
      }),
      commands.registerCommand("scholiast.leaveAnnotateMode", () => {
        if (this.first !== undefined) {
          this.first = undefined;
          this.showSoon();
        } else {
          this.leave();
        }
      }),
      commands.registerCommand("scholiast.annotate", () => this.choose(() => true)),
      commands.registerCommand("scholiast.linkAnnotation", () => this.link()),
      commands.registerCommand("scholiast.relate", () => this.relate()),
      commands.registerCommand("scholiast.annotateAll", () => this.choose(among(PICKED["*"] ?? []))),
      commands.registerCommand("scholiast.undoAnnotation", () => this.inTurn(() => this.undo())),
      commands.registerCommand("scholiast.deleteAnnotation", () => this.inTurn(() => this.choose(among(["delete"])))),
      window.onDidChangeTextEditorSelection(() => {
        this.showSoon();
      }),
      window.onDidChangeActiveTextEditor(() => {
        this.showSoon();
      }),
      session.onDidChangeRunning((isRunning) => {
        if (!isRunning) {
          this.leave();
        }
      }),
    );
  }

  dispose(): void {
    this.leave();
    this.disposables.dispose();
  }

  private toggle(): void {
    if (this.typing !== undefined) {
      this.leave();
      return;
    }
    try {
      // Only one extension can take what is typed.
      this.typing = commands.registerCommand("type", ({ text }: { text: string }) => this.typed(text));
    } catch {
      void window.showWarningMessage(
        l10n.t("scholiast: another extension takes what is typed (a Vim mode?). Use the command “Annotate…” instead."),
      );
      return;
    }
    void commands.executeCommand("setContext", "scholiast.annotating", true);
    this.showSoon();
  }

  private leave(): void {
    this.typing?.dispose();
    this.typing = undefined;
    this.first = undefined;
    void commands.executeCommand("setContext", "scholiast.annotating", false);
    this.status.hide();
  }

  private async typed(text: string): Promise<void> {
    const editor = window.activeTextEditor;
    // Only texts are annotated; elsewhere typing goes on.
    if (editor === undefined || !isText(editor.document)) {
      await commands.executeCommand("default:type", { text });
      return;
    }
    // Whoever works fast has moved on when the key's turn comes: the place is that of the keystroke, unless a key before it
    // is going to change the selection.
    const { document, selection } = editor;
    const moves = COMMANDS[key(text)] !== undefined;
    const at = this.moving > 0 ? undefined : selection;
    this.moving += moves ? 1 : 0;
    await this.inTurn(async () => {
      await this.press({ document, selection: at ?? editor.selection }, text);
    }).finally(() => {
      this.moving -= moves ? 1 : 0;
    });
  }

  private inTurn(step: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(step).catch(report);
    return this.turn;
  }

  private async press(place: PlaceOfDeed, typed: string): Promise<void> {
    const choices = await this.deeds.at(place);
    const own = keys(choices, place.selection.isEmpty);
    const chosen = own.get(typed) ?? own.get(key(typed));
    const pressed = chosen === undefined ? key(typed) : typed;
    const command = COMMANDS[pressed];
    if (chosen !== undefined) {
      await this.perform(place, chosen);
    } else if (pressed === ".") {
      await this.repeat(place, choices);
    } else if (pressed === "?") {
      await this.pick(place, choices);
    } else if (PICKED[pressed] !== undefined) {
      await this.pick(place, choices.filter(among(PICKED[pressed])));
    } else if (command !== undefined) {
      await commands.executeCommand(command);
    } else {
      window.setStatusBarMessage(
        l10n.t("scholiast: the key {0} means nothing here; ? lists what can be done", typed),
        4000,
      );
    }
  }

  private async repeat(place: PlaceOfDeed, choices: Choice[]): Promise<void> {
    const { last } = this;
    const same = choices.find(
      ({ deed }) => deed.deed === last?.deed && deed.type === last.type && deed.entry === last.entry,
    );
    if (same === undefined) {
      window.setStatusBarMessage(l10n.t("scholiast: there is nothing to repeat here"), 4000);
    } else {
      await this.perform(place, same);
    }
  }

  private async choose(wanted: (choice: Choice) => boolean): Promise<void> {
    const editor = window.activeTextEditor;
    if (editor !== undefined && isText(editor.document)) {
      await this.pick(editor, (await this.deeds.at(editor)).filter(wanted)).catch(report);
    }
  }

  private async undo(): Promise<void> {
    if (!this.deeds.canUndo && this.typing !== undefined) {
      await commands.executeCommand("undo");
    } else if (!this.deeds.canUndo) {
      window.setStatusBarMessage(l10n.t("scholiast: there is nothing to take back"), 4000);
    } else if (!(await this.deeds.undo().catch(report))) {
      window.setStatusBarMessage(
        l10n.t("scholiast: the last annotation cannot be taken back: its file has changed since"),
        6000,
      );
    }
    this.showSoon();
  }

  /** Links what is annotated, mentioned or selected to an entry that a person chooses. */
  private async link(): Promise<void> {
    const editor = window.activeTextEditor;
    if (editor === undefined || !isText(editor.document)) {
      return;
    }
    const { document, selection } = editor;
    const words = selection.isEmpty ? this.annotations.at(editor)?.text : document.getText(selection);
    await this.linking.choose({ uri: document.uri, range: selection }, words ?? "").catch(report);
    this.showSoon();
  }

  /** Relates two annotations: the one at the cursor to one nearby or, when this is asked again there, to another. */
  private async relate(): Promise<void> {
    const editor = window.activeTextEditor;
    if (editor === undefined || !isText(editor.document)) {
      return;
    }
    const { document, selection } = editor;
    const here = this.annotations.at(editor);
    const { first } = this;
    if (first?.document === document && here !== undefined) {
      this.first = undefined;
      const both = here.places.reduce((whole, place) => whole.union(place), first.range);
      const choices = await this.deeds.at(editor, both);
      await this.pick(editor, choices.filter(among(["relation"]))).catch(report);
      this.showSoon();
      return;
    }
    const near = (await this.deeds.at(editor)).filter(among(["relation"]));
    const [place] = here?.places ?? [];
    if (here === undefined || place === undefined || !selection.isEmpty) {
      await this.pick(editor, near).catch(report);
      return;
    }
    const other: QuickPickItem = { label: `$(target) ${l10n.t("Choose the other annotation in the text…")}` };
    const separator: QuickPickItem = { label: l10n.t("nearby"), kind: QuickPickItemKind.Separator };
    const items = near.map((choice): QuickPickItem & { choice: Choice } => ({ label: choice.action.title, choice }));
    const placeHolder = l10n.t("Relate “{0}” ({1})", here.text, here.id);
    const picked = await window.showQuickPick([other, ...(items.length === 0 ? [] : [separator]), ...items], {
      placeHolder,
    });
    if (picked === other) {
      this.first = { document, range: place, words: here.text };
      window.setStatusBarMessage(
        l10n.t("scholiast: go to the annotation that “{0}” is related to, and ask again there", here.text),
        8000,
      );
      this.showSoon();
    } else if (picked !== undefined && "choice" in picked) {
      await this.perform(editor, picked.choice as Choice).catch(report);
    }
  }

  private async pick(place: PlaceOfDeed, choices: Choice[]): Promise<void> {
    if (choices.length === 0) {
      window.setStatusBarMessage(l10n.t("scholiast: nothing of that kind can be done here"), 4000);
      return;
    }
    const own = new Map([...keys(choices, place.selection.isEmpty)].map(([of, choice]) => [choice, of]));
    const items = choices.map((choice): QuickPickItem & { choice: Choice } => ({
      label: choice.action.title,
      description: own.get(choice) ?? "",
      choice,
    }));
    const picked =
      items.length === 1 && items[0] ? items[0] : await window.showQuickPick(items, { matchOnDescription: true });
    if (picked !== undefined) {
      await this.perform(place, picked.choice);
    }
  }

  private async perform({ document }: PlaceOfDeed, { deed, action }: Choice): Promise<void> {
    if (await this.deeds.perform(document, action)) {
      this.last = deed;
      this.showSoon();
    }
  }

  /** Shows the keys once the cursor rests. */
  private showSoon(): void {
    clearTimeout(this.timer);
    if (this.typing === undefined) {
      return;
    }
    this.timer = setTimeout(() => {
      void this.show().catch(report);
    }, 120);
  }

  private async show(): Promise<void> {
    const editor = window.activeTextEditor;
    const choices = editor !== undefined && isText(editor.document) ? await this.deeds.at(editor) : [];
    if (this.typing === undefined) {
      return;
    }
    const own = keys(choices, editor?.selection.isEmpty ?? true);
    const shown = [...own].map(([of, { deed }]) => `${of} ${this.annotations.label(deed.type ?? "")}`);
    const keysShown = shown.length === 0 ? l10n.t("Annotate: select words") : shown.slice(0, 9).join("  ");
    const relating = this.first === undefined ? "" : ` ${l10n.t("Relate “{0}” to…", this.first.words)}`;
    this.status.text = `$(pencil)${relating === "" ? ` ${keysShown}` : relating}`;
    this.status.backgroundColor = new ThemeColor("statusBarItem.warningBackground");
    this.status.tooltip = l10n.t(
      "Annotate mode. A key annotates, or changes the type of what is annotated; . repeats, + and - grow and shrink the selection, @ links, ) and ( go to what is not linked, * annotates all occurrences, > relates two annotations, ? lists everything, Escape ends the mode.",
    );
    this.status.show();
  }
}

/**
 * The key of each type: that of the configuration, else the next free digit. At a cursor in an annotation a key changes its
 * type.
 */
function keys(choices: Choice[], isCursor: boolean): Map<string, Choice> {
  const changed = new Map(choices.filter(among(["retype"])).map((choice) => [choice.deed.type, choice]));
  const made = choices.filter(among(["annotate"]));
  const all = made.length > 0 ? made : [...changed.values()];
  const deedOf = (choice: Choice): Choice => (isCursor ? changed.get(choice.deed.type) : undefined) ?? choice;
  const taken = new Map<string, Choice>();
  for (const choice of all) {
    const { key: own } = choice.deed;
    if (own !== undefined && !taken.has(own)) {
      taken.set(own, deedOf(choice));
    }
  }
  const free = Array.from(DIGITS).filter((digit) => !taken.has(digit));
  for (const choice of all.filter(({ deed }) => deed.key === undefined)) {
    const next = free.shift();
    if (next !== undefined) {
      taken.set(next, deedOf(choice));
    }
  }
  return taken;
}

function among(deeds: string[]): (choice: Choice) => boolean {
  return ({ deed }) => deeds.includes(deed.deed);
}

function isText({ uri, languageId }: TextDocument): boolean {
  return uri.scheme === "file" && languageId === "plaintext" && !/\.(ann|a1|a2|toml|conf)$/.test(uri.path);
}

function report(error: unknown): undefined {
  void window.showErrorMessage(`scholiast: ${error instanceof Error ? error.message : String(error)}`);
  return undefined;
}
