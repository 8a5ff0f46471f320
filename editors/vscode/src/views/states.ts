// The States view: documents by state, with who said so and when. A state is set from the context menu, or with the keys
// 1 to 4.

import {
  Disposable,
  EventEmitter,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  ThemeColor,
  ThemeIcon,
  commands,
  Uri,
  window,
} from "vscode";
import { byState, type Listed, rowOf, type StateGroup, STATES, without } from "../stateGroups";
import { type DocumentStates, labelOf, said } from "../states";

type Node = { at: "state"; group: StateGroup } | { at: "document"; listed: Listed };

const ICONS: Record<string, ThemeIcon | undefined> = {
  new: new ThemeIcon("circle-large-outline"),
  "in-work": new ThemeIcon("edit", new ThemeColor("charts.orange")),
  done: new ThemeIcon("circle-large-filled", new ThemeColor("charts.blue")),
  reviewed: new ThemeIcon("pass-filled", new ThemeColor("charts.green")),
};

/** The argument with which a key of the view means the rows that are selected there. */
const SELECTION = "selection";

export class StatesView implements TreeDataProvider<Node> {
  private readonly changed = new EventEmitter<undefined>();
  private readonly disposables: Disposable;
  private readonly view: TreeView<Node>;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly states: DocumentStates) {
    this.view = window.createTreeView("scholiast.states", {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
    });
    const mark = (state: string) => (node?: Node | typeof SELECTION, nodes?: Node[]) => this.mark(state, node, nodes);
    this.disposables = Disposable.from(
      this.view,
      this.changed,
      states.onDidChange(() => {
        this.changed.fire(undefined);
      }),
      ...STATES.map((state) => commands.registerCommand(`scholiast.mark.${state}`, mark(state))),
    );
  }

  dispose(): void {
    this.disposables.dispose();
  }

  getChildren(node?: Node): Node[] {
    switch (node?.at) {
      case undefined:
        return byState(this.states.all).map((group) => ({ at: "state", group }));
      case "state":
        return node.group.documents.map((listed) => ({ at: "document", listed }));
      case "document":
        return [];
    }
  }

  getTreeItem(node: Node): TreeItem {
    if (node.at === "state") {
      const { state, documents } = node.group;
      const item = new TreeItem(labelOf(state), TreeItemCollapsibleState.Expanded);
      item.id = `state ${state}`;
      item.description = String(documents.length);
      item.iconPath = ICONS[state] ?? new ThemeIcon("circle-large-outline");
      item.contextValue = "state";
      return item;
    }
    const { listed } = node;
    const { name, detail } = rowOf(listed);
    const uri = Uri.parse(listed.uri);
    const item = new TreeItem(name, TreeItemCollapsibleState.None);
    item.id = listed.uri;
    item.description = detail;
    item.tooltip = `${listed.path}\n${said(listed)}`;
    item.iconPath = ThemeIcon.File;
    item.contextValue = "document";
    item.command = { command: "vscode.open", title: name, arguments: [uri] };
    return item;
  }

  /** Sets the state of rows of the view; without any, of the text in the editor. */
  private async mark(state: string, node?: Node | typeof SELECTION, nodes?: Node[]): Promise<void> {
    const rows = node === SELECTION ? this.view.selection : (nodes ?? (node === undefined ? [] : [node]));
    const meant = rows.flatMap((row) => (row.at === "state" ? row.group.documents : [row.listed]));
    const active = node === undefined ? this.states.of(window.activeTextEditor?.document.uri) : undefined;
    await this.states.set(without(state, active === undefined ? meant : [active]), state);
  }
}
