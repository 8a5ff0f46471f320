// VS Code with the extension on a copy of the seed corpus: findings, hover, navigation, views, pages of rules.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  activeTab,
  again,
  closePeek,
  command,
  cursorInto,
  cursorTo,
  hovered,
  item,
  intoEditor,
  open,
  openFolder,
  page,
  press,
  pressUntil,
  problem,
  rows,
  scroll,
  scrollTo,
  setting,
  shot,
  test,
  unfold,
  until,
} from "./workbench.mjs";

const { SCHOLIAST, CORPUS } = process.env;
const FIRST_TEXT = "000_c802a1af4dc9d915.txt";
const MIXED_TEXT = "002_0f625328c3ae7765.txt";
const PREFERRED = "Nguyễn Thanh Lâm";
const THAI = "เหงียน ทันห์ ลัม";
const LATIN = "Nguyen Thanh Lam";

// Where a text stands for the first time, as the Problems panel would say it.
function place(file, text) {
  const lines = readFileSync(path.join(CORPUS, file), "utf8").split(/\r\n|\r|\n/);
  const line = lines.findIndex((each) => each.includes(text));
  assert.ok(line >= 0, `${text} is not in ${file}`);
  return { line: line + 1, column: lines[line].indexOf(text) + 1 };
}

export async function seeds() {
  await openFolder(CORPUS);

  await test("a missing server is reported with a way to the settings", async () => {
    const toast = page.locator(".notification-list-item", { hasText: "the server was not found" }).first();
    await toast.waitFor();
    await toast.getByRole("button", { name: "Open Settings" }).click();
    await page.locator(".settings-editor .setting-item", { hasText: "Path" }).first().waitFor();
  });

  await test("the server starts when the setting is put right", async () => {
    setting({ "scholiast.path": SCHOLIAST });
    await press("Escape");
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
      await hovered(PREFERRED);
      await shot(`hover-${spelling === THAI ? "thai" : "latin"}`);
      await press("Escape");
      await page.locator(".monaco-hover:visible", { hasText: PREFERRED }).first().waitFor({ state: "hidden" });
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

  await test("hints can be read", async () => {
    const color = (name) => page.evaluate((name) => {
      const style = getComputedStyle(document.querySelector(".monaco-workbench"));
      return style.getPropertyValue(`--vscode-${name}`).trim();
    }, name);
    const luminance = (hex) => {
      const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
      const linear = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    };
    const [words, ground] = [await color("editorInlayHint-foreground"), await color("editorInlayHint-background")];
    const [dark, light] = [luminance(words), luminance(ground)].sort((a, b) => a - b);
    // What WCAG wants of words of this size.
    assert.ok((light + 0.05) / (dark + 0.05) >= 4.5, `${words} on ${ground}`);
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
    const person = rows(PREFERRED, "Entities").first();
    await rows("Officials", "Entities").first().waitFor();
    await unfold(rows("Officials", "Entities").first());
    await person.waitFor();
    await again("the registry", () => person.click(), page.locator(".tab.active", { hasText: "officials.toml" }).first());
    await unfold(person);
    await rows(FIRST_TEXT, "Entities").first().waitFor();
  });

  await test("entities say how often they are mentioned, and are put in order", async () => {
    const officials = rows(undefined, "Entities").and(page.locator('[aria-level="2"][aria-label^="Officials, "]'));
    // In the order of the list, which is not always that of the page.
    const labels = async () => {
      const found = await officials.evaluateAll((all) => all.map((row) => [Number(row.dataset.index), row.getAttribute("aria-label")]));
      return found.sort(([one], [other]) => one - other).map(([, label]) => label.replace("Officials, ", ""));
    };
    // What is open below the first leaves no room for the others.
    const unfolded = officials.and(page.locator('[aria-expanded="true"]')).first();
    await unfolded.locator(".monaco-tl-twistie").click();
    await unfolded.waitFor({ state: "detached" });
    await until("the most mentioned to stand first", async () => {
      const counts = (await labels()).map((label) => Number(/(\d+) mentions? in \d+ files?/.exec(label)?.[1]));
      return counts.length > 1 && counts[0] > 0 && counts.every((count, at) => at === 0 || counts[at - 1] >= count);
    });
    await command("scholiast: Sort Entities");
    await item("By name").click();
    await until("the names to be in order", async () => {
      const names = await labels();
      return names.length > 1 && names.every((name, at) => at === 0 || names[at - 1].localeCompare(name, "vi") <= 0);
    });
    await shot("entities by name");
    await command("scholiast: Sort Entities");
    await item("By number of mentions").click();
    await unfold(rows(PREFERRED, "Entities").first());
  });

  await test("the side bar lists the mentions of what is under the cursor", async () => {
    await open(FIRST_TEXT);
    await cursorInto(THAI);
    await command("scholiast: Show Mentions of What Is Under the Cursor");
    await page.locator(".pane-header", { hasText: /Mentions of/ }).first().waitFor();
    await rows(undefined, "Mentions").and(page.locator('[aria-label*="line"]')).first().waitFor();
  });

  await test("the review lists findings by rule", async () => {
    await command("scholiast: Focus on Review View");
    await rows("entity/glued-name", "Review").first().waitFor();
  });

  await test("the dates of the text are listed", async () => {
    await open(FIRST_TEXT);
    await command("scholiast: Focus on Entities View");
    await scrollTo(rows("Dates in this text", "Entities"), "Entities");
    await unfold(rows("Dates in this text", "Entities").first());
    await scrollTo(rows(/2023/, "Entities"), "Entities");
    await rows(/2023/, "Entities").first().click();
    await activeTab(FIRST_TEXT);
  });

  await test("references cover both scripts", async () => {
    await open(FIRST_TEXT);
    await cursorInto(THAI);
    await command("Peek References");
    const tree = page.locator(".reference-zone-widget .ref-tree");
    await tree.locator(".monaco-list-row", { hasText: MIXED_TEXT }).first().waitFor();
    await closePeek();
  });

  await test("definition leads to the registry", async () => {
    await open(FIRST_TEXT);
    await cursorInto(THAI);
    await pressUntil("F12", '.tab.active[data-resource-name="officials.toml"]');
  });

  await test("findings follow what is typed", async () => {
    await open(MIXED_TEXT);
    await cursorTo("end");
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
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "/" }).first().waitFor();
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
    await closePeek();
  });

  await test("annotations are compared with the text", async () => {
    writeFileSync(path.join(CORPUS, "annotated.txt"), "สวัสดี Nguyen Van An และ Nguyen Thi Hoa\n");
    writeFileSync(path.join(CORPUS, "annotated.ann"), "T1\tPerson 7 20\tNguyen Van An\nT2\tPerson 25 38\tNguyen Thi Hoa\n");
    await command("View: Show Explorer");
    // "Go to file" does not know it yet.
    await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "annotated.txt" }).dblclick();
    await activeTab("annotated.txt");
    const row = await problem("annotation/text-mismatch");
    await row.waitFor();
    writeFileSync(path.join(CORPUS, "annotated.ann"), "T1\tPerson 7 20\tNguyen Van An\nT2\tPerson 25 39\tNguyen Thi Hoa\n");
    await row.waitFor({ state: "detached" });
  });

  await test("the server restarts", async () => {
    await command("scholiast: Restart Server");
    const row = await problem("entity/glued-name");
    await row.waitFor();
    await open(FIRST_TEXT);
    await cursorInto(THAI);
    await hovered(PREFERRED);
  });

  await test("names that no registry has are added, told who they are, and refused", async () => {
    const words = "Mr. Lê Quang Hòa met Mr. Đặng Thái Sơn and Mr. Phan Văn Trị. Later Mr. Lê Quang Hòa left.\n";
    writeFileSync(path.join(CORPUS, "guests.txt"), words);
    const registry = () => readFileSync(path.join(CORPUS, "officials.toml"), "utf8");
    await command("View: Show scholiast");
    const proposed = (name) => rows(name, "Entities").and(page.locator('[aria-label*="a person"]')).first();
    // The server hears of the new text a moment later than the disk has it.
    await until("the proposals", async () => {
      await command("scholiast: Refresh Entities");
      // Nothing above it is open, so that it stays in sight.
      await command("scholiast: Focus on Entities View");
      await page.keyboard.press("Control+ArrowLeft");
      await page.keyboard.press("End");
      await unfold(rows("Not in the registry", "Entities").first());
      // Whether the name is among them is seen by scrolling through them.
      for (let step = 0; step < 12; step += 1) {
        if ((await proposed("Lê Quang Hòa").count()) > 0) {
          return true;
        }
        await scroll("Entities");
      }
      return false;
    });
    await shot("proposals");
    await proposed("Lê Quang Hòa").click();
    await activeTab("guests.txt");
    await page.keyboard.press("Insert");
    await until("the entry", () => /id = "le-quang-hoa"\nnames\.vi = \["Lê Quang Hòa"\]/.test(registry()));
    await proposed("Lê Quang Hòa").waitFor({ state: "detached" });
    await scrollTo(proposed("Đặng Thái Sơn"), "Entities");
    await proposed("Đặng Thái Sơn").click();
    await page.keyboard.press("F2");
    const input = page.locator(".quick-input-widget .quick-input-filter input").first();
    await input.waitFor();
    await input.fill("nguyen manh hung");
    await item("Nguyễn Mạnh Hùng").click();
    await until("the spelling", () => /id = "nguyen-manh-hung"(?:(?!\[\[)[^])*"Đặng Thái Sơn"/.test(registry()));
    await scrollTo(proposed("Phan Văn Trị"), "Entities");
    const configuration = () => readFileSync(path.join(CORPUS, "scholiast.toml"), "utf8");
    const refused = () => configuration().includes('reject = ["Phan Văn Trị"]');
    await until("the refusal", async () => {
      // A view that is made anew at this moment has no row that the key could mean; where the row has gone, the key would
      // mean another.
      const row = proposed("Phan Văn Trị");
      if ((await row.count()) > 0 && (await row.click({ timeout: 3000 }).then(() => true, () => false))) {
        await page.keyboard.press("Delete");
      }
      await page.waitForTimeout(2000);
      return refused();
    }).catch((error) => assert.fail(`${error.message}: ${configuration()}`));
    await proposed("Phan Văn Trị").waitFor({ state: "detached" });
  });
}
