// What the server has to say beside the texts: pages of rules, suggestions, statistics. Each is a read-only document, and
// Markdown is shown as its preview.

import {
  commands,
  type Diagnostic,
  Disposable,
  EventEmitter,
  l10n,
  languages,
  ProgressLocation,
  type QuickPickItem,
  Uri,
  window,
  workspace,
} from "vscode";
import type { Session } from "./session";

/** What the server puts into the link of a finding: the page of its rule, asked for when somebody opens it. */
export const RULE_URI = "scholiast-rule:/{code}.md";

const RULE_SCHEME = "scholiast-rule";
const PAGE_SCHEME = "scholiast-page";

interface Rule {
  code: string;
  severity: string;
  summary: string;
}

/** The documents and the commands that show them. */
export class Pages {
  private readonly texts = new Map<string, string>();
  private readonly changed = new EventEmitter<Uri>();
  private readonly disposables: Disposable;

  constructor(private readonly session: Session) {
    this.disposables = Disposable.from(
      this.changed,
      workspace.registerTextDocumentContentProvider(RULE_SCHEME, {
        provideTextDocumentContent: ({ path }) => this.page(path.replace(/^\//, "").replace(/\.md$/, "")),
      }),
      workspace.registerTextDocumentContentProvider(PAGE_SCHEME, {
        onDidChange: this.changed.event,
        provideTextDocumentContent: ({ path }) => this.texts.get(path) ?? "",
      }),
      commands.registerCommand("scholiast.explainRule", (code?: unknown) => this.explainRule(code)),
      commands.registerCommand("scholiast.showSuggestions", () => this.showSuggestions()),
      commands.registerCommand("scholiast.showStatistics", () => this.showStatistics()),
    );
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async page(code: string): Promise<string> {
    return String(await this.session.execute("scholiast.explain", [code]));
  }

  private async explainRule(given: unknown): Promise<void> {
    const code = typeof given === "string" ? given : await this.pickRule();
    if (code !== undefined) {
      await preview(Uri.parse(RULE_URI.replace("{code}", code)));
    }
  }

  /** Every rule, those of the findings under the cursor first. */
  private async pickRule(): Promise<string | undefined> {
    const rules = (await this.session.execute("scholiast.explain", [])) as Rule[];
    const here = codesUnderCursor();
    const items: QuickPickItem[] = rules.map(({ code, severity, summary }) => ({
      label: code,
      description: severity,
      detail: summary,
    }));
    items.sort((a, b) => Number(here.has(b.label)) - Number(here.has(a.label)));
    const picked = await window.showQuickPick(items, {
      placeHolder: l10n.t("The rule to explain"),
      matchOnDetail: true,
    });
    return picked?.label;
  }

  private async showSuggestions(): Promise<void> {
    const text = await this.wait("scholiast.suggestions", "text");
    await window.showTextDocument(
      this.put("/suggestions.txt", text || `${l10n.t("Nobody is missing from the registry.")}\n`),
    );
  }

  private async showStatistics(): Promise<void> {
    await preview(this.put("/statistics.md", await this.wait("scholiast.statistics", "markdown")));
  }

  /** The answer to a command about the corpus of the active document, or all; the person may stop waiting. */
  private async wait(command: string, format: string): Promise<string> {
    const options = { location: ProgressLocation.Notification, title: "scholiast", cancellable: true };
    const answer = await window.withProgress(options, (_, token) => {
      return this.session.execute(command, [activeFile(), format], token);
    });
    return String(answer);
  }

  private put(path: string, text: string): Uri {
    const uri = Uri.from({ scheme: PAGE_SCHEME, path });
    this.texts.set(path, text);
    this.changed.fire(uri);
    return uri;
  }
}

async function preview(uri: Uri): Promise<void> {
  await commands.executeCommand("markdown.showPreview", uri);
}

function activeFile(): string | null {
  const uri = window.activeTextEditor?.document.uri;
  return uri?.scheme === "file" ? uri.toString() : null;
}

function codesUnderCursor(): Set<string> {
  const editor = window.activeTextEditor;
  if (editor === undefined) {
    return new Set();
  }
  const isHere = ({ range, source }: Diagnostic): boolean =>
    source === "scholiast" && range.intersection(editor.selection) !== undefined;
  return new Set(languages.getDiagnostics(editor.document.uri).filter(isHere).map(codeOf));
}

function codeOf({ code }: Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}
