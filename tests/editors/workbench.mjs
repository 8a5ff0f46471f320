// VS Code (code-server in Chromium) as a person drives it: by keyboard and mouse. The environment says where everything is:
// URL, SHOTS, SETTINGS.
//
// VS Code offers UTF-16 alone. Columns are read where it shows them: the Problems panel counts UTF-16 units from 1.
//
// On a busy machine VS Code answers late, and a key goes to whatever has the focus at that moment. Nothing here waits for
// time: each step waits for a state of the page, and a key is sent again only where the page has made nothing of it.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

const { URL: url, SHOTS, SETTINGS } = process.env;
/** A machine that does much else is slow; nothing here measures time. */
const PATIENCE_MS = Number(process.env.PATIENCE_MS ?? 120_000);

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
export const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
page.setDefaultTimeout(PATIENCE_MS);
// Kept to ask later if somebody has made something of the last key.
await page.addInitScript(() => {
  window.addEventListener("keydown", (event) => (window.lastKey = event), true);
});

let failures = 0;
let passed = 0;

export async function test(name, run) {
  const start = Date.now();
  let failure;
  // Where the mouse was left it would open tips over what is to be seen.
  await page.mouse.move(1000, 780);
  try {
    await run();
    passed += 1;
  } catch (error) {
    failures += 1;
    failure = error;
  }
  console.log(`  ${name} (${Math.round((Date.now() - start) / 1000)} s)`);
  // A picture that a busy machine does not get in time is no failure.
  await shot(name.replaceAll(" ", "-")).catch(() => undefined);
  if (failure !== undefined) {
    console.log(`    FAILED: ${failure.message}`);
    console.log(`    ${await seen().catch((error) => error.message)}`);
    // What one test leaves open must not fail the next.
    await page.keyboard.press("Escape");
  }
}

/** What can be seen without a picture: where the focus is, the cursor, the status bar, messages. */
async function seen() {
  const texts = async (selector) => (await page.locator(selector).allInnerTexts()).map((text) => text.replaceAll("\n", " "));
  const focus = await page.evaluate(() => {
    const names = [];
    for (let at = document.activeElement; at !== null && names.length < 6; at = at.parentElement) {
      names.push(`${at.tagName.toLowerCase()}.${at.className}`);
    }
    return names.join(" < ");
  });
  return JSON.stringify({
    focus,
    status: (await texts(".statusbar-item")).filter((text) => text.trim() !== ""),
    tabs: await texts(".tab"),
    messages: await texts(".notification-list-item"),
    lists: await texts(".quick-input-widget:visible"),
  });
}

export async function shot(name, options = {}) {
  await page.mouse.move(1000, 780);
  await page.screenshot({ path: path.join(SHOTS, `${name}.png`), ...options });
}

// What is to be seen now, for whoever wonders why a run takes so long: `kill -USR2` of this process.
process.on("SIGUSR2", () => void shot("now").catch(() => undefined));

/** Ends the browser and the process. */
export async function end() {
  await browser.close();
  console.log(`${passed} passed, ${failures} failed`);
  process.exit(failures === 0 ? 0 : 1);
}

/** Opens a folder, or the folders that a workspace file names. */
export async function openFolder(folder) {
  const kind = folder.endsWith(".code-workspace") ? "workspace" : "folder";
  // Now and then code-server shows an empty window in place of the folder; a person would load it again.
  for (let tries = 0; ; tries += 1) {
    await page.goto(`${url}/?${kind}=${encodeURIComponent(folder)}`);
    await page.locator(".monaco-workbench").waitFor();
    // The process that runs extensions and searches files comes last; nothing can be opened before it is there.
    await pressUntil("Control+p", ".quick-input-widget .quick-input-filter input");
    await page.locator(".quick-input-widget .quick-input-filter input").first().fill(".txt");
    const isThere = await item(".txt").waitFor().then(() => true, () => false);
    if (isThere) {
      break;
    }
    assert.ok(tries < 4, `${folder} does not open`);
  }
  const input = page.locator(".quick-input-widget .quick-input-filter input").first();
  await input.press("Escape");
  await input.waitFor({ state: "hidden" });
}

/** Presses keys; tells if a key binding or a widget has taken them. */
export async function press(keys) {
  await page.evaluate(() => (window.lastKey = undefined));
  await page.keyboard.press(keys);
  return page.evaluate(() => window.lastKey?.defaultPrevented ?? false);
}

