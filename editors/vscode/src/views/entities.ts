// The Entities view: who and what the registries of the workspace hold, by kind; each opens to its mentions.

import {
  commands,
  type DataTransfer,
  Disposable,
  EventEmitter,
  l10n,
  languages,
  Location,
  type QuickPickItem,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  type TreeDragAndDropController,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  type Uri,
  window,
  workspace,
} from "vscode";
import { type DocumentSymbol, DocumentSymbolRequest, ReferencesRequest, SymbolKind } from "vscode-languageclient/node";
import { type EntityKind, EntityList, type EntityOrder, type ListedEntity } from "../entityList";
import { ANNOTATIONS_MIME, type Linking, MENTIONS_MIME, type PlaceInText, placesOf } from "../linking";
import { placesOf as placesOfProposal, type Proposal, type Proposals } from "../proposals";
import type { Session } from "../session";
import { lastOf, type PlaceInLine, withLines } from "./lines";

/** The argument with which a key of the view means the row that is selected there. */
const SELECTION = "selection";

/** Files are waited for: the server hears of them a quarter of a second after the disk. */
const PAUSE_MS = 600;

interface Kind {
  name: string;
  icon: ThemeIcon;
}

const KINDS: Readonly<Record<EntityKind, Kind>> = {
  official: { name: l10n.t("Officials"), icon: coloured("person", "person") },
  person: { name: l10n.t("People"), icon: coloured("person", "person") },
  organization: { name: l10n.t("Organisations"), icon: coloured("organization", "organization") },
  office: { name: l10n.t("Offices"), icon: coloured("briefcase", "office") },
  place: { name: l10n.t("Places"), icon: coloured("location", "place") },
  decree: { name: l10n.t("Legal documents"), icon: coloured("law", "decree") },
  pattern: { name: l10n.t("Kinds of the corpus's own"), icon: coloured("symbol-key", "pattern") },
};

/** The entities of one kind. */
interface KindNode {
  at: "kind";
  kind: EntityKind;
  count: number;
}

interface EntityNode {
  at: "entity";
  entity: ListedEntity;
  /** The entry; without one the first mention. */
  place: Location;
}

type Node =
  | KindNode
  | EntityNode
  | { at: "more"; of: KindNode; count: number }
  | { at: "spellings"; spellings: [string, PlaceInLine[]][] }
  | { at: "spelling"; text: string; count: number; places: PlaceInLine[] }
  | { at: "file"; uri: Uri; places: PlaceInLine[] }
  | { at: "place"; place: PlaceInLine }
  | { at: "proposals" }
  | { at: "proposal"; proposal: Proposal }
  | { at: "nothing" }
  | { at: "dates" }
  | { at: "date"; name: string; places: Location[] };

export class EntitiesView implements TreeDataProvider<Node>, TreeDragAndDropController<Node> {
  private readonly changed = new EventEmitter<Node | undefined>();
  private readonly dates: Node = { at: "dates" };
  private readonly disposables: Disposable;
  private readonly view: TreeView<Node>;
  private readonly list: EntityList;
  private timer: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.changed.event;
  readonly dragMimeTypes = [];
  /** Mentions and annotations of the other views, and words that are selected in the text. */
  readonly dropMimeTypes = [MENTIONS_MIME, ANNOTATIONS_MIME, "text/plain"];

