// VS Code with the extension on what is large, on several corpora at once, and with a server that dies or does not fit.

import assert from "node:assert/strict";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  annotateMode,
  command,
  cursorInto,
  cursorTo,
  hovered,
  intoEditor,
  item,
  open,
  openFolder,
  page,
  pressUntil,
  problem,
  rows,
  scrollTo,
  setting,
  shot,
  test,
  typeKey,
  unfold,
  until,
} from "./workbench.mjs";

const { SCHOLIAST, SCALE } = process.env;
const PERSON = "Trần Văn Bình";
const FILES = 5000;
const LARGE_BYTES = 10_000_000;
/** More than any of this needs: a limit, to notice a leak. */
const MOST_MEMORY_MB = 2000;

const CONFIGURATION = '[corpus]\nlanguages = ["vi", "th", "en"]\nregistry = ["registry.toml"]\n';
const REGISTRY = `version = 1

[[person]]
id = "tran-van-binh"
names.vi = ["${PERSON}"]

[[person]]
id = "le-thi-hoa"
names.vi = ["Lê Thị Hoa"]
`;

/** Lines of prose in two scripts, each a little different. */
function line(number) {
  return [
    `Dòng ${number}: Trong buổi họp, đoàn công tác trao đổi về kế hoạch sửa cầu và đường của xã.`,
    `บรรทัดที่ ${number} คณะทำงานหารือเรื่องแผนซ่อมสะพานและถนนของตำบลในช่วงบ่าย`,
    `Line ${number}: the working group went through the plan for the bridge and the road.`,
    `Ông ${PERSON} phát biểu ở phần thứ ${number}, sau đó bà Lê Thị Hoa trả lời.`,
  ][number % 4];
}

function corpus(folder, texts, configuration = CONFIGURATION) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "scholiast.toml"), configuration);
  for (const [name, text] of Object.entries(texts)) {
    writeFileSync(path.join(folder, name), text);
  }
}

function largeText() {
  const lines = [`Ông ${PERSON} mở đầu.`];
  for (let bytes = 0, number = 1; bytes < LARGE_BYTES; number += 1) {
    const next = line(number);
    bytes += Buffer.byteLength(next) + 1;
    lines.push(next);
  }
  return `${lines.join("\n")}\nHọp lại ngày 31 tháng 2 năm 2024.\n`;
}

/** The servers of this run: their process ids, by the path of the program. */
function servers() {
  return readdirSync("/proc").filter((id) => {
    try {
      const [program, command] = readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0");
      return program === SCHOLIAST && command === "lsp";
    } catch {
      return false;
    }
  });
}

function memoryOf(id) {
  const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, "utf8")) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

/** The longest time that the page has answered nothing since this was called last. */
async function longestPause() {
  return page.evaluate(() => {
    const longest = Math.round(window.longestPause ?? 0);
    window.longestPause = 0;
    if (window.lastBeat === undefined) {
      window.lastBeat = performance.now();
      setInterval(() => {
        const now = performance.now();
        window.longestPause = Math.max(window.longestPause, now - window.lastBeat);
        window.lastBeat = now;
      }, 20);
    }
    return longest;
  });
}

async function measured(what) {
  const [server] = servers();
  const memory = memoryOf(server);
  console.log(`    ${what}: the window pauses ${await longestPause()} ms at most, the server has had ${memory} MB at most`);
  assert.ok(memory < MOST_MEMORY_MB, `the server takes ${memory} MB`);
}

/** The findings of a place that is typed come and go. */
async function findingsFollow() {
  await cursorTo("start");
  await typeKey("Enter");
  await cursorTo("start");
  await page.keyboard.insertText("Ngày 30 tháng 2 năm 2023");
  const row = page.locator(".markers-panel .monaco-list-row", { hasText: "2023" }).first();
  await problem("date/impossible-day");
  await row.waitFor();
  await intoEditor();
  await command("File: Revert File");
  await row.waitFor({ state: "detached" });
}

export async function scale() {
  await large();
  await many();
  await threeFolders();
  await serverEnds();
}

async function large() {
  const folder = path.join(SCALE, "large");
  corpus(folder, { "registry.toml": REGISTRY, "long.txt": largeText(), "annotation.conf": "[entities]\nPerson\nPlace\n" });
  await openFolder(folder);

  await test("a text of ten megabytes opens with its findings", async () => {
    await longestPause();
    await open("long.txt");
    await (await problem("date/impossible-day")).waitFor();
    await measured("opening");
  });

  await test("in ten megabytes hover tells who it is", async () => {
    await intoEditor();
    await cursorInto(PERSON);
    await hovered(PERSON);
    await measured("hover");
  });

  await test("in ten megabytes findings follow what is typed", async () => {
    await findingsFollow();
    await measured("typing");
  });

  await test("in ten megabytes a name is annotated by its key", async () => {
    await annotateMode(true);
    await cursorInto(PERSON);
    await typeKey("1");
    const file = path.join(folder, "long.ann");
    const wanted = `T1\tPerson 4 17\t${PERSON}\n`;
    await until("the annotation", () => existsSync(file) && readFileSync(file, "utf8") === wanted);
    await annotateMode(false);
    await measured("annotating");
  });
}

