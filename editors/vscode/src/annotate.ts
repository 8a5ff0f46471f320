// The annotate mode: while it is on, a key annotates what is selected, or the mention under the cursor. What can be done
// and the edits that do it are the server's code actions of the kind `refactor.rewrite.annotation`.

import {
  commands,
  Disposable,
  l10n,
  type QuickPickItem,
  Range,
  Selection,
  StatusBarAlignment,
  type TextDocument,
  type TextEditor,
  TextEditorRevealType,
  window,
  workspace,
} from "vscode";
import { type CodeAction, CodeActionRequest, CodeActionResolveRequest } from "vscode-languageclient/node";
import { key } from "./keys";
import type { Session } from "./session";

const KIND = "refactor.rewrite.annotation";

/** What a code action does, as the server says in its data. */
interface Deed {
  deed: string;
  /** Of a new or changed annotation. */
  type?: string;
  /** The entry that is linked to. */
  entry?: string;
  /** The key that `kb_shortcuts.conf` gives the type. */
  key?: string;
}

interface Choice {
  deed: Deed;
  action: CodeAction;
}

// Types without a key of their own get these, in order.
const DIGITS = "123456789";

// What the other keys of the mode do: deeds of the server that are picked from, or commands of the editor.
const PICKED: Record<string, string[]> = {
  "@": ["link", "annotate-and-link"],
  "*": ["annotate-all"],
  ">": ["relation"],
  "#": ["note"],
  "~": ["attribute", "retype"],
};
const COMMANDS: Record<string, string> = {
  "+": "editor.action.smartSelect.expand",
  "=": "editor.action.smartSelect.expand",
  "-": "editor.action.smartSelect.shrink",
  "]": "scholiast.nextAnnotation",
  "[": "scholiast.previousAnnotation",
  "}": "editor.action.marker.next",
  "{": "editor.action.marker.prev",
};