  constructor(
    private readonly session: Session,
    private readonly linking: Linking,
    private readonly proposals: Proposals,
  ) {
    this.list = new EntityList((command, parameters, token) => session.execute(command, parameters, token));
    this.view = window.createTreeView("scholiast.entities", {
      treeDataProvider: this,
      dragAndDropController: this,
      showCollapseAll: true,
    });
    const refresh = (): void => {
      clearTimeout(this.timer);
      this.changed.fire(undefined);
    };
    const answer =
      (how: (proposal: Proposal) => Promise<void>) =>
      async (given?: Node | typeof SELECTION): Promise<void> => {
        const node = given === SELECTION || given === undefined ? this.view.selection[0] : given;
        if (node?.at === "proposal") {
          await how(node.proposal);
        }
      };
    const refreshSoon = (): void => {
      clearTimeout(this.timer);
      this.timer = setTimeout(refresh, PAUSE_MS);
    };
    const registries = workspace.createFileSystemWatcher("**/*.toml");
    this.disposables = Disposable.from(
      this.view,
      this.changed,
      session.onDidChangeRunning(() => {
        proposals.forget();
        refresh();
      }),
      proposals.onDidChange(refresh),
      window.onDidChangeActiveTextEditor(() => {
        this.changed.fire(this.dates);
      }),
      // A registry may say otherwise now: the server is told of the file, and has read it when it tells its findings.
      // With the findings of texts the counts may be others.
      registries,
      registries.onDidChange(refreshSoon),
      registries.onDidCreate(refreshSoon),
      registries.onDidDelete(refreshSoon),
      languages.onDidChangeDiagnostics(refreshSoon),
      workspace.onDidSaveTextDocument(refreshSoon),
      commands.registerCommand("scholiast.refreshEntities", () => {
        proposals.forget();
        refresh();
      }),
      commands.registerCommand(
        "scholiast.addProposal",
        answer((proposal) => proposals.add(proposal)),
      ),
      commands.registerCommand(
        "scholiast.chooseForProposal",
        answer((proposal) => proposals.chooseEntry(proposal)),
      ),
      commands.registerCommand(
        "scholiast.refuseProposal",
        answer((proposal) => proposals.refuse(proposal)),
      ),
      commands.registerCommand("scholiast.filterEntities", () => this.filter()),
      commands.registerCommand("scholiast.sortEntities", () => this.sort()),
      commands.registerCommand("scholiast.moreEntities", (kind: KindNode) => {
        this.list.showMore(kind.kind);
        this.changed.fire(kind);
      }),
      commands.registerCommand("scholiast.linkSelection", (node?: Node) => this.linkSelection(node)),
      commands.registerCommand("scholiast.openEntry", (node: Node) => this.openEntry(node)),
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.disposables.dispose();
  }

  async getChildren(node?: Node): Promise<Node[]> {
    switch (node?.at) {
      case undefined: {
        if (!this.session.can("scholiast.entities")) {
          return [];
        }
        const kinds = (await this.list.kinds()).map((kind): Node => ({ at: "kind", ...kind }));
        if (this.list.query !== "") {
          return kinds;
        }
        return [...kinds, this.dates, ...(this.proposals.canBeAsked ? [{ at: "proposals" } as const] : [])];
      }
      case "kind":
        return this.entities(node);
      case "entity":
        return this.mentions(node);
      case "spellings":
        return node.spellings.map(([text, places]) => ({ at: "spelling", text, count: places.length, places }));
      case "spelling":
      case "file":
        return node.places.map((place) => ({ at: "place", place }));
      case "place":
      case "nothing":
      case "more":
        return [];
      case "dates":
        return this.datesOfText();
      case "date":
        return (await withLines(node.places)).map((place) => ({ at: "place", place }));
      case "proposals": {
        const proposals = await this.proposals.list();
        return proposals.length === 0
          ? [{ at: "nothing" }]
          : proposals.map((proposal): Node => ({ at: "proposal", proposal }));
      }
      case "proposal":
        return Promise.all(
          node.proposal.spellings.map(async (spelling): Promise<Node> => {
            const places = await withLines(placesOfProposal({ spellings: [spelling] }));
            return { at: "spelling", text: spelling.text, count: spelling.count, places };
          }),
        );
    }
  }

  getTreeItem(node: Node): TreeItem {
    switch (node.at) {
      case "kind": {
        const { name, icon } = KINDS[node.kind];
        const item = new TreeItem(name, TreeItemCollapsibleState.Collapsed);
        item.id = `kind ${node.kind}`;
        item.description = String(node.count);
        item.iconPath = icon;
        item.accessibilityInformation = { label: l10n.t("{0}, {1} entities", name, node.count) };
        return item;
      }
      case "entity":
        return entityItem(node);
      case "more": {
        const item = new TreeItem(l10n.t("{0} more…", node.count));
        item.iconPath = new ThemeIcon("ellipsis");
        item.command = { command: "scholiast.moreEntities", title: l10n.t("Show More"), arguments: [node.of] };
        return item;
      }
      case "spellings": {
        const item = new TreeItem(l10n.t("Spellings"), TreeItemCollapsibleState.Collapsed);
        item.description = String(node.spellings.length);
        item.iconPath = new ThemeIcon("symbol-text");
        return item;
      }
      case "spelling": {
        const item = new TreeItem(node.text, TreeItemCollapsibleState.Collapsed);
        item.description = String(node.count);
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
      case "proposals": {
        const item = new TreeItem(l10n.t("Not in the registry"), TreeItemCollapsibleState.Collapsed);
        item.id = "proposals";
        item.iconPath = new ThemeIcon("question");
        item.tooltip = l10n.t("Names in the texts that no registry has. Opening this reads all texts.");
        return item;
      }
      case "proposal":
        return proposalItem(node.proposal);
      case "nothing":
        return new TreeItem(l10n.t("Nobody is missing from the registry."));
      case "dates": {
        const item = new TreeItem(l10n.t("Dates in this text"), TreeItemCollapsibleState.Collapsed);
        item.id = "dates";
        item.iconPath = coloured("calendar", "date");
        return item;
      }
      case "date": {
        const item = new TreeItem(node.name, TreeItemCollapsibleState.Collapsed);
        item.description = String(node.places.length);
        item.accessibilityInformation = { label: `${node.name}, ${l10n.t("{0} mentions", node.places.length)}` };
        const place = node.places[0];
        if (place !== undefined) {
          item.command = opening(place);
        }
        return item;
      }
    }
  }

  async handleDrop(target: Node | undefined, transfer: DataTransfer): Promise<void> {
    if (target?.at !== "entity" || target.entity.entry === undefined) {
      void window.showInformationMessage(l10n.t("Drop it on an entity of the registry."));
      return;
    }
    const places = await droppedPlaces(transfer);
    await this.linking.linkDropped(places, target.entity.entry, target.entity.name);
  }

  /** The same by keyboard: what is selected in the text, or under the cursor, is linked to the entity of the tree. */
  private async linkSelection(node: Node | undefined): Promise<void> {
    const entity = node ?? this.view.selection[0];
    const editor = window.activeTextEditor;
    if (entity?.at === "entity" && entity.entity.entry !== undefined && editor !== undefined) {
      const place = { uri: editor.document.uri, range: editor.selection };
      await this.linking.linkDropped([place], entity.entity.entry, entity.entity.name);
    }
  }

  private async openEntry(node: Node): Promise<void> {
    if (node.at === "entity") {
      const { uri, range } = node.place;
      await window.showTextDocument(uri, { selection: range });
    }
  }

  private async filter(): Promise<void> {
    const answer = await window.showInputBox({
      prompt: l10n.t("Part of a name, in any script, or of an id; empty shows all"),
      value: this.list.query,
    });
    if (answer !== undefined) {
      this.list.query = answer;
      this.view.description = this.list.query;
      void commands.executeCommand("setContext", "scholiast.entitiesFiltered", this.list.query !== "");
      this.changed.fire(undefined);
    }
  }

  private async sort(): Promise<void> {
    const orders: (QuickPickItem & { order: EntityOrder })[] = [
      { label: l10n.t("By number of mentions"), order: "mentions" },
      { label: l10n.t("By name"), order: "name" },
    ];
    for (const item of orders) {
      item.picked = item.order === this.list.order;
    }
    const picked = await window.showQuickPick(orders);
    if (picked !== undefined) {
      this.list.order = picked.order;
      this.changed.fire(undefined);
    }
  }

  private async entities(of: KindNode): Promise<Node[]> {
    const client = this.session.runningClient;
    if (client === undefined) {
      return [];
    }
    const { entities, more } = await this.list.of(of.kind);
    const nodes = entities.map((entity): Node => {
      return { at: "entity", entity, place: client.protocol2CodeConverter.asLocation(entity.location) };
    });
    return more > 0 ? [...nodes, { at: "more", of, count: more }] : nodes;
  }

  /** The dates of the text that is looked at, as its outline has them: each with the places where it stands. */
  private async datesOfText(): Promise<Node[]> {
    const client = this.session.runningClient;
    const document = window.activeTextEditor?.document;
    if (client === undefined || document === undefined) {
      return [];
    }
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    const found = (await client.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } })) ?? [];
    const dates: Node[] = [];
    const look = (symbols: readonly DocumentSymbol[]): void => {
      for (const symbol of symbols) {
        if (symbol.kind === SymbolKind.Event) {
          const mentions = symbol.children?.length ? symbol.children : [symbol];
          const places = mentions.map(({ selectionRange }) => {
            return new Location(document.uri, client.protocol2CodeConverter.asRange(selectionRange));
          });
          dates.push({ at: "date", name: symbol.name, places });
        } else {
          look(symbol.children ?? []);
        }
      }
    };
    look(found.filter((symbol) => "selectionRange" in symbol));
    return dates;
  }

  private async mentions({ place }: EntityNode): Promise<Node[]> {
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
    const spellings = [...grouped(places, ({ text }) => text)].sort(([, a], [, b]) => b.length - a.length);
    const files = [...grouped(places, ({ uri }) => uri.toString()).values()].flatMap((each): Node[] => {
      return each[0] === undefined ? [] : [{ at: "file", uri: each[0].uri, places: each }];
    });
    return spellings.length > 1 ? [{ at: "spellings", spellings }, ...files] : files;
  }
}

