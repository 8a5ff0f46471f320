// Drives VS Code (code-server in Chromium) with the extension in editors/vscode against the real server, on a copy of
// the seed corpus. Run by vscode.sh, which sets SCHOLIAST, CORPUS, SETTINGS, URL, SHOTS.
//
// VS Code offers UTF-16 alone. Columns are read where it shows them: the Problems panel counts UTF-16 units from 1.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

const { SCHOLIAST, CORPUS, SETTINGS, URL: url, SHOTS } = process.env;
const FIRST_TEXT = "000_c802a1af4dc9d915.txt";
const MIXED_TEXT = "002_0f625328c3ae7765.txt";
const PREFERRED = "Nguyễn Thanh Lâm";
const THAI = "เหงียน ทันห์ ลัม";
const LATIN = "Nguyen Thanh Lam";

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
page.setDefaultTimeout(30_000);

let failures = 0;
let passed = 0;
async function test(name, run) {
  console.log(`  ${name}`);
  try {
    await run();
    passed += 1;
  } catch (error) {
    failures += 1;
    console.log(`    FAILED: ${error.message}`);
  }
  await page.screenshot({ path: path.join(SHOTS, `${name.replaceAll(" ", "-")}.png`) });
}

// Key bindings are registered late: press until what they open is there.
async function pressUntil(keys, selector) {
  const target = page.locator(selector).first();
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await page.keyboard.press(keys);
    if (await target.waitFor({ timeout: 1500 }).then(() => true, () => false)) {
      return target;
    }
  }
  throw new Error(`${keys} does not open ${selector}`);
}

// Chooses an entry of the command palette (F1) or of "go to file" (Control+p).
async function choose(keys, name) {
  const input = await pressUntil(keys, ".quick-input-widget .quick-input-filter input");
  // Not typed: on a busy machine letters may still go where they went before.
  await input.fill(keys === "F1" ? `>${name}` : name);
  // The first row, which Enter takes: what was used last stands there until the list is filtered.
  await page.locator('.quick-input-list .monaco-list-row[data-index="0"]', { hasText: name }).waitFor();
  await page.keyboard.press("Enter");
}

function command(name) {
  return choose("F1", name);
}

async function open(file) {
  await choose("Control+p", file);
  await activeTab(file);
  await intoEditor();
}

function intoEditor() {
  return pressUntil("Control+1", ".editor-instance .monaco-editor.focused");
}

function activeTab(file) {
  return page.locator(".tab.active", { hasText: file }).first().waitFor();
}

async function activeTabAfter(act, file) {
  await act();
  await activeTab(file);
}

