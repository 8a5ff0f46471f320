// The list of entities against a server that keeps a register of what it was asked.

import assert from "node:assert/strict";
import { test } from "node:test";
import { EntityList, PAGE } from "./entityList";

function listOf(total: number): { list: EntityList; asked: unknown[] } {
  const asked: unknown[] = [];
  const list = new EntityList((command, [question]) => {
    assert.equal(command, "scholiast.entities");
    asked.push(question);
    const { limit } = question as { limit: number };
    const entities = Array.from({ length: Math.min(limit, total) }, (_, number) => ({ name: `P${number}` }));
    return Promise.resolve({ kinds: [{ kind: "person", count: total }], total, entities });
  });
  return { list, asked };
}

void test("numbers are asked for without rows", async () => {
  const { list, asked } = listOf(7);
  assert.deepEqual(await list.kinds(), [{ kind: "person", count: 7 }]);
  assert.deepEqual(asked, [{ query: "", order: "mentions", limit: 0 }]);
});

void test("a page is shown, then one more, until all are", async () => {
  const { list } = listOf(2 * PAGE + 1);
  const first = await list.of("person");
  assert.equal(first.entities.length, PAGE);
  assert.equal(first.more, PAGE + 1);
  list.showMore("person");
  assert.equal((await list.of("person")).more, 1);
  list.showMore("person");
  const last = await list.of("person");
  assert.equal(last.entities.length, 2 * PAGE + 1);
  assert.equal(last.more, 0);
});

void test("another filter or order begins at the first page", async () => {
  const { list, asked } = listOf(3 * PAGE);
  list.showMore("person");
  list.query = "  hung ";
  list.order = "name";
  await list.of("person");
  assert.deepEqual(asked, [{ query: "hung", order: "name", kind: "person", limit: PAGE }]);
  list.showMore("person");
  list.order = "mentions";
  assert.equal((await list.of("person")).entities.length, PAGE);
});
