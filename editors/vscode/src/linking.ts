// Links from annotations to entries of the registry: chosen from a list that the server ranks, or dropped onto an entity.
// The edit is the server's.

import { commands, l10n, type QuickPickItem, Range, ThemeIcon, Uri, window, workspace } from "vscode";
import type { CodeAction } from "vscode-languageclient/node";
import type { Deeds } from "./deeds";
import type { Session } from "./session";

/** What views drag: places in texts, as JSON. */
export const MENTIONS_MIME = "application/vnd.code.tree.scholiast.mentions";
export const ANNOTATIONS_MIME = "application/vnd.code.tree.scholiast.annotations";

export interface PlaceInText {
  uri: Uri;
  range: Range;
}

interface Choice {
  entry: string;
  name: string;
  kind: string;
  detail: string;
  texts: number;
}

interface ChoiceItem extends QuickPickItem {
  entry: string;
}

const ICONS: Record<string, string> = {
  person: "person",
  official: "person",
  organization: "organization",
  office: "briefcase",
  place: "location",
  decree: "law",
};

/** Typing is waited for. */
const PAUSE_MS = 120;

export class Linking {
  constructor(
    private readonly session: Session,
    private readonly deeds: Deeds,
  ) {}

  /** Has a person choose the entry for what is annotated, mentioned or selected somewhere. */
  async choose(place: PlaceInText, words: string): Promise<boolean> {
    const title = words === "" ? l10n.t("Link to an Entity") : l10n.t("Link “{0}” to an Entity", words);
    const entry = await this.pick(place, title);
    return entry !== undefined && (await this.link([place], entry)) > 0;
  }

  /** Has a person choose an entry; those that may be meant at a place come first. */
  async pick(place: PlaceInText, title: string): Promise<string | undefined> {
    const picker = window.createQuickPick<ChoiceItem>();
    picker.title = title;
    picker.placeholder = l10n.t("Part of a name, in any script, or of an id");
    let timer: NodeJS.Timeout | undefined;
    let asked = 0;
    const search = async (query: string): Promise<void> => {
      asked += 1;
      const mine = asked;
      picker.busy = true;
      const found = await this.choices(place, query);
      if (mine === asked) {
        picker.items = found;
        picker.busy = false;
      }
    };
    try {
      return await new Promise<string | undefined>((resolve) => {
        picker.onDidChangeValue((query) => {
          clearTimeout(timer);
          timer = setTimeout(() => void search(query).catch(() => undefined), PAUSE_MS);
        });
        picker.onDidAccept(() => {
          resolve(picker.selectedItems[0]?.entry);
        });
        picker.onDidHide(() => {
          resolve(undefined);
        });
        picker.show();
        search("").catch(() => undefined);
      });
    } finally {
      clearTimeout(timer);
      picker.dispose();
    }
  }

  /** Links places to an entry; returns how many. */
  async link(places: readonly PlaceInText[], entry: string): Promise<number> {
    let linked = 0;
    for (const { uri, range } of places) {
      const client = this.session.runningClient;
      if (client === undefined) {
        break;
      }
      const document = await workspace.openTextDocument(uri);
      const argumentsOf = [uri.toString(), client.code2ProtocolConverter.asRange(range), entry];
      try {
        const action = (await this.session.execute("scholiast.link", argumentsOf)) as CodeAction;
        linked += (await this.deeds.perform(document, action)) ? 1 : 0;
      } catch (error) {
        void window.showWarningMessage(`scholiast: ${error instanceof Error ? error.message : String(error)}`);
        break;
      }
    }
    return linked;
  }

  /** Links what a person has dropped onto an entity, and says so. */
  async linkDropped(places: readonly PlaceInText[], entry: string, name: string): Promise<void> {
    const linked = await this.link(places, entry);
    if (linked > 0) {
      window.setStatusBarMessage(l10n.t("scholiast: {0} linked to {1}", linked, name), 4000);
      await commands.executeCommand("scholiast.refreshAnnotations");
    }
  }

  private async choices({ uri, range }: PlaceInText, query: string): Promise<ChoiceItem[]> {
    const client = this.session.runningClient;
    if (client === undefined) {
      return [];
    }
    const where = client.code2ProtocolConverter.asRange(range);
    const found = (await this.session.execute("scholiast.entries", [uri.toString(), where, query])) as Choice[];
    return found.map(({ entry, name, kind, detail, texts }) => ({
      entry,
      label: name,
      description: detail,
      detail: texts === 0 ? l10n.t("mentioned nowhere yet") : l10n.t("mentioned in {0} texts", texts),
      iconPath: new ThemeIcon(ICONS[kind] ?? "symbol-key"),
      // The server has found it, by whatever letters.
      alwaysShow: true,
    }));
  }
}

/** The places of a string that `dragged` made; none in any other. */
export function placesOf(json: string): PlaceInText[] {
  const places: unknown = json === "" ? [] : JSON.parse(json);
  if (!Array.isArray(places)) {
    return [];
  }
  return (places as { uri: string; range: [number, number, number, number] }[]).map(({ uri, range }) => ({
    uri: Uri.parse(uri),
    range: new Range(...range),
  }));
}

/** The places of what is dragged, as one string. */
export function dragged(places: readonly PlaceInText[]): string {
  return JSON.stringify(
    places.map(({ uri, range }) => ({
      uri: uri.toString(),
      range: [range.start.line, range.start.character, range.end.line, range.end.character],
    })),
  );
}
