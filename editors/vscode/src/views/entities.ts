// The Entities view: who and what the registries of the workspace hold, by kind; each opens to its mentions.

import {
  commands,
  Disposable,
  EventEmitter,
  l10n,
  Location,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  type Uri,
  window,
  workspace,
} from "vscode";
import { ReferencesRequest, SymbolKind, WorkspaceSymbolRequest } from "vscode-languageclient/node";
import type { Session } from "../session";
import { type PlaceInLine, withLines } from "./lines";

interface Kind {
  symbol: SymbolKind;
  name: string;
  icon: ThemeIcon;
}

// The kinds of symbols by which the server tells kinds of entities apart.
const KINDS: readonly Kind[] = [
  { symbol: SymbolKind.Class, name: l10n.t("Officials"), icon: coloured("person", "person") },
  { symbol: SymbolKind.Variable, name: l10n.t("People"), icon: coloured("person", "person") },
  { symbol: SymbolKind.Module, name: l10n.t("Organisations"), icon: coloured("organization", "organization") },
  { symbol: SymbolKind.Interface, name: l10n.t("Offices"), icon: coloured("briefcase", "office") },
  { symbol: SymbolKind.Constant, name: l10n.t("Places"), icon: coloured("location", "place") },
  { symbol: SymbolKind.File, name: l10n.t("Legal documents"), icon: coloured("law", "decree") },
  { symbol: SymbolKind.Key, name: l10n.t("Kinds of the corpus's own"), icon: coloured("symbol-key", "pattern") },
];

interface Entity {
  name: string;
  detail: string;
  kind: SymbolKind;
  place: Location;
}

type Node =
  | { at: "kind"; kind: Kind; entities: Entity[] }
  | { at: "entity"; entity: Entity; kind: Kind }
  | { at: "file"; uri: Uri; places: PlaceInLine[] }
  | { at: "place"; place: PlaceInLine };

export class EntitiesView implements TreeDataProvider<Node> {
  private readonly changed = new EventEmitter<undefined>();
  private readonly disposables: Disposable;
  private readonly view: TreeView<Node>;
  private query = "";

  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly session: Session) {
    this.view = window.createTreeView("scholiast.entities", { treeDataProvider: this, showCollapseAll: true });
    const refresh = (): void => {
      this.changed.fire(undefined);
    };
    this.disposables = Disposable.from(
      this.view,
      this.changed,
      session.onDidChangeRunning(refresh),
      // A registry may say otherwise now.
      workspace.onDidSaveTextDocument(({ fileName }) => {
        if (fileName.endsWith(".toml")) {
          refresh();
        }
      }),
      commands.registerCommand("scholiast.refreshEntities", refresh),
      commands.registerCommand("scholiast.filterEntities", () => this.filter()),
    );
  }

  dispose(): void {
    this.disposables.dispose();
  }

  async getChildren(node?: Node): Promise<Node[]> {
    switch (node?.at) {
      case undefined:
        return this.kinds();
      case "kind":
        return node.entities.map((entity) => ({ at: "entity", entity, kind: node.kind }));
      case "entity":
        return this.files(node.entity);
      case "file":
        return node.places.map((place) => ({ at: "place", place }));
      case "place":
        return [];
    }
  }

  getTreeItem(node: Node): TreeItem {
    switch (node.at) {
      case "kind": {
        const item = new TreeItem(node.kind.name, TreeItemCollapsibleState.Collapsed);
        item.id = `kind ${node.kind.symbol}`;
        item.description = String(node.entities.length);
        item.iconPath = node.kind.icon;
        return item;
      }
      case "entity": {
        const { name, detail, place } = node.entity;
        const item = new TreeItem(name, TreeItemCollapsibleState.Collapsed);
        item.description = detail;
        item.tooltip = detail === "" ? name : `${name}\n${detail}`;
        item.iconPath = node.kind.icon;
        item.contextValue = "entity";
        item.command = opening(place);
        return item;
      }
      case "file": {
        const item = new TreeItem(node.uri, TreeItemCollapsibleState.Expanded);
        item.description = String(node.places.length);
        item.iconPath = ThemeIcon.File;
        return item;
      }
      case "place":
        return placeItem(node.place);
    }
  }

  private async filter(): Promise<void> {
    const answer = await window.showInputBox({
      prompt: l10n.t("Part of a name, in any script, or of an id; empty shows all"),
      value: this.query,
    });
    if (answer !== undefined) {
      this.query = answer.trim();
      this.view.description = this.query;
      this.changed.fire(undefined);
    }
  }

  private async kinds(): Promise<Node[]> {
    const client = this.session.runningClient;
    if (client === undefined) {
      return [];
    }
    const found = (await client.sendRequest(WorkspaceSymbolRequest.type, { query: this.query })) ?? [];
    const entities = found.flatMap((symbol): Entity[] => {
      if (!("range" in symbol.location)) {
        return [];
      }
      const place = client.protocol2CodeConverter.asLocation(symbol.location);
      return [{ name: symbol.name, detail: symbol.containerName ?? "", kind: symbol.kind, place }];
    });
    return KINDS.map((kind): Node => {
      return { at: "kind", kind, entities: entities.filter((entity) => entity.kind === kind.symbol) };
    }).filter((node) => node.at !== "kind" || node.entities.length > 0);
  }

  private async files({ place }: Entity): Promise<Node[]> {
    const client = this.session.runningClient;
    if (client === undefined) {
      return [];
    }
    const found = await client.sendRequest(ReferencesRequest.type, {
      textDocument: { uri: client.code2ProtocolConverter.asUri(place.uri) },
      position: place.range.start,
      context: { includeDeclaration: false },
    });
    const places = await withLines((await client.protocol2CodeConverter.asReferences(found)) ?? []);
    const byFile = new Map<string, PlaceInLine[]>();
    for (const each of places) {
      byFile.set(each.uri.toString(), [...(byFile.get(each.uri.toString()) ?? []), each]);
    }
    return [...byFile.values()].flatMap((each): Node[] => {
      return each[0] === undefined ? [] : [{ at: "file", uri: each[0].uri, places: each }];
    });
  }
}

/** One place with the words around it; a click opens it. */
export function placeItem(place: PlaceInLine): TreeItem {
  // A side bar is narrow: the mention must be in sight.
  const before = lastOf(place.before, 12);
  const label = `${before}${place.text}${place.after}`.trimEnd();
  const item = new TreeItem({ label, highlights: [[before.length, before.length + place.text.length]] });
  const file = workspace.asRelativePath(place.uri);
  item.tooltip = `${file}:${place.range.start.line + 1}\n${place.before}${place.text}${place.after}`;
  item.accessibilityInformation = { label: `${label}, ${file}, ${l10n.t("line {0}", place.range.start.line + 1)}` };
  item.command = opening(new Location(place.uri, place.range));
  return item;
}

/** The last letters of a text, with an ellipsis where something is left out. */
export function lastOf(text: string, count: number): string {
  const graphemes = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  return graphemes.length <= count ? text : `…${graphemes.slice(-count).join("")}`;
}

export function opening({ uri, range }: Location): { command: string; title: string; arguments: unknown[] } {
  return { command: "vscode.open", title: l10n.t("Open"), arguments: [uri, { selection: range, preserveFocus: true }] };
}

function coloured(icon: string, color: string): ThemeIcon {
  return new ThemeIcon(icon, new ThemeColor(`scholiast.${color}`));
}
