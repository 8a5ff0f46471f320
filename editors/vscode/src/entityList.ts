// The entities of the workspace, as the server lists and counts them: by kind, a page at a time.

import type { CancellationToken } from "vscode";
import type { Location as PlaceOnTheWire } from "vscode-languageclient/node";

/** The kinds of entities, as the server names them. */
export type EntityKind = "official" | "person" | "organization" | "office" | "place" | "decree" | "pattern";

/** The ways in which the list can be put in order. */
export type EntityOrder = "mentions" | "name";

/** An entity as the server lists it. */
export interface ListedEntity {
  /** The id of the entry; none where the registry has no entry. */
  entry?: string;
  name: string;
  kind: EntityKind;
  detail: string;
  mentions: number;
  /** Texts that mention it. */
  files: number;
  /** False where some of the mentions may be another's. */
  exact: boolean;
  /** The entry; without one the first mention. */
  location: PlaceOnTheWire;
}

interface Answer {
  kinds: { kind: EntityKind; count: number }[];
  total: number;
  entities: ListedEntity[];
}

/** Rows of a kind that are shown at first, and more on each request: the server is asked for no more than are looked at. */
export const PAGE = 200;

/** Asks the server. */
export type Execute = (command: string, parameters: unknown[], token?: CancellationToken) => Promise<unknown>;

export class EntityList {
  private readonly shown = new Map<EntityKind, number>();
  private wanted = "";
  private by: EntityOrder = "mentions";

  constructor(private readonly execute: Execute) {}

  /** A part of a name or id; empty for all. */
  get query(): string {
    return this.wanted;
  }

  set query(query: string) {
    this.wanted = query.trim();
    this.shown.clear();
  }

  get order(): EntityOrder {
    return this.by;
  }

  set order(order: EntityOrder) {
    this.by = order;
    this.shown.clear();
  }

  /** The kinds of which something matches, with the number of its entities. */
  async kinds(): Promise<{ kind: EntityKind; count: number }[]> {
    return (await this.ask({ limit: 0 })).kinds;
  }

  /** The first entities of a kind, and how many more there are. */
  async of(kind: EntityKind): Promise<{ entities: ListedEntity[]; more: number }> {
    const limit = this.shown.get(kind) ?? PAGE;
    const { entities, total } = await this.ask({ kind, limit });
    return { entities, more: Math.max(total - limit, 0) };
  }

  /** Has more entities of a kind shown. */
  showMore(kind: EntityKind): void {
    this.shown.set(kind, (this.shown.get(kind) ?? PAGE) + PAGE);
  }

  private async ask(part: { kind?: EntityKind; limit: number }): Promise<Answer> {
    const question = { query: this.wanted, order: this.by, ...part };
    return (await this.execute("scholiast.entities", [question])) as Answer;
  }
}