// Puts the cursor on the first occurrence of a text, a few letters after its beginning.
async function cursorInto(text) {
  await page.keyboard.press("Control+Home");
  await pressUntil("Control+f", ".find-widget.visible .find-part textarea");
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
  await page.locator(".find-widget .matchesCount", { hasText: /^\d+ of \d+/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
}

// The list shows only what is in view: it is filtered.
async function problem(code) {
  await showProblems();
  await page.getByPlaceholder(/^Filter \(e\.g\. text/).first().fill(code);
  return page.locator(".markers-panel .monaco-list-row", { hasText: code }).first();
}

async function showProblems() {
  if (!(await page.locator(".markers-panel").first().isVisible())) {
    await command("Problems: Focus on Problems View");
    await page.locator(".markers-panel").first().waitFor();
  }
}

// Where a text stands for the first time, as the Problems panel would say it.
function place(file, text) {
  const lines = readFileSync(path.join(CORPUS, file), "utf8").split(/\r\n|\r|\n/);
  const line = lines.findIndex((each) => each.includes(text));
  assert.ok(line >= 0, `${text} is not in ${file}`);
  return { line: line + 1, column: lines[line].indexOf(text) + 1 };
}

await page.goto(`${url}/?folder=${encodeURIComponent(CORPUS)}`);
await page.locator(".monaco-workbench").waitFor({ timeout: 60_000 });

await test("a missing server is reported with a way to the settings", async () => {
  const toast = page.locator(".notification-list-item", { hasText: "the server was not found" }).first();
  await toast.waitFor();
  await toast.getByRole("button", { name: "Open Settings" }).click();
  await page.locator(".settings-editor .setting-item", { hasText: "Path" }).first().waitFor();
});

await test("the server starts when the setting is put right", async () => {
  writeFileSync(SETTINGS, JSON.stringify({ ...JSON.parse(readFileSync(SETTINGS, "utf8")), "scholiast.path": SCHOLIAST }));
  await page.keyboard.press("Escape");
  await page.locator(".settings-editor").first().waitFor({ state: "detached" });
  await open(MIXED_TEXT);
  await (await problem("entity/glued-name")).waitFor();
});

await test("findings have right columns", async () => {
  const row = await problem("entity/glued-name");
  const shown = await row.innerText();
  // The finding is on the name, with or without what is glued to it.
  const glued = place(MIXED_TEXT, `Bp${PREFERRED}`);
  const columns = [glued.column, glued.column + 2].map((column) => `[Ln ${glued.line}, Col ${column}]`);
  assert.ok(columns.some((column) => shown.includes(column)), `expected one of ${columns.join(", ")} in: ${shown}`);
});

await test("hover tells who it is", async () => {
  await open(FIRST_TEXT);
  for (const spelling of [THAI, LATIN]) {
    await cursorInto(spelling);
    await command("Show or Focus Hover");
    await page.locator(".monaco-hover:visible", { hasText: PREFERRED }).first().waitFor();
    await page.screenshot({ path: path.join(SHOTS, `hover-${spelling === THAI ? "thai" : "latin"}.png`) });
    await page.keyboard.press("Escape");
  }
});

await test("mentions have the colours of their kinds", async () => {
  await open(FIRST_TEXT);
  const colours = async (text) => {
    const spans = page.locator(".view-line span span", { hasText: text });
    return spans.evaluateAll((each) => each.map((span) => getComputedStyle(span).color));
  };
  await cursorInto(LATIN);
  // In a light and in a dark theme.
  const wanted = ["rgb(11, 92, 173)", "rgb(108, 182, 255)"];
  let seen = [];
  for (let attempt = 0; attempt < 40 && !seen.some((colour) => wanted.includes(colour)); attempt += 1) {
    await page.waitForTimeout(250);
    seen = await colours(LATIN.split(" ")[0]);
  }
  assert.ok(seen.some((colour) => wanted.includes(colour)), `a person has the colours ${seen.join(", ")}`);
});

await test("a plain text is set up for reading", async () => {
  await open(FIRST_TEXT);
  const editor = page.locator(".editor-instance .monaco-editor").first();
  // A part of a wrapped line has no number of its own.
  const [lines, numbers] = [await editor.locator(".view-line").count(), await editor.locator(".line-numbers").count()];
  assert.ok(numbers < lines, `long lines do not wrap: ${numbers} numbers for ${lines} lines`);
});

await test("the side bar lists entities and their mentions", async () => {
  await command("View: Show scholiast");
  const tree = page.locator(".pane-body .monaco-list-row");
  await tree.filter({ hasText: "Officials" }).first().waitFor();
  await tree.filter({ hasText: "Officials" }).first().click();
  const person = tree.filter({ hasText: PREFERRED }).first();
  await person.waitFor();
  await activeTabAfter(() => person.click(), "officials.toml");
  await person.locator(".monaco-tl-twistie").click();
  await tree.filter({ hasText: FIRST_TEXT }).first().waitFor();
});

await test("the side bar lists the mentions of what is under the cursor", async () => {
  await open(FIRST_TEXT);
  await cursorInto(THAI);
  await command("scholiast: Show Mentions of What Is Under the Cursor");
  await page.locator(".pane-header", { hasText: /Mentions of/ }).first().waitFor();
  await page.locator('.pane-body [aria-label*="line"]').first().waitFor();
});

await test("the review lists findings by rule", async () => {
  await command("scholiast: Focus on Review View");
  await page.locator(".pane-body .monaco-list-row", { hasText: "entity/glued-name" }).first().waitFor();
});

await test("references cover both scripts", async () => {
  await open(FIRST_TEXT);
  await cursorInto(THAI);
  await command("Peek References");
  const tree = page.locator(".reference-zone-widget .ref-tree");
  await tree.locator(".monaco-list-row", { hasText: MIXED_TEXT }).first().waitFor();
  await page.keyboard.press("Escape");
});

await test("definition leads to the registry", async () => {
  await open(FIRST_TEXT);
  await cursorInto(THAI);
  await page.keyboard.press("F12");
  await activeTab("officials.toml");
});

await test("findings follow what is typed", async () => {
  await open(MIXED_TEXT);
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("\n😀 วันที่ 31 กุมภาพันธ์ 2567");
  await page.locator(".squiggly-error").first().waitFor();
  const row = await problem("date/impossible-day");
  await row.waitFor();
  // The emoji is two UTF-16 units.
  const typed = "😀 วันที่ 31 กุมภาพันธ์ 2567";
  const columns = ["31", "วันที่"].map((from) => `Col ${typed.indexOf(from) + 1}]`);
  const shown = await row.innerText();
  assert.ok(columns.some((column) => shown.includes(column)), `expected one of ${columns.join(", ")} in: ${shown}`);
  await intoEditor();
  await command("File: Revert File");
  await row.waitFor({ state: "detached" });
});

await test("a rule is explained in a preview", async () => {
  await open(MIXED_TEXT);
  await command("scholiast: Explain a Rule");
  const input = page.locator(".quick-input-widget .quick-input-filter input").first();
  await input.waitFor();
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "date/" }).first().waitFor();
  await page.keyboard.insertText("date/impossible-day");
  await page
    .locator('.quick-input-list .monaco-list-row[data-index="0"]', { hasText: "date/impossible-day" })
    .waitFor();
  await page.keyboard.press("Enter");
  await activeTab("impossible-day.md");
  await command("View: Revert and Close Editor");
});

await test("a finding links to its rule", async () => {
  const link = (await problem("entity/glued-name")).locator("a.monaco-link", { hasText: "entity/glued-name" });
  await link.click({ modifiers: ["ControlOrMeta"] });
  await activeTab("glued-name.md");
  await command("View: Revert and Close Editor");
});

await test("suggestions and statistics are shown", async () => {
  await open(MIXED_TEXT);
  await command("scholiast: Show People Missing from the Registry");
  await activeTab("suggestions.txt");
  await command("View: Revert and Close Editor");
  await open(MIXED_TEXT);
  await command("scholiast: Show Statistics");
  await activeTab("statistics.md");
  await command("View: Revert and Close Editor");
});

await test("the count above an entry shows its mentions", async () => {
  await open("officials.toml");
  await page.locator(".codelens-decoration a", { hasText: /\d+ mentions? in/ }).first().click();
  await page.locator(".reference-zone-widget .ref-tree .monaco-list-row").first().waitFor();
  await page.keyboard.press("Escape");
});

await test("annotations are compared with the text that is typed", async () => {
  writeFileSync(path.join(CORPUS, "annotated.txt"), "สวัสดี Nguyen Van An\n");
  writeFileSync(path.join(CORPUS, "annotated.ann"), "T1\tPerson 7 20\tNguyen Van An\n");
  await command("View: Show Explorer");
  // "Go to file" does not know it yet.
  await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "annotated.txt" }).dblclick();
  await activeTab("annotated.txt");
  await intoEditor();
  await page.keyboard.press("Control+Home");
  await page.keyboard.insertText("😀");
  const row = await problem("annotation/text-mismatch");
  await row.waitFor();
  await intoEditor();
  await command("File: Revert File");
  await row.waitFor({ state: "detached" });
});

await test("the server restarts", async () => {
  await command("scholiast: Restart Server");
  const row = await problem("entity/glued-name");
  await row.waitFor();
  await open(FIRST_TEXT);
  await cursorInto(THAI);
  await command("Show or Focus Hover");
  await page.locator(".monaco-hover:visible", { hasText: PREFERRED }).first().waitFor();
});

await browser.close();
console.log(`${passed} passed, ${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