async function many() {
  const folder = path.join(SCALE, "many");
  const texts = { "registry.toml": REGISTRY };
  for (let number = 0; number < FILES; number += 1) {
    const end = number === FILES - 1 ? "Họp lại ngày 31 tháng 2 năm 2024.\n" : "";
    texts[`text-${String(number).padStart(4, "0")}.txt`] = `${[1, 2, 3, 4].map((at) => line(4 * number + at)).join("\n")}\n${end}`;
  }
  corpus(folder, texts);
  await openFolder(folder);

  await test("of 5000 texts the last finding is shown", async () => {
    await longestPause();
    const row = await problem("date/impossible-day");
    await row.waitFor();
    await measured("reading");
  });

  await test("of 5000 texts the mentions of a person are counted and listed", async () => {
    await command("View: Show scholiast");
    const officials = rows("People", "Entities").first();
    await officials.waitFor();
    await unfold(officials);
    const person = rows(PERSON, "Entities").first();
    await person.waitFor();
    await unfold(person);
    await rows("text-0000.txt", "Entities").first().waitFor();
    await measured("Entities");
  });

  await test("of 5000 texts a person is found by a part of the name", async () => {
    const input = await pressUntil("Control+p", ".quick-input-widget .quick-input-filter input");
    await input.fill("#binh");
    await item(PERSON).waitFor();
    await input.press("Escape");
    await input.waitFor({ state: "hidden" });
    await measured("search");
  });

  await test("among 5000 texts findings follow what is typed", async () => {
    await open("text-0042.txt");
    await findingsFollow();
    await measured("typing");
  });
}

async function threeFolders() {
  const whole = path.join(SCALE, "three");
  const configuration = CONFIGURATION.replace("registry.toml", "../shared/*.toml");
  mkdirSync(path.join(whole, "shared"), { recursive: true });
  writeFileSync(path.join(whole, "shared", "people.toml"), REGISTRY);
  const names = ["letters", "reports", "speeches"];
  for (const [at, name] of names.entries()) {
    corpus(path.join(whole, name), { [`${name}.txt`]: `Ông ${PERSON} viết ngày 3${at} tháng 2 năm 2024.\n` }, configuration);
  }
  const file = path.join(whole, "three.code-workspace");
  writeFileSync(file, JSON.stringify({ folders: names.map((name) => ({ path: name })) }));
  await openFolder(file);

  await test("three corpora in one window have findings each", async () => {
    await problem("date/impossible-day");
    for (const name of names) {
      await page.locator(".markers-panel .monaco-list-row", { hasText: `${name}.txt` }).first().waitFor();
    }
  });

  await test("three corpora share one server and one registry", async () => {
    await open("letters.txt");
    await cursorInto(PERSON);
    await hovered(PERSON);
    assert.equal(servers().length, 1, "one server for all");
    await command("View: Show scholiast");
    const officials = rows("People", "Entities").first();
    await unfold(officials);
    const people = rows(PERSON, "Entities");
    await people.first().waitFor();
    assert.equal(await people.count(), 1, "a person of the shared registry is listed once");
    await unfold(people.first());
    for (const name of names) {
      await scrollTo(rows(`${name}.txt`, "Entities"), "Entities");
    }
    await shot("three-folders");
  });

  await test("from three corpora the definition leads to the shared registry", async () => {
    await open("speeches.txt");
    await cursorInto(PERSON);
    await pressUntil("F12", '.tab.active[data-resource-name="people.toml"]');
  });
}

async function serverEnds() {
  await test("a server that is killed is started again", async () => {
    const [killed] = servers();
    process.kill(Number(killed), "SIGKILL");
    await until("another server", () => servers().some((id) => id !== killed));
    await open("reports.txt");
    await cursorInto(PERSON);
    await hovered(PERSON);
    await (await problem("date/impossible-day")).waitFor();
  });

  await test("a server that is replaced is used after a restart", async () => {
    const [before] = servers();
    // As an update does it: the running program keeps its file.
    copyFileSync(SCHOLIAST, `${SCHOLIAST}.new`);
    chmodSync(`${SCHOLIAST}.new`, 0o755);
    renameSync(`${SCHOLIAST}.new`, SCHOLIAST);
    await command("scholiast: Restart Server");
    await until("the server to be another", () => servers().length === 1 && servers()[0] !== before);
    await open("letters.txt");
    await cursorInto(PERSON);
    await hovered(PERSON);
  });

  await test("a server that is too old is said with what to do", async () => {
    const old = program("old", "echo scholiast 0.0.9");
    setting({ "scholiast.path": old });
    const toast = page.locator(".notification-list-item", { hasText: "has version 0.0.9" }).first();
    await toast.waitFor();
    await toast.getByRole("button", { name: "Open Settings" }).waitFor();
    assert.equal(await page.locator(".notification-list-item").count(), 1, "one message, not several");
    await shot("too-old");
  });

  await test("a program that is no server is said once", async () => {
    setting({ "scholiast.path": program("other", "echo something else") });
    await page.locator(".notification-list-item", { hasText: "is not the scholiast server" }).first().waitFor();
  });

  await test("the right server is used as soon as the setting names it", async () => {
    setting({ "scholiast.path": SCHOLIAST });
    await until("the server", () => servers().length === 1);
    await open("speeches.txt");
    await cursorInto(PERSON);
    await hovered(PERSON);
  });
}

function program(name, script) {
  const file = path.join(SCALE, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}
