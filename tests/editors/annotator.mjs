// An annotator's hour in VS Code: annotations made by key and mouse, linked, related, taken back, saved with their text,
// on a copy of the corpus in tests/editors/corpus. After each step both files are read from the disk. The pictures of the
// documentation are made here.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  activeTab,
  annotateMode,
  command,
  cursorInto,
  cursorTo,
  drag,
  intoEditor,
  item,
  move,
  open,
  openFolder,
  page,
  press,
  pressUntil,
  problem,
  position,
  rows,
  select,
  setting,
  shot,
  status,
  test,
  typeKey,
  unfold,
  until,
} from "./workbench.mjs";

const { BRAT } = process.env;
const BINH = "Trần Văn Bình";
const SOMSAK = "Somsak Jaidee";

function read(file) {
  const whole = path.join(BRAT, file);
  return existsSync(whole) ? readFileSync(whole, "utf8") : "";
}

/** Waits until a file on the disk says something. */
function said(file, wanted) {
  return until(`${file} to have ${wanted}`, () => (wanted instanceof RegExp ? wanted.test(read(file)) : read(file).includes(wanted)));
}

/** Each annotation marks the words that are recorded: code points of the text on the disk. */
function agree(name) {
  const letters = Array.from(read(`${name}.txt`));
  const wrong = read(`${name}.ann`)
    .split("\n")
    .filter((line) => line.startsWith("T"))
    .filter((line) => {
      const [, place, words] = line.split("\t");
      const [, start, end] = place.split(" ").map(Number);
      return letters.slice(start, end).join("") !== words;
    });
  return wrong.length === 0;
}

/** The letters that the status bar says are selected. */
async function selected() {
  return Number(/\((\d+) selected\)/.exec(await position())?.[1] ?? 0);
}

/** Takes the row that the list above has chosen. */
async function choiceMade() {
  const input = page.locator(".quick-input-widget:visible .quick-input-filter input").first();
  await input.press("Enter");
}