function entityItem({ entity, place }: EntityNode): TreeItem {
  const { entry, name, kind, detail, exact } = entity;
  const item = new TreeItem(name, TreeItemCollapsibleState.Collapsed);
  // What is unfolded and selected stays so when the view is made anew.
  const { line, character } = place.range.start;
  item.id = `entity ${kind} ${place.uri.toString()} ${entry ?? `${line}:${character} ${name}`}`;
  const count = exact
    ? l10n.t("{0} mentions in {1} files", entity.mentions, entity.files)
    : l10n.t("up to {0} mentions in {1} files", entity.mentions, entity.files);
  item.description = [exact ? `${entity.mentions}` : `≤ ${entity.mentions}`, detail].filter(Boolean).join(" · ");
  item.tooltip = [name, detail, count].filter(Boolean).join("\n");
  item.iconPath = KINDS[kind].icon;
  item.contextValue = entry === undefined ? "unregistered" : "entity";
  item.accessibilityInformation = { label: [KINDS[kind].name, name, count, detail].filter(Boolean).join(", ") };
  item.command = opening(place);
  return item;
}

function proposalItem(proposal: Proposal): TreeItem {
  const { entry, name, count } = proposal;
  const item = new TreeItem(name, TreeItemCollapsibleState.Collapsed);
  // What is selected stays selected when the view is made anew: a key means it.
  item.id = `proposal ${proposal.kind} ${proposal.id} ${name}`;
  const what = entry === undefined ? nameOf(proposal.kind) : l10n.t("a spelling of {0}", entry);
  item.description = `${what} · ${count}`;
  item.iconPath = new ThemeIcon(PROPOSAL_ICONS[proposal.kind]);
  item.contextValue = entry === undefined ? "proposal" : "proposedSpelling";
  item.accessibilityInformation = { label: `${name}, ${what}, ${l10n.t("{0} mentions", count)}` };
  const place = placesOfProposal(proposal)[0];
  if (place !== undefined) {
    item.command = opening(place);
  }
  return item;
}

