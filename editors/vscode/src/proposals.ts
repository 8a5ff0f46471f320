// What the registries lack (people, spellings, organisations, offices), as the server proposes it, and a person's answers:
// a new entry, a spelling of somebody who has one, or never again. The edits are the server's.

import { type Event, EventEmitter, l10n, Location, Range, Uri, window, workspace } from "vscode";
import type { CodeAction, Location as PlaceOnTheWire } from "vscode-languageclient/node";
import type { Deeds } from "./deeds";
import type { Linking } from "./linking";
import type { Session } from "./session";

export interface ProposedSpelling {
  text: string;
  count: number;
  places: PlaceOnTheWire[];
}

/** A proposal as the server lists it. It is handed back as it is. */
export interface Proposal {
  kind: "person" | "spelling" | "organization" | "office";
  id: string;
  name: string;
  /** The name of the entry that would have a new spelling. */
  entry?: string;
  count: number;
  spellings: ProposedSpelling[];
}

export class Proposals {
  private readonly changed = new EventEmitter<undefined>();
  private known: Promise<Proposal[]> | undefined;

  constructor(
    private readonly session: Session,
    private readonly deeds: Deeds,
    private readonly linking: Linking,
  ) {}

  get onDidChange(): Event<undefined> {
    return this.changed.event;
  }

  dispose(): void {
    this.changed.dispose();
  }

  get canBeAsked(): boolean {
    return this.session.can("scholiast.proposals");
  }

  /** All proposals. The texts are read for them, so they are asked for once, until they are forgotten. */
  list(): Promise<Proposal[]> {
    this.known ??= this.ask();
    return this.known;
  }

  forget(): void {
    this.known = undefined;
  }

  /** Makes a proposal an entry; a new spelling one of its entry. */
  async add(proposal: Proposal): Promise<void> {
    await this.answer(proposal, ["add"], l10n.t("scholiast: {0} added to the registry", proposal.name));
  }

  /** Has a person choose who it is: the spellings become those of that entry. */
  async chooseEntry(proposal: Proposal): Promise<void> {
    const place = placesOf(proposal)[0];
    const entry = place && (await this.linking.pick(place, l10n.t("“{0}” Is…", proposal.name)));
    if (entry !== undefined) {
      await this.answer(
        proposal,
        ["spellings", entry],
        l10n.t("scholiast: {0} is a spelling of {1}", proposal.name, entry),
      );
    }
  }

  /** Never proposes the name again. */
  async refuse(proposal: Proposal): Promise<void> {
    await this.answer(proposal, ["refuse"], l10n.t("scholiast: {0} will not be proposed again", proposal.name));
  }

  private async ask(): Promise<Proposal[]> {
    const options = { location: { viewId: "scholiast.entities" } };
    try {
      return await window.withProgress(options, async (_, token) => {
        return (await this.session.execute("scholiast.proposals", [], token)) as Proposal[];
      });
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  private async answer(proposal: Proposal, answer: string[], said: string): Promise<void> {
    const place = placesOf(proposal)[0];
    if (place === undefined) {
      return;
    }
    try {
      const action = (await this.session.execute("scholiast.answerProposal", [proposal, ...answer])) as CodeAction;
      if (await this.deeds.perform(await workspace.openTextDocument(place.uri), action)) {
        const rest = (await this.list()).filter((other) => other !== proposal);
        this.known = Promise.resolve(rest);
        this.changed.fire(undefined);
        window.setStatusBarMessage(said, 4000);
      }
    } catch (error) {
      void window.showWarningMessage(`scholiast: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** The places of a proposal in the texts, those that the server names. */
export function placesOf({ spellings }: Pick<Proposal, "spellings">): Location[] {
  return spellings.flatMap(({ places }) =>
    places.map(({ uri, range: { start, end } }) => {
      return new Location(Uri.parse(uri), new Range(start.line, start.character, end.line, end.character));
    }),
  );
}