export async function annotator() {
  await openFolder(BRAT);

  await test("a type is given by its key", async () => {
    await open("visit.txt");
    await command("scholiast: Focus on Annotations View");
    await annotateMode(true);
    await cursorInto(BINH);
    await status.filter({ hasText: "P Person" }).first().waitFor();
    await typeKey("P");
    await said("visit.ann", `T1\tPerson 50 63\t${BINH}`);
    await rows(BINH).first().waitFor();
  });

  await test("the selection grows and shrinks, and its words are annotated", async () => {
    await annotateMode(true);
    await cursorInto("Mê Kông");
    await typeKey("+");
    const small = await until("a selection", selected);
    await typeKey("+");
    const large = await until("a larger selection", async () => ((await selected()) > small ? selected() : 0));
    await typeKey("-");
    await until("a smaller selection", async () => (await selected()) < large);
    await select("sông Mê Kông");
    await typeKey("R");
    await said("visit.ann", "\tsông Mê Kông\n");
    assert.ok(agree("visit"), read("visit.ann"));
  });

  await test("the last thing is done again", async () => {
    await annotateMode(true);
    await cursorInto("Lê Thị Hoa");
    await typeKey("P");
    await said("visit.ann", "\tLê Thị Hoa\n");
    await cursorInto("Cục Thủy lợi Đông Nam");
    await typeKey("O");
    await said("visit.ann", "\tCục Thủy lợi Đông Nam\n");
    await cursorInto("เจิ่น วัน บิ่ญ");
    await typeKey("P");
    await said("visit.ann", "\tเจิ่น วัน บิ่ญ\n");
    await cursorInto("เล ถิ ฮวา");
    await typeKey(".");
    await said("visit.ann", /Person \d+ \d+\tเล ถิ ฮวา\n/);
    assert.ok(agree("visit"), read("visit.ann"));
  });

  await test("all occurrences are annotated at once", async () => {
    await annotateMode(true);
    await cursorInto(SOMSAK);
    await typeKey("*");
    await item(/all 2 occurrences .* in this file/).waitFor();
    await item(/all 2 occurrences .* in this file/).click();
    await until("two annotations", () => read("visit.ann").split(`\t${SOMSAK}\n`).length === 3);
    await intoEditor();
  });

  await test("occurrences in the corpus are reviewed first", async () => {
    // Once in this text: only the corpus is left to choose.
    await annotateMode(true);
    await cursorInto("Lê Thị Hoa");
    await typeKey("*");
    await item("letter.txt").waitFor();
    await shot("all-in-the-corpus");
    assert.equal(read("letter.ann"), "", "nothing is written before somebody says so");
    await page.locator(".quick-input-widget:visible").getByRole("button", { name: "OK" }).click();
    await said("letter.ann", "\tLê Thị Hoa\n");
    assert.ok(agree("letter"), read("letter.ann"));
  });

  await test("what is not linked is gone to and linked", async () => {
    await open("visit.txt");
    await annotateMode(true);
    await cursorTo("start");
    await typeKey(")");
    await typeKey("@");
    await item("tran-van-binh").waitFor();
    await shot("link");
    await choiceMade();
    await said("visit.ann", "N1\tReference T1 registry:tran-van-binh\t");
    await intoEditor();
    await typeKey(")");
    await typeKey("@");
    // The next one is another person; found by a part of the name without its marks.
    const input = page.locator(".quick-input-widget:visible .quick-input-filter input").first();
    await input.waitFor();
    await item("somsak-jaidee").waitFor();
    await input.fill("le thi");
    await item("le-thi-hoa").waitFor();
    await input.fill("สมศักดิ์");
    await item("somsak-jaidee").waitFor();
    await choiceMade();
    await said("visit.ann", "registry:somsak-jaidee\t");
    await rows(/Bình.*Trần Văn Bình/).first().waitFor();
  });

  await test("two annotations are related by picking both", async () => {
    await annotateMode(true);
    await cursorInto(BINH);
    await typeKey(">");
    await item("Choose the other annotation").waitFor();
    await shot("relate");
    await choiceMade();
    await status.filter({ hasText: "Relate" }).first().waitFor();
    await cursorInto("Lê Thị Hoa");
    await typeKey(">");
    const relation = item(/relate T1 by .Met. to/);
    await relation.waitFor();
    await relation.click();
    await said("visit.ann", /R1\tMet Arg1:T1 Arg2:T\d+/);
    await intoEditor();
  });

  await test("a key on an annotation changes its type, and that is taken back", async () => {
    await annotateMode(true);
    await cursorInto("sông Mê Kông");
    await typeKey("L");
    await said("visit.ann", /Place \d+ \d+\tsông Mê Kông/);
    await typeKey("Control+z");
    await said("visit.ann", /River \d+ \d+\tsông Mê Kông/);
  });

  await test("an annotation is deleted with what depends on it", async () => {
    await annotateMode(true);
    await cursorInto(SOMSAK, 2);
    const before = read("visit.ann");
    await typeKey("Backspace");
    await until("one annotation less", () => read("visit.ann").split(`\t${SOMSAK}\n`).length === 2);
    await typeKey("Control+z");
    await until("it to be back", () => read("visit.ann") === before);
  });

  await test("the Annotations view tells links and relations", async () => {
    await shot("annotations");
    const row = rows(BINH, "Annotations").first();
    await row.click();
    await unfold(row);
    await rows("Met → ", "Annotations").first().waitFor();
    await shot("annotations-open");
  });

  await test("a mention is dropped onto an entity", async () => {
    await annotateMode(false);
    await command("scholiast: Focus on Entities View");
    await unfold(rows("People", "Entities").first());
    const person = rows("Lê Thị Hoa", "Entities").first();
    await person.waitFor();
    await drag(rows(/Lê Thị Hoa.*not linked/, "Annotations").first(), person);
    await said("visit.ann", "registry:le-thi-hoa\t");
  });

  await test("the views in every theme", async () => {
    await open("visit.txt");
    await command("View: Close Other Editors in Group");
    await intoEditor();
    await cursorInto(BINH, 1);
    // The colour of a place in each theme: package.json says them.
    const place = page.locator(".view-line span span", { hasText: "Hanoi" }).first();
    for (const [name, base, theme, colour] of [
      ["light", "vs", "Default Light Modern", "rgb(0, 104, 74)"],
      ["dark", "vs-dark", "Default Dark Modern", "rgb(92, 207, 160)"],
      ["high-contrast", "hc-black", "Default High Contrast", "rgb(95, 227, 174)"],
      ["high-contrast-light", "hc-light", "Default High Contrast Light", "rgb(0, 80, 58)"],
    ]) {
      setting({ "workbench.colorTheme": theme });
      await page.locator(`.monaco-workbench.${base}`).waitFor();
      await until(`a place in the theme ${name}`, () => place.evaluate((it, wanted) => getComputedStyle(it).color === wanted, colour));
      // The bars fade from one theme to the next.
      await page.waitForTimeout(1000);
      await shot(`theme-${name}`);
    }
    setting({ "workbench.colorTheme": "Default Light Modern" });
  });

  await test("what is typed moves the annotations, and both files are saved", async () => {
    await open("visit.txt");
    await cursorTo("start");
    await page.keyboard.insertText("😀 Bản ghi: ");
    await typeKey("Control+s");
    await said("visit.txt", "😀 Bản ghi: ");
    await until("the annotations to follow", () => agree("visit"));
    assert.match(read("visit.ann"), new RegExp(`T1\tPerson 61 74\t${BINH}`));
    // An annotation of a text with unsaved changes is saved with the text.
    await cursorTo("start");
    await page.keyboard.insertText("A");
    await annotateMode(true);
    await cursorInto("Chiang Rai");
    await typeKey("L");
    await rows("Chiang Rai").first().waitFor();
    await annotateMode(false);
    // VS Code opens a tab for what is not saved; it goes when the extension has saved it.
    const tab = page.locator(".tab", { hasText: "visit.ann" }).first();
    await tab.waitFor();
    await cursorTo("start");
    await page.keyboard.insertText("B");
    await typeKey("Control+s");
    await said("visit.txt", "BA😀");
    await until("the annotations to be written", () => agree("visit") && read("visit.ann").includes("\tChiang Rai\n"));
    await tab.waitFor({ state: "detached" });
    // The extension has saved them: there is nothing to ask a person for.
    const asked = page.locator(".notification-list-item", { hasText: "has unsaved changes" });
    assert.equal(await asked.count(), 0, "a person is asked to save the annotations");
  });

  await test("a fix on save writes text and annotations", async () => {
    // Settings are read together: the one that can be seen tells when the other is in force.
    setting({ "editor.codeActionsOnSave": { "source.fixAll": "explicit" }, "editor.minimap.enabled": false });
    const minimap = page.locator(".editor-instance .minimap.slider-mouseover").first();
    await minimap.waitFor({ state: "hidden" });
    await intoEditor();
    await cursorTo("start");
    await page.keyboard.insertText("Ha\u00adnoi: ");
    await (await problem("text/invisible-character")).waitFor();
    await intoEditor();
    await typeKey("Control+s");
    await said("visit.txt", "Hanoi: ");
    await until("both files to agree", () => agree("visit"));
    await page.locator(".tab.dirty").first().waitFor({ state: "detached" });
    setting({ "editor.codeActionsOnSave": {}, "editor.minimap.enabled": true });
    await minimap.waitFor();
  });

  await test("the state of a document is set and shown", async () => {
    await open("visit.txt");
    await command("scholiast: Set the State of This Document");
    await item("in work").click();
    await said("scholiast-states.tsv", "visit.txt\tin-work\tAnnotator\t");
    await page.locator(".statusbar-item", { hasText: "in work" }).waitFor();
    await command("scholiast: Set the State of This Document");
    await item("reviewed").click();
    await said("scholiast-states.tsv", "visit.txt\treviewed\tAnnotator\t");
    await page.locator(".statusbar-item", { hasText: "reviewed" }).waitFor();
    await shot("state");
  });

  await test("the States view lists documents, and sets them by menu and by key", async () => {
    const pane = page.locator(".sidebar .pane", { has: page.locator(".pane-header", { hasText: "States" }) });
    const row = (text) => pane.locator(".monaco-list-row", { hasText: text }).first();
    await command("scholiast: Focus on States View");
    await row("visit.txt").filter({ hasText: "Annotator" }).waitFor();
    await row("reviewed").waitFor();
    await row("letter.txt").click({ button: "right" });
    // The menu takes no click at once: it is asked again while it is open.
    const entry = page.locator(".monaco-menu .action-menu-item", { hasText: "Mark as Done" }).first();
    await until("the menu to close", async () => {
      await entry.hover();
      await entry.click();
      await page.waitForTimeout(300);
      return (await entry.count()) === 0;
    });
    await said("scholiast-states.tsv", "letter.txt\tdone\tAnnotator\t");
    await row("done").waitFor();
    // By key, for the row that is selected.
    await until("the state by key", async () => {
      await row("visit.txt").click();
      await command("scholiast: Focus on States View");
      await page.keyboard.press("2");
      await page.waitForTimeout(500);
      return read("scholiast-states.tsv").includes("visit.txt\tin-work\tAnnotator\t");
    });
    await shot("states-view");
    await intoEditor();
  });

  await test("a line about a document that is gone is a problem at once", async () => {
    await open("scholiast-states.tsv");
    await page.keyboard.press("Control+End");
    await page.keyboard.insertText("gone.txt\tdone\tAnna\t2026-03-01T08:00:00Z");
    const row = await problem("annotation/document-state");
    await row.waitFor();
    await intoEditor();
    await command("File: Revert File");
    await row.waitFor({ state: "detached" });
    await open("visit.txt");
  });

  await test("a difference from the other annotator is gone to and settled", async () => {
    const other = path.join(BRAT, "..", "other");
    mkdirSync(other, { recursive: true });
    writeFileSync(path.join(other, "report.txt"), read("report.txt"));
    const theirs = read("report.ann").replace(/(T\d+\t)Person( \d+ \d+\tSomsak)/, "$1Organization$2");
    assert.notEqual(theirs, read("report.ann"));
    writeFileSync(path.join(other, "report.ann"), theirs);
    writeFileSync(path.join(BRAT, "scholiast.toml"), `${read("scholiast.toml")}\n[compare]\nwith = "../other"\n`);
    const row = await problem("annotation/difference");
    await row.waitFor();
    await intoEditor();
    await command("scholiast: Next Difference");
    await activeTab("report.txt");
    await intoEditor();
    await pressUntil("Control+.", ".action-widget .monaco-list-row");
    await shot("difference");
    await page.locator(".action-widget .monaco-list-row", { hasText: "Take theirs" }).first().click();
    await row.waitFor({ state: "detached" });
    await command("File: Save All");
    await until("their type", () => /\tOrganization \d+ \d+\tSomsak/.test(read("report.ann")));
  });

  await test("names are completed without their marks", async () => {
    await cursorTo("end");
    await move("Enter");
    for (const [typed, name] of [
      ["tran", BINH],
      ["hoa", "Lê Thị Hoa"],
      ["somsak", SOMSAK],
      ["เจิ่น", "เจิ่น วัน บิ่ญ"],
    ]) {
      await page.keyboard.type(typed, { delay: 80 });
      await page.locator(".suggest-widget.visible .monaco-list-row", { hasText: name }).first().waitFor();
      await shot(`completion-${name}`);
      await press("Escape");
      await page.locator(".suggest-widget.visible").first().waitFor({ state: "detached" });
      await move("Enter");
    }
    await command("File: Revert File");
  });

  await test("people are found by any spelling", async () => {
    for (const [query, name] of [
      ["binh", BINH],
      ["hoa", "Lê Thị Hoa"],
      ["tran van", BINH],
      ["ใจดี", SOMSAK],
    ]) {
      await choosePerson(query, name);
    }
  });

  await test("a broken configuration keeps the findings", async () => {
    await open("letter.txt");
    await cursorTo("end");
    await page.keyboard.insertText("\nngày 31 tháng 2 năm 2024");
    const row = await problem("date/impossible-day");
    await row.waitFor();
    await open("scholiast.toml");
    await cursorTo("end");
    // The editor closes the bracket by itself, so that the bracket alone would break nothing.
    await page.keyboard.type("\n[rules =", { delay: 100 });
    await (await problem("config/syntax")).waitFor();
    await (await problem("date/impossible-day")).waitFor();
    await intoEditor();
    await command("File: Revert File");
    await open("letter.txt");
    await command("File: Revert File");
  });

  await test("a folder that is no corpus is made one", async () => {
    await openFolder(process.env.PLAIN);
    await command("View: Show scholiast");
    const button = page.locator(".pane-body a.monaco-button", { hasText: "Start a Corpus" }).first();
    await button.waitFor();
    await shot("welcome");
    await button.click();
    await activeTab("scholiast.toml");
    await until("the configuration", () => existsSync(path.join(process.env.PLAIN, "scholiast.toml")));
    // Whoever was recognised in the texts is in the registry, and shown.
    await rows("People").first().waitFor();
  });
}

async function choosePerson(query, name) {
  const input = await pressUntil("Control+p", ".quick-input-widget .quick-input-filter input");
  await input.fill(`#${query}`);
  await item(name).waitFor();
  await input.press("Escape");
  await input.waitFor({ state: "hidden" });
}