const PROPOSAL_ICONS: Record<Proposal["kind"], string> = {
  person: "person",
  spelling: "symbol-text",
  organization: "organization",
  office: "briefcase",
};

function nameOf(kind: Proposal["kind"]): string {
  switch (kind) {
    case "person":
      return l10n.t("a person");
    case "organization":
      return l10n.t("an organisation");
    case "office":
      return l10n.t("an office");
    case "spelling":
      return l10n.t("a spelling");
  }
}

function grouped(places: readonly PlaceInLine[], key: (place: PlaceInLine) => string): Map<string, PlaceInLine[]> {
  const groups = new Map<string, PlaceInLine[]>();
  for (const place of places) {
    groups.set(key(place), [...(groups.get(key(place)) ?? []), place]);
  }
  return groups;
}

/** The places that were dragged: from a view as JSON, from a text the words that are selected there. */
async function droppedPlaces(transfer: DataTransfer): Promise<PlaceInText[]> {
  // Under the same type VS Code has an item of its own, the rows that were dragged.
  for (const [type, item] of transfer) {
    const places = [MENTIONS_MIME, ANNOTATIONS_MIME].includes(type) ? placesOf(await item.asString()) : [];
    if (places.length > 0) {
      return places;
    }
  }
  const words = (await transfer.get("text/plain")?.asString()) ?? "";
  const editor = window.visibleTextEditors.find(({ document, selection }) => document.getText(selection) === words);
  return words === "" || editor === undefined ? [] : [{ uri: editor.document.uri, range: editor.selection }];
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

export function opening({ uri, range }: Location): { command: string; title: string; arguments: unknown[] } {
  return { command: "vscode.open", title: l10n.t("Open"), arguments: [uri, { selection: range, preserveFocus: true }] };
}

function coloured(icon: string, color: string): ThemeIcon {
  return new ThemeIcon(icon, new ThemeColor(`scholiast.${color}`));
}
