import assert from "node:assert/strict";
import { test } from "node:test";
import { byState, type Listed, rowOf, without } from "./stateGroups";

function listed(path: string, state: string, rest: Partial<Listed> = {}): Listed {
  return { uri: `file:///corpus/${path}`, path, state, ...rest };
}

void test("documents are grouped in the order of their states, by path in each", () => {
  const all = [listed("z.txt", "done"), listed("b.txt", "new"), listed("ค/ก.txt", "done"), listed("a.txt", "reviewed")];
  const groups = byState(all).map(({ state, documents }) => [state, documents.map(({ path }) => path)]);
  assert.deepEqual(groups, [
    ["new", ["b.txt"]],
    ["done", ["z.txt", "ค/ก.txt"]],
    ["reviewed", ["a.txt"]],
  ]);
  assert.deepEqual(byState([]), []);
});

void test("a state that a newer server knows is a group of its own, behind the others", () => {
  const groups = byState([listed("a.txt", "adjudicated"), listed("b.txt", "new")]);
  assert.deepEqual(
    groups.map(({ state }) => state),
    ["new", "adjudicated"],
  );
});

void test("a row says who and when", () => {
  const said = { by: "Ánh Tuyết", when: "2026-03-02T08:00:00Z" };
  assert.deepEqual(rowOf(listed("tin/2026/a.txt", "done", said)), {
    name: "a.txt",
    detail: "tin/2026 · Ánh Tuyết · 2026-03-02",
  });
  assert.deepEqual(rowOf(listed("a.txt", "new")), { name: "a.txt", detail: "" });
});

void test("only what changes is set, each document once", () => {
  const [a, b] = [listed("a.txt", "done"), listed("b.txt", "new")];
  assert.deepEqual(without("done", [a, b, b]), [b]);
  assert.deepEqual(without("reviewed", [a, b]), [a, b]);
});
