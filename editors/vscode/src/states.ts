// The states of documents (new, in work, done, reviewed): letters beside files, a status bar item, and a list to choose from.

import {
  commands,
  Disposable,
  EventEmitter,
  FileDecoration,
  type FileDecorationProvider,
  l10n,
  type QuickPickItem,
  StatusBarAlignment,
  ThemeColor,
  Uri,
  window,
  workspace,
} from "vscode";
import type { Session } from "./session";
import { type Listed, STATES } from "./stateGroups";

const FILE = "**/scholiast-states.tsv";

interface Answer {
  documents: Listed[];
}

const BADGES: Record<string, { badge: string; color: string } | undefined> = {
  "in-work": { badge: "◐", color: "charts.orange" },
  done: { badge: "●", color: "charts.blue" },
  reviewed: { badge: "✓", color: "charts.green" },
};

/** The word for people. */
export function labelOf(state: string): string {
  switch (state) {
    case "in-work":
      return l10n.t("in work");
    case "done":
      return l10n.t("done");
    case "reviewed":
      return l10n.t("reviewed");
    default:
      return l10n.t("new");
  }
}

export class DocumentStates implements FileDecorationProvider {
  private readonly changed = new EventEmitter<undefined>();
  private readonly listedAnew = new EventEmitter<undefined>();
  private readonly status = window.createStatusBarItem("scholiast.state", StatusBarAlignment.Left);
  private readonly disposables: Disposable;
  private known = new Map<string, Listed>();
  private timer: NodeJS.Timeout | undefined;

  readonly onDidChangeFileDecorations = this.changed.event;
  /** The documents were listed anew. */
  readonly onDidChange = this.listedAnew.event;

  constructor(private readonly session: Session) {
    this.status.name = l10n.t("State of the document");
    this.status.command = "scholiast.markDocument";
    const files = workspace.createFileSystemWatcher(FILE);
    const later = (): void => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.read(), 200);
    };
    this.disposables = Disposable.from(
      this.changed,
      this.listedAnew,
      this.status,
      files,
      files.onDidChange(later),
      files.onDidCreate(later),
      files.onDidDelete(later),
      session.onDidChangeRunning(later),
      window.onDidChangeActiveTextEditor(() => {
        this.show();
      }),
      window.registerFileDecorationProvider(this),
      commands.registerCommand("scholiast.markDocument", (uri?: Uri) => this.choose(uri)),
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.disposables.dispose();
  }

  /** All documents, as they were listed last. */
  get all(): Listed[] {
    return [...this.known.values()];
  }

  /** The document at an address; undefined for what is none. */
  of(uri: Uri | undefined): Listed | undefined {
    return uri && this.known.get(uri.toString());
  }

  /** Gives documents a state. */
  async set(documents: readonly Listed[], state: string): Promise<void> {
    try {
      // One by one: each is a line of one file.
      for (const { uri } of documents) {
        await this.session.execute("scholiast.setState", [uri, state]);
      }
    } finally {
      await this.read();
    }
  }

  provideFileDecoration(uri: Uri): FileDecoration | undefined {
    const listed = this.known.get(uri.toString());
    const shown = listed && BADGES[listed.state];
    if (listed === undefined || shown === undefined) {
      return undefined;
    }
    return new FileDecoration(shown.badge, said(listed), new ThemeColor(shown.color));
  }

  private async read(): Promise<void> {
    const isThere = this.session.runningClient !== undefined && this.session.can("scholiast.states");
    const answer = isThere
      ? ((await this.session.execute("scholiast.states", [])) as Answer | null | undefined)
      : undefined;
    const all = answer?.documents ?? [];
    // The server writes addresses as the protocol has them, the editor as it likes.
    this.known = new Map(all.map((listed) => [Uri.parse(listed.uri).toString(), listed]));
    this.changed.fire(undefined);
    this.listedAnew.fire(undefined);
    this.show();
  }

  private show(): void {
    const uri = window.activeTextEditor?.document.uri;
    const listed = uri && this.known.get(uri.toString());
    if (listed === undefined) {
      this.status.hide();
      return;
    }
    this.status.text = `${BADGES[listed.state]?.badge ?? "○"} ${labelOf(listed.state)}`;
    this.status.tooltip = said(listed);
    this.status.show();
  }

  private async choose(given?: Uri): Promise<void> {
    const uri = given ?? window.activeTextEditor?.document.uri;
    const now = uri && this.known.get(uri.toString());
    if (uri === undefined || now === undefined) {
      void window.showInformationMessage(l10n.t("Open a text of the corpus first."));
      return;
    }
    const items = STATES.map((state): QuickPickItem & { state: string } => ({
      label: `${BADGES[state]?.badge ?? "○"} ${labelOf(state)}`,
      description: state === now.state ? said(now) : "",
      state,
    }));
    const picked = await window.showQuickPick(items, { placeHolder: now.path });
    if (picked !== undefined) {
      await this.set([now], picked.state);
    }
  }
}

/** The state with who said so and when. */
export function said({ state, by, when }: Listed): string {
  return [labelOf(state), by, when?.slice(0, 10)].filter(Boolean).join(" · ");
}
