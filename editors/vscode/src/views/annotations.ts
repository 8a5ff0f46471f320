// The Annotations view: the lines of the annotation files beside the active text. A click leads to the marked text by the
// server's definition; nothing here counts offsets.

import {
  commands,
  Disposable,
  EventEmitter,
  l10n,
  Location,
  type LocationLink,
  Position,
  type TextDocument,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  Uri,
  window,
  workspace,
} from "vscode";

const ENDINGS = [".ann", ".a1", ".a2"];

interface Line {
  uri: Uri;
  number: number;
  id: string;
  type: string;
  rest: string;
}

const ICONS: Record<string, string> = {
  T: "symbol-text",
  E: "symbol-event",
  R: "git-compare",
  A: "symbol-property",
  M: "symbol-property",
  N: "link",
  "#": "comment",
  "*": "git-compare",
};

export class AnnotationsView implements TreeDataProvider<Line> {
  private readonly changed = new EventEmitter<undefined>();
  private readonly disposables: Disposable;
  private readonly view: TreeView<Line>;
  private text: Uri | undefined;
  private lines: Line[] = [];
  private type: string | undefined;
  private current = -1;

  readonly onDidChangeTreeData = this.changed.event;

  constructor() {
    this.view = window.createTreeView("scholiast.annotations", { treeDataProvider: this });
    const show = (document: TextDocument | undefined): void => {
      void this.show(document);
    };
    this.disposables = Disposable.from(
      this.view,
      this.changed,
      window.onDidChangeActiveTextEditor((editor) => {
        show(editor?.document);
      }),
      workspace.onDidSaveTextDocument(() => {
        show(window.activeTextEditor?.document);
      }),
      this.view.onDidChangeVisibility(() => {
        show(window.activeTextEditor?.document);
      }),
      commands.registerCommand("scholiast.nextAnnotation", () => this.step(1)),
      commands.registerCommand("scholiast.previousAnnotation", () => this.step(-1)),
      commands.registerCommand("scholiast.filterAnnotations", () => this.filter()),
      commands.registerCommand("scholiast.openAnnotation", (line: Line) => openMarked(line)),
    );
  }

  dispose(): void {
    this.disposables.dispose();
  }

  getChildren(line?: Line): Line[] {
    return line === undefined ? this.shown() : [];
  }

  getParent(): undefined {
    return undefined;
  }

  getTreeItem(line: Line): TreeItem {
    const item = new TreeItem(line.rest === "" ? line.id : line.rest, TreeItemCollapsibleState.None);
    item.description = `${line.type} · ${line.id}`;
    item.tooltip = `${workspace.asRelativePath(line.uri)}:${line.number + 1}`;
    item.iconPath = new ThemeIcon(ICONS[line.id.charAt(0)] ?? "symbol-misc");
    item.accessibilityInformation = { label: `${line.type} ${line.rest}, ${line.id}` };
    item.command = { command: "scholiast.openAnnotation", title: l10n.t("Open"), arguments: [line] };
    return item;
  }

  private shown(): Line[] {
    return this.lines.filter(({ type }) => this.type === undefined || type === this.type);
  }

  private async show(document: TextDocument | undefined): Promise<void> {
    // An annotation file keeps what is shown of its text.
    if (document?.uri.scheme !== "file" || ENDINGS.some((ending) => document.fileName.endsWith(ending))) {
      return;
    }
    this.text = document.uri;
    const found = await Promise.all(ENDINGS.map((ending) => readLines(beside(document.uri, ending))));
    if (this.text === document.uri) {
      this.lines = found.flat();
      this.current = -1;
      this.view.description = this.lines.length === 0 ? "" : String(this.shown().length);
      this.changed.fire(undefined);
    }
  }

  private async filter(): Promise<void> {
    const all = l10n.t("All types");
    const types = [...new Set(this.lines.map(({ type }) => type))].sort();
    const picked = await window.showQuickPick([all, ...types]);
    if (picked !== undefined) {
      this.type = picked === all ? undefined : picked;
      this.view.description = this.type ?? "";
      this.changed.fire(undefined);
    }
  }

  private async step(by: number): Promise<void> {
    const marked = this.shown().filter(({ id }) => id.startsWith("T"));
    const line = marked[(this.current + by + marked.length) % marked.length];
    if (line === undefined) {
      void window.showInformationMessage(l10n.t("The text has no annotations beside it."));
      return;
    }
    this.current = marked.indexOf(line);
    if (this.view.visible) {
      await this.view.reveal(line);
    }
    await openMarked(line);
  }
}

function beside(text: Uri, ending: string): Uri {
  return text.with({ path: text.path.replace(/\.[^./]*$/, "") + ending });
}

async function readLines(uri: Uri): Promise<Line[]> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  let text = open?.getText();
  if (text === undefined) {
    try {
      text = new TextDecoder().decode(await workspace.fs.readFile(uri));
    } catch {
      return [];
    }
  }
  return text.split(/\r\n|\r|\n/).flatMap((line, number) => {
    const [id, head, ...rest] = line.split("\t");
    if (id === undefined || head === undefined || !/^[TREAMN#*]/.test(id)) {
      return [];
    }
    const [type, ...places] = head.split(" ");
    const shown = rest.length > 0 ? rest.join(" ") : places.join(" ");
    return [{ uri, number, id, type: type?.replace(/:.*/, "") ?? "", rest: shown }];
  });
}

async function openMarked({ uri, number }: Line): Promise<void> {
  // The server knows annotation files that are open.
  await workspace.openTextDocument(uri);
  const found = await commands.executeCommand<(Location | LocationLink)[] | undefined>(
    "vscode.executeDefinitionProvider",
    uri,
    new Position(number, 0),
  );
  const target = found?.[0];
  const place =
    target === undefined
      ? new Location(uri, new Position(number, 0))
      : target instanceof Location
        ? target
        : new Location(target.targetUri, target.targetSelectionRange ?? target.targetRange);
  await window.showTextDocument(place.uri, { selection: place.range, preserveFocus: true });
}