export class AnnotateMode implements Disposable {
  private readonly status = window.createStatusBarItem("scholiast.annotate", StatusBarAlignment.Left);
  private readonly disposables: Disposable;
  private typing: Disposable | undefined;
  private last: Deed | undefined;
  private timer: NodeJS.Timeout | undefined;
  // One key after the other: the second asks about the text that the first has annotated.
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly session: Session) {
    this.status.name = l10n.t("Annotate mode");
    this.status.command = "scholiast.annotateMode";
    this.disposables = Disposable.from(
      this.status,
      commands.registerCommand("scholiast.annotateMode", () => {
        this.toggle();
      }),
      commands.registerCommand("scholiast.leaveAnnotateMode", () => {
        this.leave();
      }),
      commands.registerCommand("scholiast.annotate", () => this.choose(() => true)),
      commands.registerCommand("scholiast.linkAnnotation", () => this.choose(among(PICKED["@"] ?? []))),
      commands.registerCommand("scholiast.annotateAll", () => this.choose(among(PICKED["*"] ?? []))),
      commands.registerCommand("scholiast.deleteAnnotation", () => this.choose(among(["delete"]))),
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
    this.turn = this.turn.then(() => this.press(editor, text)).catch(report);
    await this.turn;
  }

  private async press(editor: TextEditor, typed: string): Promise<void> {
    const choices = await this.choices(editor);
    const own = keys(choices);
    const chosen = own.get(typed) ?? own.get(key(typed));
    const pressed = chosen === undefined ? key(typed) : typed;
    const command = COMMANDS[pressed];
    if (chosen !== undefined) {
      await this.perform(editor, chosen);
    } else if (pressed === ".") {
      await this.repeat(editor, choices);
    } else if (pressed === "?") {
      await this.pick(editor, choices);
    } else if (PICKED[pressed] !== undefined) {
      await this.pick(editor, choices.filter(among(PICKED[pressed])));
    } else if (command !== undefined) {
      await commands.executeCommand(command);
    } else {
      window.setStatusBarMessage(
        l10n.t("scholiast: the key {0} means nothing here; ? lists what can be done", typed),
        4000,
      );
    }
  }

  private async repeat(editor: TextEditor, choices: Choice[]): Promise<void> {
    const { last } = this;
    const same = choices.find(
      ({ deed }) => deed.deed === last?.deed && deed.type === last.type && deed.entry === last.entry,
    );
    if (same === undefined) {
      window.setStatusBarMessage(l10n.t("scholiast: there is nothing to repeat here"), 4000);
    } else {
      await this.perform(editor, same);
    }
  }

  private async choose(wanted: (choice: Choice) => boolean): Promise<void> {
    const editor = window.activeTextEditor;
    if (editor !== undefined && isText(editor.document)) {
      await this.pick(editor, (await this.choices(editor)).filter(wanted)).catch(report);
    }
  }

  private async pick(editor: TextEditor, choices: Choice[]): Promise<void> {
    if (choices.length === 0) {
      window.setStatusBarMessage(l10n.t("scholiast: nothing of that kind can be done here"), 4000);
      return;
    }
    const own = new Map([...keys(choices)].map(([of, choice]) => [choice, of]));
    const items = choices.map((choice): QuickPickItem & { choice: Choice } => ({
      label: choice.action.title,
      description: own.get(choice) ?? "",
      choice,
    }));
    const picked =
      items.length === 1 && items[0] ? items[0] : await window.showQuickPick(items, { matchOnDescription: true });
    if (picked !== undefined) {
      await this.perform(editor, picked.choice);
    }
  }

  /** What the server offers for the selection, or for the mention under the cursor. */
  private async choices({ document, selection }: TextEditor): Promise<Choice[]> {
    const client = this.session.runningClient;
    if (client === undefined) {
      return [];
    }
    const { code2ProtocolConverter: protocol } = client;
    const found = await client.sendRequest(CodeActionRequest.type, {
      textDocument: protocol.asTextDocumentIdentifier(document),
      range: protocol.asRange(selection),
      context: { diagnostics: [], only: [KIND] },
    });
    return (found ?? []).flatMap((action) => {
      const deed = "kind" in action ? deedOf(action) : undefined;
      return deed === undefined ? [] : [{ deed, action: action as CodeAction }];
    });
  }

  private async perform(editor: TextEditor, { deed, action }: Choice): Promise<void> {
    const client = this.session.runningClient;
    if (client === undefined) {
      return;
    }
    const resolved =
      action.edit === undefined ? await client.sendRequest(CodeActionResolveRequest.type, action) : action;
    const edit = await client.protocol2CodeConverter.asWorkspaceEdit(resolved.edit);
    if (edit === undefined) {
      return;
    }
    const dirty = new Set(workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ uri }) => uri.toString()));
    const at = editor.selection;
    if (!(await workspace.applyEdit(edit))) {
      return;
    }
    this.last = deed;
    // A text that is not saved yet is saved together with its annotations later.
    if (!editor.document.isDirty) {
      const touched = new Set(edit.entries().map(([uri]) => uri.toString()));
      const written = workspace.textDocuments.filter(
        ({ isDirty, uri }) => isDirty && touched.has(uri.toString()) && !dirty.has(uri.toString()),
      );
      await Promise.all(written.map((document) => document.save()));
    }
    editor.selection = new Selection(at.anchor, at.active);
    editor.revealRange(new Range(at.start, at.end), TextEditorRevealType.InCenterIfOutsideViewport);
    this.showSoon();
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
    const choices = editor !== undefined && isText(editor.document) ? await this.choices(editor) : [];
    if (this.typing === undefined) {
      return;
    }
    const shown = [...keys(choices)].map(([of, { deed }]) => `${of} ${deed.type ?? ""}`);
    this.status.text = `$(pencil) ${shown.length === 0 ? l10n.t("Annotate: select words") : shown.slice(0, 9).join("  ")}`;
    this.status.tooltip = l10n.t(
      "Annotate mode. A key annotates; . repeats, + and - grow and shrink the selection, @ links, * annotates all occurrences, > adds a relation, ? lists everything, Escape ends the mode.",
    );
    this.status.show();
  }
}

function deedOf(action: CodeAction): Deed | undefined {
  const data: unknown = action.data;
  const deed: unknown = typeof data === "object" && data !== null && "deed" in data ? data.deed : undefined;
  return typeof deed === "string" ? (data as Deed) : undefined;
}

/** The key of each new annotation: that of the configuration, else the next free digit. */
function keys(choices: Choice[]): Map<string, Choice> {
  const made = choices.filter(among(["annotate"]));
  const taken = new Map<string, Choice>();
  for (const choice of made) {
    const { key: own } = choice.deed;
    if (own !== undefined && !taken.has(own)) {
      taken.set(own, choice);
    }
  }
  const free = Array.from(DIGITS).filter((digit) => !taken.has(digit));
  for (const choice of made.filter(({ deed }) => deed.key === undefined)) {
    const next = free.shift();
    if (next !== undefined) {
      taken.set(next, choice);
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

function report(error: unknown): void {
  void window.showErrorMessage(`scholiast: ${error instanceof Error ? error.message : String(error)}`);
}
