// The film of the documentation: how names are annotated, linked and related, in a small window, on a copy of the corpus in
// tests/editors/corpus. Each frame says which key is pressed and what it does. That all of it works is tested in
// annotator.mjs, and once more here: nothing is seen that did not happen.

import { cpSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  annotateMode,
  command,
  cursorInto,
  cursorTo,
  intoEditor,
  item,
  open,
  openFolder,
  page,
  press,
  rows,
  select,
  setting,
  status,
  test,
  typeKey,
  until,
} from "./workbench.mjs";

const { BRAT, SHOTS } = process.env;
const FOLDER = path.join(path.dirname(BRAT), "film", "corpus");
const SIZE = { width: 1000, height: 620 };
const USUAL = page.viewportSize();
const BINH = "Trần Văn Bình";
const HOA = "Lê Thị Hoa";
const THAI = "เล ถิ ฮวา";
const SOMSAK = "Somsak Jaidee";

// Made before anything else has changed the corpus.
cpSync(BRAT, FOLDER, { recursive: true });

let frames = 0;

export async function film() {
  mkdirSync(path.join(SHOTS, "film"), { recursive: true });
  setting({
    "editor.minimap.enabled": false,
    "breadcrumbs.enabled": false,
    "editor.cursorBlinking": "solid",
    "editor.lightbulb.enabled": "off",
    "window.commandCenter": false,
    "window.title": "${activeEditorShort}",
  });
  await page.setViewportSize(SIZE);
  await openFolder(FOLDER);

  await test("the film is made", async () => {
    await open("visit.txt");
    await command("View: Show scholiast");
    await rows("People").first().waitFor();
    for (const view of ["Entities", "Review", "States"]) {
      await fold(view);
    }
    await cursorInto(BINH);
    await annotateMode(true);
    await status.filter({ hasText: "P Person" }).first().waitFor();
    await frame("Shift+Alt+A", "begins the annotate mode; below are the keys");

    await typeKey("P");
    await annotated(BINH);
    await frame("P", "annotates the name as a person");

    await cursorInto(HOA);
    await typeKey(".");
    await annotated(HOA);
    await frame(".", "does the same again");
    await cursorInto(THAI);
    await typeKey(".");
    await annotated(THAI);
    await frame(".", "and again, in Thai");

    await select("sông Mê Kông");
    await frame("", "select any other words");
    await typeKey("R");
    await annotated("sông Mê Kông");
    await frame("R", "annotates them as a river");

    await cursorInto(SOMSAK);
    await typeKey("P");
    await annotated(SOMSAK);
    await typeKey("*");
    const all = item(/in this file/);
    await all.waitFor();
    await frame("*", "annotates all occurrences");
    await all.click();
    await until("two annotations", () => read().split(`\t${SOMSAK}\n`).length === 3);
    await intoEditor();
    await rows(SOMSAK, "Annotations").nth(1).waitFor();
    await frame("*", "annotates all occurrences");

    await cursorTo("start");
    await typeKey(")");
    await until("the first annotation", () => rows(BINH, "Mentions").first().isVisible());
    await frame(")", "goes to the next that is not linked");
    await typeKey("@");
    await item("tran-van-binh").waitFor();
    await frame("@", "links it to an entry of the registry");
    await press("Enter");
    await until("a link", () => read().includes("registry:tran-van-binh"));
    await rows(/T1 · /, "Annotations").first().waitFor();
    await frame("@", "links it to an entry of the registry");

    await intoEditor();
    await typeKey(">");
    const relation = item(/relate T1 by .Met. to/);
    await relation.waitFor();
    await frame(">", "relates it to another annotation");
    await relation.click();
    await until("a relation", () => /R1\tMet Arg1:T1/.test(read()));
    await annotateMode(false);
    await cursorTo("start");
    await page.keyboard.insertText("Bản ghi: ");
    await typeKey("Control+s");
    await until("the annotations to follow", () => read().includes(`T1\tPerson 59 72\t${BINH}`));
    await frame("Ctrl+S", "saves a corrected text; its annotations follow");
  });

  await page.setViewportSize(USUAL);
  setting({
    "editor.minimap.enabled": true,
    "breadcrumbs.enabled": true,
    "editor.cursorBlinking": "blink",
    "editor.lightbulb.enabled": "onCode",
    "window.commandCenter": true,
    "window.title": "${dirty}${activeEditorShort}${separator}${rootName}",
  });
}

function read() {
  try {
    return readFileSync(path.join(FOLDER, "visit.ann"), "utf8");
  } catch {
    return "";
  }
}

/** Waits until words are annotated on the disk, and the view and the status bar have followed. */
async function annotated(words) {
  await until(`${words} to be annotated`, () => read().includes(`\t${words}\n`));
  await rows(words, "Annotations").first().waitFor();
}

/** Closes a view of the side bar, so that others have its place. */
async function fold(view) {
  const header = page.locator(".sidebar .pane-header", { hasText: view }).first();
  await until(`the view ${view} to close`, async () => {
    if ((await header.getAttribute("aria-expanded")) === "false") {
      return true;
    }
    // Not in the middle, where the buttons of the view are in a narrow side bar.
    await header.locator("h3.title").click({ position: { x: 5, y: 5 } });
    return false;
  });
}

/** What is to be seen now, with a key and what it does below it. */
async function frame(key, words) {
  await page.mouse.move(SIZE.width - 40, SIZE.height - 120);
  // What opens or closes on the page comes to rest.
  await page.waitForTimeout(500);
  await page.evaluate(
    ([keyName, text]) => {
      const label = document.createElement("div");
      label.id = "caption";
      label.style.cssText =
        "position:fixed;z-index:100000;left:360px;bottom:44px;padding:12px 18px;border-radius:8px;color:#fff;" +
        "background:#17373b;font:20px 'Noto Sans','Noto Sans Thai',sans-serif;box-shadow:0 2px 8px #0006";
      if (keyName !== "") {
        const cap = document.createElement("span");
        cap.textContent = keyName;
        cap.style.cssText = "color:#17373b;background:#f4b942;border-radius:5px;padding:1px 10px;margin-right:12px;font-weight:bold";
        label.append(cap);
      }
      label.append(text);
      document.body.append(label);
    },
    [key, words],
  );
  await page.screenshot({ path: path.join(SHOTS, "film", `${String(frames).padStart(3, "0")}.png`) });
  frames += 1;
  await page.evaluate(() => document.getElementById("caption")?.remove());
}
