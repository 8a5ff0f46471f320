// VS Code (code-server in Chromium) as a person drives it: by keyboard and mouse. The environment says where everything is:
// URL, SHOTS.
//
// VS Code offers UTF-16 alone. Columns are read where it shows them: the Problems panel counts UTF-16 units from 1.

import { mkdirSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

const { URL: url, SHOTS } = process.env;
/** A machine that does much else is slow; nothing here measures time. */
const PATIENCE_MS = Number(process.env.PATIENCE_MS ?? 120_000);

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
export const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
page.setDefaultTimeout(PATIENCE_MS);

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
    // What one test leaves open must not fail the next.
    await page.keyboard.press("Escape");
  }
}

export async function shot(name, options = {}) {
  await page.mouse.move(1000, 780);
  await page.screenshot({ path: path.join(SHOTS, `${name}.png`), ...options });
}

// What is to be seen now, for whoever wonders why a run takes so long: `kill -USR2` of this process.
process.on("SIGUSR2", () => void shot("now").catch(() => undefined));

/** Frames of the film: what is to be seen after each step. */
let frames = 0;
export async function frame() {
  const folder = path.join(SHOTS, "film");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${String(frames).padStart(3, "0")}.png`) });
  frames += 1;
}

/** Ends the browser and the process. */
export async function end() {
  await browser.close();
  console.log(`${passed} passed, ${failures} failed`);
  process.exit(failures === 0 ? 0 : 1);
}

export async function openFolder(folder) {
  await page.goto(folder === undefined ? `${url}/?ew=true` : `${url}/?folder=${encodeURIComponent(folder)}`);
  await page.locator(".monaco-workbench").waitFor();
  // The process that runs extensions and searches files comes last; nothing can be opened before it is there.
  await pressUntil("Control+p", ".quick-input-widget .quick-input-filter input");
  await page.locator(".quick-input-widget .quick-input-filter input").first().fill(".txt");
  await item(".txt").waitFor({ timeout: 5 * PATIENCE_MS });
  await page.keyboard.press("Escape");
}

// Key bindings are registered late: press until what they open is there.
export async function pressUntil(keys, selector) {
  const target = page.locator(selector).first();
  for (let attempt = 0; attempt < 30; attempt += 1) {
    await page.keyboard.press(keys);
    if (await target.waitFor({ timeout: 2000 }).then(() => true, () => false)) {
      return target;
    }
  }
  throw new Error(`${keys} does not open ${selector}`);
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
  await page.keyboard.press("Enter");
}

export function command(name) {
  return choose("F1", name);
}

export async function open(file) {
  await choose("Control+p", file);
  await activeTab(file);
  await intoEditor();
}

export function intoEditor() {
  return pressUntil("Control+1", ".editor-instance .monaco-editor.focused");
}

export function activeTab(file) {
  return page.locator(".tab.active", { hasText: file }).first().waitFor();
}

export async function activeTabAfter(act, file) {
  await act();
  await activeTab(file);
}

// Selects an occurrence of a text, the first without a number; the cursor is behind it.
export async function select(text, number = 1) {
  await page.keyboard.press("Control+Home");
  await pressUntil("Control+f", ".find-widget.visible .find-part textarea");
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
  await page.locator(".find-widget .matchesCount", { hasText: /^\d+ of \d+/ }).waitFor();
  for (let at = 1; at < number; at += 1) {
    await page.keyboard.press("Enter");
  }
  await page.locator(".find-widget .matchesCount", { hasText: new RegExp(`^${number} of `) }).waitFor();
  await until("the search to close", async () => {
    if (!(await page.locator(".find-widget.visible").first().isVisible())) {
      return true;
    }
    await page.keyboard.press("Escape");
    await page.waitForTimeout(300);
    return false;
  });
}

// Puts the cursor on an occurrence of a text, a few letters after its beginning.
export async function cursorInto(text, number = 1) {
  await select(text, number);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
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

/** The rows of a view of the side bar, by a part of their text. */
export function rows(text) {
  const all = page.locator(".sidebar .pane-body .monaco-list-row");
  return text === undefined ? all : all.filter({ hasText: text });
}

/** A row of the list that is open above. */
export function item(text) {
  return page.locator(".quick-input-widget:visible .quick-input-list .monaco-list-row", { hasText: text }).first();
}
