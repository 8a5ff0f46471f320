// The Review view: findings by rule, file and place, with their fixes. Every fix is previewed before it is made.

import {
  CodeAction,
  CodeActionKind,
  commands,
  type Diagnostic,
  DiagnosticSeverity,
  Disposable,
  EventEmitter,
  l10n,
  languages,
  Location,
  type QuickPickItem,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  Uri,
  window,
  workspace,
} from "vscode";
import type { Session } from "../session";
import { applyPreviewed, type EditedFile } from "./preview";
import { opening } from "./entities";

interface Finding {
  uri: Uri;
  finding: Diagnostic;
}

type Node =
  | { at: "rule"; code: string; findings: Finding[] }
  | { at: "file"; uri: Uri; findings: Finding[] }
  | { at: "finding"; finding: Finding };

const SEVERITIES: Record<DiagnosticSeverity, ThemeIcon> = {
  [DiagnosticSeverity.Error]: new ThemeIcon("error"),
  [DiagnosticSeverity.Warning]: new ThemeIcon("warning"),
  [DiagnosticSeverity.Information]: new ThemeIcon("info"),
  [DiagnosticSeverity.Hint]: new ThemeIcon("lightbulb"),
};

const FIX_ALL = CodeActionKind.SourceFixAll;

export class ReviewView implements TreeDataProvider<Node> {
  private readonly changed = new EventEmitter<undefined>();
  private readonly disposables: Disposable;
  private readonly view: TreeView<Node>;
  private timer: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly session: Session) {
    this.view = window.createTreeView("scholiast.review", { treeDataProvider: this, showCollapseAll: true });
    this.disposables = Disposable.from(
      this.view,
      this.changed,
      languages.onDidChangeDiagnostics(() => {
        clearTimeout(this.timer);
        // Findings come file by file; the tree is made once for many.
        this.timer = setTimeout(() => {
          this.changed.fire(undefined);
        }, 200);
      }),
      commands.registerCommand("scholiast.fixFinding", (node: Node) => this.fixOne(node)),
      commands.registerCommand("scholiast.fixFile", (node: Node) => this.fixFiles(node)),
      commands.registerCommand("scholiast.fixCorpus", () => this.fixFiles()),
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.disposables.dispose();
  }

  getChildren(node?: Node): Node[] {
    switch (node?.at) {
      case undefined: {
        const findings = allFindings();
        this.view.badge = { value: findings.length, tooltip: l10n.t("{0} findings", findings.length) };
        return grouped(findings, ({ finding }) => codeOf(finding)).map(([code, each]) => {
          return { at: "rule", code, findings: each };
        });
      }
      case "rule":
        return grouped(node.findings, ({ uri }) => uri.toString()).flatMap(([, each]): Node[] => {
          return each[0] === undefined ? [] : [{ at: "file", uri: each[0].uri, findings: each }];
        });
      case "file":
        return node.findings.map((finding) => ({ at: "finding", finding }));
      case "finding":
        return [];
    }
  }

  getTreeItem(node: Node): TreeItem {
    switch (node.at) {
      case "rule": {
        const item = new TreeItem(node.code, TreeItemCollapsibleState.Collapsed);
        item.id = node.code;
        item.description = String(node.findings.length);
        item.iconPath = SEVERITIES[worst(node.findings)];
        item.contextValue = "rule";
        return item;
      }
      case "file": {
        const item = new TreeItem(node.uri, TreeItemCollapsibleState.Expanded);
        item.description = String(node.findings.length);
        item.iconPath = ThemeIcon.File;
        item.contextValue = "file";
        return item;
      }
      case "finding": {
        const { uri, finding } = node.finding;
        const item = new TreeItem(finding.message.split("\n")[0] ?? "", TreeItemCollapsibleState.None);
        item.description = String(finding.range.start.line + 1);
        item.tooltip = finding.message;
        item.iconPath = SEVERITIES[finding.severity];
        item.contextValue = "finding";
        item.command = opening(new Location(uri, finding.range));
        return item;
      }
    }
  }

  private async fixOne(node: Node): Promise<void> {
    if (node.at !== "finding") {
      return;
    }
    const { uri, finding } = node.finding;
    const actions = await actionsFor(uri, finding.range, CodeActionKind.QuickFix);
    const of = actions.filter(({ diagnostics }) => diagnostics?.some((each) => codeOf(each) === codeOf(finding)));
    const items = of.map((action): QuickPickItem & { action: CodeAction } => ({ label: action.title, action }));
    if (items.length === 0) {
      void window.showInformationMessage(l10n.t("This finding has no fix: only a person can decide."));
      return;
    }
    const picked = items.length === 1 ? items[0] : await window.showQuickPick(items);
    if (picked?.action.command !== undefined) {
      await settle(picked.action);
    } else if (picked !== undefined) {
      await this.preview([await editedFile(uri, [picked.action])]);
    }
  }

  private async fixFiles(node?: Node): Promise<void> {
    const uris =
      node?.at === "file"
        ? [node.uri]
        : grouped(allFindings(), ({ uri }) => uri.toString()).map(([key]) => Uri.parse(key));
    const files: EditedFile[] = [];
    for (const uri of uris) {
      const document = await workspace.openTextDocument(uri);
      const whole = document.validateRange(document.lineAt(document.lineCount - 1).rangeIncludingLineBreak);
      files.push(await editedFile(uri, await actionsFor(uri, whole, FIX_ALL)));
    }
    await this.preview(files);
  }

  private async preview(files: EditedFile[]): Promise<void> {
    const client = this.session.runningClient;
    if (client === undefined || !(await applyPreviewed(files))) {
      void window.showInformationMessage(l10n.t("There is nothing that can be fixed safely here."));
    }
  }
}

/** Does an action that the server finishes: one that settles a difference between annotators. */
async function settle({ edit, command }: CodeAction): Promise<void> {
  if (edit === undefined || (await workspace.applyEdit(edit))) {
    await commands.executeCommand(command?.command ?? "", ...((command?.arguments ?? []) as unknown[]));
  }
}

async function actionsFor(uri: Uri, range: Diagnostic["range"], kind: CodeActionKind): Promise<CodeAction[]> {
  await workspace.openTextDocument(uri);
  const found = await commands.executeCommand<unknown[] | undefined>(
    "vscode.executeCodeActionProvider",
    uri,
    range,
    kind.value,
    20,
  );
  return (found ?? []).filter((action): action is CodeAction => action instanceof CodeAction);
}

async function editedFile(uri: Uri, actions: CodeAction[]): Promise<EditedFile> {
  const document = await workspace.openTextDocument(uri);
  return { document, edits: actions.flatMap(({ edit }) => (edit === undefined ? [] : [edit])) };
}

function allFindings(): Finding[] {
  return languages.getDiagnostics().flatMap(([uri, each]) => {
    return each.filter(({ source }) => source === "scholiast").map((finding) => ({ uri, finding }));
  });
}

function grouped(findings: Finding[], key: (finding: Finding) => string): [string, Finding[]][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(key(finding)) ?? [];
    group.push(finding);
    groups.set(key(finding), group);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

function worst(findings: Finding[]): DiagnosticSeverity {
  const severities = findings.map(({ finding }) => finding.severity);
  return severities.reduce((worse, severity) => (severity < worse ? severity : worse), DiagnosticSeverity.Hint);
}

function codeOf({ code }: Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}
