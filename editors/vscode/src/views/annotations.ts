// The Annotations view: what is annotated in the active text, by type, with links, relations and notes.

import {
  commands,
  type DataTransfer,
  DataTransferItem,
  Disposable,
  EventEmitter,
  l10n,
  MarkdownString,
  Position,
  Range,
  Selection,
  TextEditorRevealType,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  type TreeDragAndDropController,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  Uri,
  window,
  workspace,
} from "vscode";
import type { Annotation, TextAnnotations } from "../annotations";
import { ANNOTATIONS_MIME, dragged, type Linking, type PlaceInText } from "../linking";
import { opening } from "./entities";

type Node =
  | { at: "type"; type: string; annotations: Annotation[] }
  | { at: "annotation"; annotation: Annotation }
  | { at: "fact"; annotation: Annotation; label: string; detail: string; icon: string; target?: string };

export class AnnotationsView implements TreeDataProvider<Node>, TreeDragAndDropController<Node> {
  private readonly changed = new EventEmitter<undefined>();
  private readonly disposables: Disposable;
  private readonly view: TreeView<Node>;
  private listed = "";
  private filter: { type?: string; unlinked?: boolean } = {};

  readonly onDidChangeTreeData = this.changed.event;
  readonly dragMimeTypes = [ANNOTATIONS_MIME];
  readonly dropMimeTypes = [];

  constructor(
    private readonly annotations: TextAnnotations,
    private readonly linking: Linking,
  ) {
    this.view = window.createTreeView("scholiast.annotations", {
      treeDataProvider: this,
      dragAndDropController: this,
      showCollapseAll: true,
      canSelectMany: true,
    });
    this.disposables = Disposable.from(
      this.view,
      this.changed,
      annotations.onDidChange(() => {
        this.show();
      }),
      commands.registerCommand("scholiast.nextAnnotation", () => this.step(1, false)),
      commands.registerCommand("scholiast.previousAnnotation", () => this.step(-1, false)),
      commands.registerCommand("scholiast.nextUnlinked", () => this.step(1, true)),
      commands.registerCommand("scholiast.previousUnlinked", () => this.step(-1, true)),
      commands.registerCommand("scholiast.filterAnnotations", () => this.choose()),
      commands.registerCommand("scholiast.refreshAnnotations", () =>
        annotations.renew(window.activeTextEditor?.document),
      ),
      commands.registerCommand("scholiast.linkThis", (node: Node) => this.link(node)),
      commands.registerCommand("scholiast.openAnnotationLine", (node: Node) => openLine(node)),
    );
  }

  dispose(): void {
    this.disposables.dispose();
  }

  getChildren(node?: Node): Node[] {
    switch (node?.at) {
      case undefined: {
        const groups = new Map<string, Annotation[]>();
        for (const annotation of this.shown()) {
          groups.set(annotation.type, [...(groups.get(annotation.type) ?? []), annotation]);
        }
        return [...groups].map(([type, annotations]) => ({ at: "type", type, annotations }));
      }
      case "type":
        return node.annotations.map((annotation) => ({ at: "annotation", annotation }));
      case "annotation":
        return facts(node.annotation);
      case "fact":
        return [];
    }
  }

  getParent(node: Node): Node | undefined {
    switch (node.at) {
      case "type":
        return undefined;
      case "annotation":
        return this.getChildren().find((group) => group.at === "type" && group.type === node.annotation.type);
      case "fact":
        return { at: "annotation", annotation: node.annotation };
    }
  }

  getTreeItem(node: Node): TreeItem {
    switch (node.at) {
      case "type": {
        const label = this.annotations.label(node.type);
        const item = new TreeItem(label, TreeItemCollapsibleState.Expanded);
        item.id = `type ${node.type}`;
        item.iconPath = new ThemeIcon("symbol-class");
        item.description =
          label === node.type ? String(node.annotations.length) : `${node.type} · ${node.annotations.length}`;
        item.contextValue = "type";
        return item;
      }
      case "annotation":
        return this.annotationItem(node.annotation);
      case "fact": {
        const item = new TreeItem(node.label, TreeItemCollapsibleState.None);
        item.description = node.detail;
        item.iconPath = new ThemeIcon(node.icon);
        const target = this.annotations.annotations.find(({ id, uri }) => {
          return id === node.target && uri === node.annotation.uri;
        });
        const place = this.annotations.location(target ?? node.annotation);
        if (place !== undefined) {
          item.command = opening(place);
        }
        return item;
      }
    }
  }

  handleDrag(source: readonly Node[], transfer: DataTransfer): void {
    const places = source.flatMap((node) => (node.at === "annotation" ? this.placeOf(node.annotation) : []));
    transfer.set(ANNOTATIONS_MIME, new DataTransferItem(dragged(places)));
  }

  private annotationItem(annotation: Annotation): TreeItem {
    const isUnlinked = this.annotations.isUnlinked(annotation);
    const [link] = annotation.links;
    const said = facts(annotation);
    const item = new TreeItem(
      annotation.text,
      said.length === 0 ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed,
    );
    item.id = `${annotation.uri} ${annotation.id}`;
    const linked = link === undefined ? (isUnlinked ? l10n.t("not linked") : "") : (link.name ?? link.entry);
    item.description = [annotation.id, linked].filter((part) => part !== "").join(" · ");
    item.iconPath = isUnlinked
      ? new ThemeIcon("circle-outline", new ThemeColor("scholiast.unlinked"))
      : new ThemeIcon(link === undefined ? "circle-filled" : "link");
    item.contextValue = isUnlinked ? "annotation unlinked" : "annotation";
    item.tooltip = new MarkdownString(
      [`**${plain(annotation.text)}**`, ...said.map(({ label, detail }) => `${plain(label)} ${plain(detail)}`)].join(
        "\n\n",
      ),
    );
    const label = this.annotations.label(annotation.type);
    item.accessibilityInformation = { label: `${label} ${annotation.text}, ${item.description}` };
    const place = this.annotations.location(annotation);
    if (place !== undefined) {
      item.command = opening(place);
    }
    return item;
  }

