// Documents by their state, as the States view shows them: which groups there are, and what a row says. Nothing here knows
// of an editor.

/** A document as the command `scholiast.states` lists it. */
export interface Listed {
  uri: string;
  path: string;
  state: string;
  by?: string;
  when?: string;
}

/** The states in the order in which a document goes through them. */
export const STATES = ["new", "in-work", "done", "reviewed"] as const;

export interface StateGroup {
  state: string;
  documents: Listed[];
}

/** The documents by state, in the order of the states, by path in each; a state that no document has is no group. */
export function byState(all: readonly Listed[]): StateGroup[] {
  const groups = new Map<string, Listed[]>(STATES.map((state) => [state, []]));
  for (const listed of all) {
    const group = groups.get(listed.state) ?? [];
    group.push(listed);
    groups.set(listed.state, group);
  }
  return [...groups].flatMap(([state, documents]) => {
    return documents.length === 0 ? [] : [{ state, documents: documents.sort(byPath) }];
  });
}

/** The name of a file and what stands beside it: its folder, who said so, and the day. */
export function rowOf({ path, by, when }: Listed): { name: string; detail: string } {
  const cut = path.lastIndexOf("/");
  const detail = [path.slice(0, Math.max(cut, 0)), by, when?.slice(0, 10)].filter(Boolean).join(" · ");
  return { name: path.slice(cut + 1), detail };
}

/** Those of some documents that do not have a state yet: nothing new is said of the others. */
export function without(state: string, documents: readonly Listed[]): Listed[] {
  const known = new Set<string>();
  return documents.filter((listed) => {
    const isNew = listed.state !== state && !known.has(listed.uri);
    known.add(listed.uri);
    return isNew;
  });
}

function byPath(one: Listed, other: Listed): number {
  return order(one.path, other.path) || order(one.uri, other.uri);
}

// Not by the language of whoever looks: the server and the files have one order for all.
function order(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
