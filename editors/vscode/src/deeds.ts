// What an annotator can do here, and doing it: code actions of the server, which come with their edits or resolve to them.

import { Range, type TextDocument, type Uri, workspace, WorkspaceEdit } from "vscode";
import { type CodeAction, CodeActionRequest, CodeActionResolveRequest } from "vscode-languageclient/node";
import { reviewed } from "./occurrences";
import type { Session } from "./session";

const KIND = "refactor.rewrite.annotation";

/** What a code action does, as the server says in its data. */
export interface Deed {
  deed: string;
  /** Of a new or changed annotation. */
  type?: string;
  /** The entry that is linked to. */
  entry?: string;
  /** The key that `kb_shortcuts.conf` gives the type. */
  key?: string;
}

/** A text with what is selected in it: an editor, or as it was when a key was pressed. */
export interface PlaceOfDeed {
  document: TextDocument;
  selection: Range;
}

export interface Choice {
  deed: Deed;
  action: CodeAction;
}

/** An annotation file before and after a deed; before it may not have been there. */
interface Done {
  uri: Uri;
  before: string | undefined;
  after: string;
}

/** Deeds that can be taken back. */
const MOST_DONE = 100;

export class Deeds {
  private readonly done: Done[][] = [];
  // One deed after the other: a key that takes back comes while the deed before it is still being saved.
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly session: Session) {}

  /** What the server offers for a range: that of the selection, where none is given. */
  async at({ document, selection }: PlaceOfDeed, range: Range = selection): Promise<Choice[]> {
    const client = this.session.runningClient;
    if (client === undefined) {
      return [];
    }
    const { code2ProtocolConverter: protocol } = client;
    const found = await client.sendRequest(CodeActionRequest.type, {
      textDocument: protocol.asTextDocumentIdentifier(document),
      range: protocol.asRange(range),
      context: { diagnostics: [], only: [KIND] },
    });
    return (found ?? []).flatMap((action) => {
      const deed = "kind" in action ? deedOf(action) : undefined;
      return deed === undefined ? [] : [{ deed, action: action as CodeAction }];
    });
  }

  /**
   * Does what an action says. Annotation files that had no unsaved changes are saved at once, unless their text has some:
   * then they are saved together with it.
   */
  perform(text: TextDocument, action: CodeAction): Promise<boolean> {
    return this.inTurn(() => this.make(text, action));
  }

  /** Something was done that can be taken back. */
  get canUndo(): boolean {
    return this.done.length > 0;
  }

  /**
   * Takes the last deed back, in the annotation files: the undo of an editor is of its own document alone. False where one
   * of them has changed since.
   */
  undo(): Promise<boolean> {
    return this.inTurn(() => this.takeBack());
  }

  private inTurn<T>(step: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(step);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async make(text: TextDocument, action: CodeAction): Promise<boolean> {
    const client = this.session.runningClient;
    if (client === undefined) {
      return false;
    }
    const resolved =
      action.edit === undefined ? await client.sendRequest(CodeActionResolveRequest.type, action) : action;
    const whole = await client.protocol2CodeConverter.asWorkspaceEdit(resolved.edit);
    const asks = Object.values(resolved.edit?.changeAnnotations ?? {}).some((each) => each.needsConfirmation === true);
    const edit = whole !== undefined && asks ? await reviewed(whole, action.title) : whole;
    if (edit === undefined) {
      return false;
    }
    const dirty = new Set(workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ uri }) => uri.toString()));
    const before = await Promise.all(edit.entries().map(async ([uri]) => ({ uri, before: await textOf(uri) })));
    if (!(await workspace.applyEdit(edit))) {
      return false;
    }
    const done = await Promise.all(before.map(async (file) => ({ ...file, after: (await textOf(file.uri)) ?? "" })));
    this.done.push(done.filter((file) => file.before !== file.after));
    this.done.splice(0, this.done.length - MOST_DONE);
    const touched = new Set(edit.entries().map(([uri]) => uri.toString()));
    const written = workspace.textDocuments.filter(({ isDirty, uri }) => {
      const path = uri.path.replace(/\.(ann|a1|a2)$/, ".txt");
      const isOfDirtyText = text.isDirty ? path === text.uri.path : dirty.has(uri.with({ path }).toString());
      return isDirty && touched.has(uri.toString()) && !dirty.has(uri.toString()) && !isOfDirtyText;
    });
    await Promise.all(written.map((document) => document.save()));
    return true;
  }

  private async takeBack(): Promise<boolean> {
    const last = this.done.pop() ?? [];
    const edit = new WorkspaceEdit();
    const saved: TextDocument[] = [];
    for (const { uri, before, after } of last) {
      const document = await workspace.openTextDocument(uri);
      if (document.getText() !== after) {
        return false;
      }
      if (!document.isDirty) {
        saved.push(document);
      }
      if (before === undefined) {
        edit.deleteFile(uri, { ignoreIfNotExists: true });
      } else {
        edit.replace(uri, document.validateRange(new Range(0, 0, document.lineCount, 0)), before);
      }
    }
    if (last.length === 0 || !(await workspace.applyEdit(edit))) {
      return false;
    }
    await Promise.all(saved.filter((document) => document.isDirty).map((document) => document.save()));
    return true;
  }
}

/** The text of a file as it stands in the editor, else on the disk. */
async function textOf(uri: Uri): Promise<string | undefined> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) {
    return open.getText();
  }
  try {
    return (await workspace.openTextDocument(uri)).getText();
  } catch {
    return undefined;
  }
}

function deedOf(action: { data?: unknown }): Deed | undefined {
  const { data } = action;
  const deed: unknown = typeof data === "object" && data !== null && "deed" in data ? data.deed : undefined;
  return typeof deed === "string" ? (data as Deed) : undefined;
}