// Key bindings are registered late, and a page that opens late takes the focus: press until what they open is there, once
// more only where nobody has taken the keys, or what they opened has gone.
export async function pressUntil(keys, selector) {
  const target = page.locator(selector).first();
  const isThere = (timeout) => target.waitFor({ timeout }).then(() => true, () => false);
  for (let attempt = 0; attempt < 30; attempt += 1) {
    const isTaken = await press(keys);
    if (await isThere(isTaken ? PATIENCE_MS / 8 : 1000)) {
      return target;
    }
  }
  throw new Error(`${keys} does not open ${selector}`);
}

/** Does something until what it leads to is to be seen: what may be done twice, like a click that opens. */
export async function again(what, act, target) {
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await act();
    if (await target.waitFor({ timeout: PATIENCE_MS / 4 }).then(() => true, () => false)) {
      return;
    }
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Presses a key that types: only while the text of the editor has the focus. */
export async function typeKey(keys) {
  await textFocus();
  await page.keyboard.press(keys);
}

/** Waits until what is typed goes to the text itself, not to a widget within the editor. */
function textFocus() {
  return until("the text to have the focus", () =>
    page.evaluate(() => {
      const focus = document.activeElement;
      const isInText = focus?.closest(".editor-instance .monaco-editor .overflow-guard") !== null;
      return isInText && focus?.closest(".find-widget, .zone-widget, .suggest-widget, .overlayWidgets") === null;
    }),
  );
}

/** The place of the cursor as the status bar says it; with how much is selected. */
export function position() {
  return page.locator('.statusbar-item[id="status.editor.selection"]').first().innerText({ timeout: PATIENCE_MS });
}

/** Presses a key that moves the cursor, and waits until it has moved. */
export async function move(keys, isThere) {
  await textFocus();
  const before = await position();
  await press(keys);
  await until(`${keys} to move the cursor`, async () => {
    const now = await position();
    return isThere === undefined ? now !== before : isThere(now);
  });
}

// Chooses an entry of the command palette (F1) or of "go to file" (Control+p).
export async function choose(keys, name) {
  // The first row, which Enter takes: what was used last stands there until the list is filtered.
  const row = page.locator('.quick-input-list .monaco-list-row[data-index="0"]', { hasText: name });
  await until(`${name} to be chosen`, async () => {
    const input = await pressUntil(keys, ".quick-input-widget .quick-input-filter input");
    try {
      // Not typed: on a busy machine letters may still go where they went before.
      await input.fill(keys === "F1" ? `>${name}` : name, { timeout: PATIENCE_MS / 20 });
      await row.waitFor({ timeout: PATIENCE_MS / 4 });
      return true;
    } catch {
      // A page that opens late takes the focus, and the list is closed.
      await page.keyboard.press("Escape");
      return false;
    }
  });
  await page.locator(".quick-input-widget .quick-input-filter input").first().press("Enter");
}

export function command(name) {
  return choose("F1", name);
}

export async function open(file) {
  await choose("Control+p", file);
  await activeTab(file);
  await intoEditor();
}

export async function intoEditor() {
  await pressUntil("Control+1", ".editor-instance .monaco-editor.focused");
  await textFocus();
}

export function activeTab(file) {
  return page.locator(".tab.active", { hasText: file }).first().waitFor();
}

// Selects an occurrence of a text, the first without a number; the cursor is behind it.
export async function select(text, number = 1) {
  await intoEditor();
  await move("Control+Home", (now) => now.includes("Ln 1, Col 1") && !now.includes("selected"));
  const input = await pressUntil("Control+f", ".find-widget.visible .find-part textarea");
  const count = page.locator(".find-widget .matchesCount").first();
  // What the search before has found must not be taken for this one's.
  await input.fill("");
  await count.filter({ hasText: "No results" }).waitFor();
  await input.fill(text);
  // The search begins at the cursor, or where the one before it has ended.
  await count.filter({ hasText: /^\d+ of \d+/ }).waitFor();
  await until(`occurrence ${number}`, async () => {
    if ((await count.innerText()).startsWith(`${number} of `)) {
      return true;
    }
    const before = await count.innerText();
    await input.press("Enter");
    return until("the next occurrence", async () => (await count.innerText()) !== before).then(() => false);
  });
  const search = page.locator(".find-widget.visible").first();
  await until("the search to close", async () => {
    if ((await search.count()) === 0) {
      return true;
    }
    // The key is lost where a message or another widget takes the focus at this moment.
    await input.press("Escape", { timeout: 3000 }).catch(() => undefined);
    return search.waitFor({ state: "detached", timeout: 3000 }).then(() => true, () => false);
  });
  await textFocus();
  await until("the words to be selected", async () => (await position()).includes("selected"));
}

// Puts the cursor on an occurrence of a text, a few letters after its beginning.
export async function cursorInto(text, number = 1) {
  await select(text, number);
  await move("ArrowLeft", (now) => !now.includes("selected"));
  await move("ArrowRight");
  await move("ArrowRight");
}

/** Puts the cursor at the beginning or the end of the text. */
export async function cursorTo(where) {
  await intoEditor();
  const start = (now) => now.includes("Ln 1, Col 1") && !now.includes("selected");
  await move("Control+Home", start);
  if (where === "end") {
    await move("Control+End");
  }
}

// The list shows only what is in view: it is filtered.
export async function problem(code) {
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

export async function until(what, condition) {
  const start = Date.now();
  for (;;) {
    const found = await condition();
    if (found) {
      return found;
    }
    if (Date.now() - start > PATIENCE_MS) {
      throw new Error(`waited in vain for ${what}`);
    }
    await page.waitForTimeout(100);
  }
}

/** Drags one row onto another, as slowly as a hand: where it may be dropped is asked for on the way. */
export async function drag(from, to) {
  const middle = async (row) => {
    const { x, y, width, height } = await row.boundingBox();
    return [x + width / 3, y + height / 2];
  };
  // A list that is being made anew moves its rows.
  await until("the row to stay where it is", async () => {
    const before = await middle(from);
    await page.waitForTimeout(500);
    return `${before}` === `${await middle(from)}`;
  });
  await page.mouse.move(...(await middle(from)));
  await page.mouse.down();
  const [x, y] = await middle(to);
  await page.mouse.move(x, y + 40, { steps: 10 });
  for (let step = 0; step < 10; step += 1) {
    await page.mouse.move(x + step, y);
    await page.waitForTimeout(100);
  }
  await page.mouse.up();
}

/** The rows of the side bar, by a part of their text; of one view, by a part of its title. */
export function rows(text, view) {
  const pane = page.locator(".sidebar .pane");
  const panes = view === undefined ? pane : pane.filter({ has: page.locator(".pane-header", { hasText: view }) });
  const all = panes.locator(".pane-body .monaco-list-row");
  return text === undefined ? all : all.filter({ hasText: text });
}

/** Scrolls a view down by some rows. */
export async function scroll(view) {
  const pane = page.locator(".sidebar .pane").filter({ has: page.locator(".pane-header", { hasText: view }) });
  const { x, y, width, height } = await pane.locator(".pane-body").first().boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.wheel(0, 66);
  await page.waitForTimeout(200);
}

/** Scrolls a view down until it shows a row: lists draw no more than is to be seen. */
export async function scrollTo(row, view) {
  await until("the row to be seen", async () => {
    if ((await row.count()) > 0) {
      return true;
    }
    await scroll(view);
    return (await row.count()) > 0;
  });
}

/** Opens a row of a tree, unless it is open. */
export async function unfold(row) {
  await until("the row to open", async () => {
    if ((await row.getAttribute("aria-expanded")) === "true") {
      return true;
    }
    await row.locator(".monaco-tl-twistie").click();
    await page.waitForTimeout(500);
    return (await row.getAttribute("aria-expanded")) === "true";
  });
}

export async function closePeek() {
  const peek = page.locator(".reference-zone-widget");
  await until("the peek view to close", async () => {
    if ((await peek.count()) === 0) {
      return true;
    }
    await press("Escape");
    return peek.first().waitFor({ state: "detached", timeout: 3000 }).then(() => true, () => false);
  });
}

/** Changes settings of the machine. */
export function setting(values) {
  writeFileSync(SETTINGS, JSON.stringify({ ...JSON.parse(readFileSync(SETTINGS, "utf8")), ...values }));
}

/** What the annotate mode shows in the status bar. */
export const status = page.locator(".statusbar-item.warning-kind");

export async function annotateMode(on) {
  await intoEditor();
  await until(`the annotate mode to ${on ? "begin" : "end"}`, async () => {
    if ((await status.first().isVisible()) === on) {
      return true;
    }
    // Once more only where nobody has taken the key: it is a switch.
    const isTaken = await press(on ? "Shift+Alt+A" : "Escape");
    const state = on ? "visible" : "hidden";
    return status.first().waitFor({ state, timeout: isTaken ? undefined : 1000 }).then(() => true, () => false);
  });
}

/** Waits until the hover at the cursor says something. */
export async function hovered(text) {
  const hover = page.locator(".monaco-hover:visible", { hasText: text }).first();
  // A server that has just started has nothing to say yet, and the hover goes.
  await again(`${text} in the hover`, () => command("Show or Focus Hover"), hover);
}

/** A row of the list that is open above. */
export function item(text) {
  return page.locator(".quick-input-widget:visible .quick-input-list .monaco-list-row", { hasText: text }).first();
}
