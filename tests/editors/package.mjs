// What somebody sees of the package in VS Code: the page of the extension, the walkthrough with its pictures, icons of files,
// help in TOML files. Changes nothing on the disk.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import {
  again,
  choose,
  command,
  cursorInto,
  cursorTo,
  hovered,
  intoEditor,
  item,
  open,
  openFolder,
  page,
  press,
  problem,
  shot,
  test,
  until,
} from "./workbench.mjs";

const { BRAT } = process.env;
/** The steps of the walkthrough that have a picture, with the width of the picture. */
const PICTURES = [
  ["See every mention", 1400],
  ["Annotate by keyboard", 1000],
];

export async function thePackage() {
  await openFolder(BRAT);

  await test("the page of the extension has no broken picture", async () => {
    await command("Extensions: Show Installed Extensions");
    const extension = page.locator(".extensions-list .monaco-list-row", { hasText: "scholiast" }).first();
    const editor = page.locator(".extension-editor").first();
    await again("the page of the extension", () => extension.click(), editor);
    const shown = await until("the text of the page", theExtensionsPage);
    assert.ok(shown.text.includes("First annotation"), "the page is not README.md");
    assert.ok(shown.text.includes("Picture:"), "the page does not tell of its pictures");
    assert.deepEqual(shown.pictures, [], "VS Code shows no pictures of a package here");
    assert.deepEqual(shown.dead, [], "links that lead nowhere");
  });

  await test("the walkthrough shows its pictures", async () => {
    await choose("F1", "Welcome: Open Walkthrough...");
    await item("Annotated corpora with scholiast").click();
    const steps = page.locator(".getting-started-step");
    await steps.first().waitFor();
    for (const [step, width] of PICTURES) {
      const picture = page.locator(`.getting-started-media img[alt]:not([alt=""])`).first();
      await again(`the picture of "${step}"`, () => steps.filter({ hasText: step }).first().click(), picture);
      await until(`the picture of "${step}" to be read`, () => picture.evaluate((it) => it.complete && it.naturalWidth > 0));
      assert.ok((await picture.getAttribute("alt")).length > 20, `the picture of "${step}" has no text`);
      assert.ok((await picture.evaluate((it) => it.naturalWidth)) > width / 3, `the picture of "${step}" is small`);
      await shot(`walkthrough-${step.split(" ")[0].toLowerCase()}`);
    }
    // Code in the descriptions of steps is code.
    const text = await page.locator(".getting-started-step").allInnerTexts();
    assert.ok(!text.join(" ").includes("`"), `backticks are shown: ${text.join(" ")}`);
    await command("View: Close All Editors");
  });

  await test("annotations and brat's configuration have icons of their own", async () => {
    await command("View: Show Explorer");
    const files = readdirSync(BRAT);
    for (const [name, icon] of [
      ["report.ann", "annotation"],
      ["annotation.conf", "settings"],
      ["visual.conf", "settings"],
      ["kb_shortcuts.conf", "settings"],
    ]) {
      assert.ok(files.includes(name), `${name} is not in the corpus`);
      const label = page.locator(`.explorer-folders-view .monaco-icon-label[aria-label*="${name}"]`).first();
      await label.waitFor();
      await until(`${name} to have the icon ${icon}`, () =>
        label.evaluate((it, wanted) => getComputedStyle(it, "::before").backgroundImage.includes(wanted), `${icon}-light.svg`),
      );
    }
    await shot("icons");
  });

  await test("TOML files are completed, described and checked", async () => {
    await open("registry.toml");
    await cursorInto("names.vi");
    await hovered("Spellings by BCP 47 tag");
    await open("scholiast.toml");
    await cursorTo("end");
    await page.keyboard.type("\n[", { delay: 80 });
    const table = page.locator(".suggest-widget.visible .monaco-list-row", { hasText: "compare" }).first();
    await again("the tables", () => press("Control+Space"), table);
    await press("Escape");
    await page.keyboard.type("rulez]", { delay: 80 });
    await (await problem("config/unknown-key")).waitFor();
    await intoEditor();
    await command("File: Revert File");
  });
}

/** What the page of the extension has, once VS Code has drawn it. */
async function theExtensionsPage() {
  for (const frame of page.frames()) {
    const shown = await frame
      .evaluate(() => ({
        heading: document.querySelector("h1")?.textContent,
        text: document.body.innerText,
        pictures: [...document.querySelectorAll("h1 ~ * img, h1 ~ img")].map((picture) => picture.alt),
        // The first link leads to the beginning and has no words.
        dead: [...document.links, ...document.querySelectorAll("a:not([href])")]
          .filter((link) => !/^(?:https:|#)/.test(link.getAttribute("href") ?? ""))
          .map((link) => link.textContent),
      }))
      .catch(() => undefined);
    if (shown?.heading === "scholiast for Visual Studio Code") {
      return shown;
    }
  }
  return undefined;
}
