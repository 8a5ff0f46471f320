// The Mentions view: every mention of what is under the cursor with the words around it (keyword in context).

import {
  commands,
  type DataTransfer,
  DataTransferItem,
  Disposable,
  EventEmitter,
  l10n,
  type QuickPickItem,
  type TextEditor,
  type TreeDataProvider,
  type TreeDragAndDropController,
  type TreeItem,
  type TreeView,
  window,
} from "vscode";
import { ReferencesRequest } from "vscode-languageclient/node";
import { dragged, MENTIONS_MIME } from "../linking";
import type { Session } from "../session";
import { placeItem } from "./entities";
import { type PlaceInLine, withLines } from "./lines";

type Order = "file" | "spelling" | "after" | "before";

interface OrderItem extends QuickPickItem {
  order: Order;
}

export class MentionsView implements TreeDataProvider<PlaceInLine>, TreeDragAndDropController<PlaceInLine> {
  private readonly changed = new EventEmitter<undefined>();
  private readonly disposables: Disposable;
  private readonly view: TreeView<PlaceInLine>;
  private places: PlaceInLine[] = [];
  private order: Order = "file";
  private pinned = false;
  private timer: NodeJS.Timeout | undefined;
  private asked = 0;

  readonly onDidChangeTreeData = this.changed.event;
  readonly dragMimeTypes = [MENTIONS_MIME];
  readonly dropMimeTypes = [];

  constructor(private readonly session: Session) {
    this.view = window.createTreeView("scholiast.mentions", {
      treeDataProvider: this,
      dragAndDropController: this,
      canSelectMany: true,
    });
    const follow = (editor: TextEditor | undefined): void => {
      if (this.view.visible && !this.pinned && editor?.document.uri.scheme === "file") {
        clearTimeout(this.timer);
        // The cursor rests: on its way it is not followed.
        this.timer = setTimeout(() => void this.show(editor), 300);
      }
    };
    this.disposables = Disposable.from(
      this.view,
      this.changed,
      window.onDidChangeTextEditorSelection(({ textEditor }) => {
        follow(textEditor);
      }),
      window.onDidChangeActiveTextEditor(follow),
      this.view.onDidChangeVisibility(() => {
        follow(window.activeTextEditor);
      }),
      commands.registerCommand("scholiast.showMentions", () => this.reveal()),
      commands.registerCommand("scholiast.pinMentions", () => {
        this.pin(true);
      }),
      commands.registerCommand("scholiast.unpinMentions", () => {
        this.pin(false);
        follow(window.activeTextEditor);
      }),
      commands.registerCommand("scholiast.sortMentions", () => this.sort()),
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.disposables.dispose();
  }

  getChildren(node?: PlaceInLine): PlaceInLine[] {
    return node === undefined ? this.places : [];
  }

  getTreeItem(place: PlaceInLine): TreeItem {
    return placeItem(place);
  }

  handleDrag(source: readonly PlaceInLine[], transfer: DataTransfer): void {
    transfer.set(MENTIONS_MIME, new DataTransferItem(dragged(source)));
  }

  private async reveal(): Promise<void> {
    await commands.executeCommand("scholiast.mentions.focus");
    const editor = window.activeTextEditor;
    if (editor !== undefined) {
      await this.show(editor);
    }
  }

  private pin(pinned: boolean): void {
    this.pinned = pinned;
    void commands.executeCommand("setContext", "scholiast.mentionsPinned", pinned);
  }

  private async show(editor: TextEditor): Promise<void> {
    const client = this.session.runningClient;
    if (client === undefined) {
      return;
    }
    this.asked += 1;
    const mine = this.asked;
    const { document, selection } = editor;
    const found = await client.sendRequest(ReferencesRequest.type, {
      textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
      position: client.code2ProtocolConverter.asPosition(selection.active),
      context: { includeDeclaration: false },
    });
    const places = await withLines((await client.protocol2CodeConverter.asReferences(found)) ?? []);
    // Another question was asked meanwhile, or the cursor is on nothing: what is shown stays readable.
    if (mine !== this.asked || places.length === 0) {
      return;
    }
    const here = places.find(({ uri, range }) => {
      return uri.toString() === document.uri.toString() && range.contains(selection.active);
    });
    this.places = places;
    this.view.title = here === undefined ? l10n.t("Mentions") : l10n.t("Mentions of {0}", here.text);
    this.arrange();
  }

  private async sort(): Promise<void> {
    const items: OrderItem[] = [
      { label: l10n.t("By file and line"), order: "file" },
      { label: l10n.t("By spelling"), order: "spelling" },
      { label: l10n.t("By the words after"), order: "after" },
      { label: l10n.t("By the words before"), order: "before" },
    ];
    const picked = await window.showQuickPick(items);
    if (picked !== undefined) {
      this.order = picked.order;
      this.arrange();
    }
  }

  private arrange(): void {
    const collator = new Intl.Collator();
    const byFile = (a: PlaceInLine, b: PlaceInLine): number =>
      collator.compare(a.uri.path, b.uri.path) || a.range.start.compareTo(b.range.start);
    const lastFirst = (text: string): string => text.trimEnd().split(/\s+/).reverse().join(" ");
    const orders: Record<Order, (a: PlaceInLine, b: PlaceInLine) => number> = {
      file: byFile,
      spelling: (a, b) => collator.compare(a.text, b.text) || byFile(a, b),
      after: (a, b) => collator.compare(a.after.trimStart(), b.after.trimStart()) || byFile(a, b),
      before: (a, b) => collator.compare(lastFirst(a.before), lastFirst(b.before)) || byFile(a, b),
    };
    this.places.sort(orders[this.order]);
    const files = new Set(this.places.map(({ uri }) => uri.toString())).size;
    this.view.description = l10n.t("{0} in {1} files", this.places.length, files);
    this.changed.fire(undefined);
  }
}