  private placeOf(annotation: Annotation): PlaceInText[] {
    const place = this.annotations.location(annotation);
    // A cursor in it means the annotation, whatever else is there.
    return place === undefined ? [] : [{ uri: place.uri, range: inside(place.range) }];
  }

  private shown(): Annotation[] {
    const { type, unlinked } = this.filter;
    return this.annotations.annotations.filter((annotation) => {
      return (type === undefined || annotation.type === type) && (!unlinked || this.annotations.isUnlinked(annotation));
    });
  }

  private show(): void {
    const all = this.annotations.annotations;
    const unlinked = all.filter((annotation) => this.annotations.isUnlinked(annotation)).length;
    const counts = unlinked === 0 ? String(all.length) : l10n.t("{0}, {1} not linked", all.length, unlinked);
    const filtered = this.filter.unlinked ? l10n.t("not linked") : this.filter.type;
    this.view.description = all.length === 0 ? "" : [filtered, counts].filter(Boolean).join(" · ");
    // Everything is filtered out: that must not look like a text without annotations.
    this.view.message =
      all.length > 0 && this.shown().length === 0 ? l10n.t("No annotation of this text matches the filter.") : "";
    // Rows that are made anew jump for a moment, under the mouse of somebody who drags one.
    const listed = JSON.stringify([this.annotations.text, this.annotations.types, this.shown()]);
    if (listed !== this.listed) {
      this.listed = listed;
      this.changed.fire(undefined);
    }
  }

  private async choose(): Promise<void> {
    const all = { label: l10n.t("All annotations"), filter: {} };
    const unlinked = { label: l10n.t("Only what is not linked"), filter: { unlinked: true } };
    const types = [...new Set(this.annotations.annotations.map(({ type }) => type))].sort();
    const ofTypes = types.map((type) => {
      const label = this.annotations.label(type);
      return { label, ...(label === type ? {} : { description: type }), filter: { type } };
    });
    const picked = await window.showQuickPick([all, unlinked, ...ofTypes]);
    if (picked !== undefined) {
      this.filter = picked.filter;
      this.show();
    }
  }

  /** Goes to the annotation after or before the cursor, round the end of the text. */
  private async step(by: 1 | -1, unlinked: boolean): Promise<void> {
    const editor = window.activeTextEditor;
    if (editor === undefined) {
      return;
    }
    if (this.annotations.text?.toString() !== editor.document.uri.toString()) {
      await this.annotations.renew(editor.document);
    }
    const places = this.annotations.annotations
      .filter((annotation) => !unlinked || this.annotations.isUnlinked(annotation))
      .flatMap(({ places }) => places.slice(0, 1));
    const { start } = editor.selection;
    const ahead = places.filter((place) => place.start.isAfter(start));
    const behind = places.filter((place) => place.start.isBefore(start));
    const next = by === 1 ? (ahead[0] ?? places[0]) : (behind.at(-1) ?? places.at(-1));
    if (next === undefined) {
      const message = unlinked
        ? l10n.t("Everything that can be linked in this text is linked.")
        : l10n.t("The text has no annotations beside it.");
      window.setStatusBarMessage(`scholiast: ${message}`, 4000);
      return;
    }
    // A cursor, not a selection: keys of the annotate mode then mean this annotation.
    editor.selection = new Selection(next.start, next.start);
    editor.revealRange(next, TextEditorRevealType.InCenterIfOutsideViewport);
  }

  private async link(node: Node): Promise<void> {
    const [place] = node.at === "annotation" ? this.placeOf(node.annotation) : [];
    if (place !== undefined && node.at === "annotation") {
      await this.linking.choose(place, node.annotation.text);
    }
  }
}

function facts(annotation: Annotation): Extract<Node, { at: "fact" }>[] {
  const fact = (icon: string, label: string, detail = "", target?: string): Extract<Node, { at: "fact" }> => ({
    at: "fact",
    annotation,
    icon,
    label,
    detail,
    ...(target === undefined ? {} : { target }),
  });
  return [
    ...annotation.links.map(({ entry, name }) => fact("link", name ?? entry, name === undefined ? "" : entry)),
    ...annotation.relations.map(({ type, target, text }) => fact("arrow-right", `${type} → ${text}`, target, target)),
    ...annotation.attributes.map((attribute) => fact("symbol-property", attribute)),
    ...annotation.notes.map((note) => fact("comment", note)),
  ];
}

/** Opens the line of the annotation file. */
async function openLine(node: Node): Promise<void> {
  if (node.at === "type") {
    return;
  }
  const document = await workspace.openTextDocument(Uri.parse(node.annotation.uri));
  const lines = document.getText().split(/\r\n|\r|\n/);
  const number = Math.max(
    lines.findIndex((line) => line.startsWith(`${node.annotation.id}\t`)),
    0,
  );
  await window.showTextDocument(document, { selection: new Range(number, 0, number, 0) });
}

/** A cursor within a place. */
function inside({ start }: Range): Range {
  const at = new Position(start.line, start.character);
  return new Range(at, at);
}

function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~-]/g, "\\$&");
}
