// The page of `scholiast report` in a real browser. Usage: node report.cjs PROGRAM FOLDER [PICTURE]
// Pictures go into FOLDER; with PICTURE the one for the README is written there.
"use strict";

const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
const { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const path = require("node:path");
const { chromium } = require("playwright-core");

const [program, folder, picture] = process.argv.slice(2).map((argument) => path.resolve(argument));
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Writes a report and returns its path. */
const report = (corpus, ...options) => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "report-")), "report.html");
  execFileSync(program, ["report", "--no-cache", "-o", file, ...options, corpus], { stdio: ["ignore", "ignore", "inherit"] });
  return file;
};

/** Opens a page and collects what its console says. */
const open = async (browser, file, settings) => {
  const page = await browser.newPage(settings);
  page.setDefaultTimeout(120_000);
  const said = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error.stack)));
  page.on("request", (request) => request.url().startsWith("http") && said.push(`a request to ${request.url()}`));
  await page.goto(`file://${file}`);
  await page.waitForSelector("#line-search");
  return { page, said };
};

/** Scrolls through the page, so that all charts are drawn. */
const look = async (page) => {
  for (const part of ["#network", "#heat", "#laws", "#dates", "#annotations", "#findings"]) {
    await page.locator(part).scrollIntoViewIfNeeded();
    await page.waitForTimeout(150);
  }
  await page.evaluate(() => scrollTo(0, 0));
};

const serious = async (page) => {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run());
  return found.violations.filter((one) => ["serious", "critical"].includes(one.impact)).map((one) => `${one.id}: ${one.nodes[0].html}`);
};

const hostile = () => {
  const corpus = mkdtempSync(path.join(tmpdir(), "hostile-"));
  const evil = "</script><img src=x onerror=alert(1)>";
  writeFileSync(path.join(corpus, "scholiast.toml"), '[corpus]\nregistry = ["people.toml"]\n');
  writeFileSync(path.join(corpus, "people.toml"), `version = 1\n\n[[person]]\nid = "evil"\nnames.en = ["Evil Eve"]\nnote = '${evil}'\n`);
  writeFileSync(path.join(corpus, `a'"&b.txt`), `${evil} Evil Eve <b>bold</b> & "quoted" {{data}}\n`);
  return corpus;
};

/** A corpus of 10,000 documents over twelve years, with annotations by two people, and the states of most documents. */
const large = (count) => {
  const corpus = mkdtempSync(path.join(tmpdir(), "large-"));
  // The same numbers at every run.
  let seed = 20260901;
  const below = (most) => ((seed = (seed * 48271) % 2147483647) >>> 8) % most;
  const pick = (all) => all[below(all.length)];
  const family = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ"];
  const middle = ["Văn", "Thị", "Minh", "Quang", "Hữu", "Ngọc", "Đức", "Thanh"];
  const given = ["An", "Bình", "Cường", "Dũng", "Giang", "Hà", "Khánh", "Lâm", "Nam", "Oanh", "Phúc", "Quý", "Sơn", "Tâm", "Uyên", "Vinh"];
  const people = Array.from({ length: 600 }, (_, at) => `${family[at % 10]} ${middle[(at / 10 | 0) % 8]} ${given[(at / 80 | 0) % 16]}`);
  writeFileSync(path.join(corpus, "scholiast.toml"), '[corpus]\nregistry = ["people.toml"]\ndocument-date = { file-name = "(?<year>\\\\d{4})-(?<month>\\\\d\\\\d)-(?<day>\\\\d\\\\d)" }\n[annotators]\n"0*/**" = "Anna"\n"1*/**" = "Ben"\n');
  writeFileSync(path.join(corpus, "people.toml"), `version = 1\n${people.map((name, at) => `[[person]]\nid = "p${at}"\nnames.vi = ["${name}"]\n`).join("")}`);
  const plain = ["Hai bên nhất trí thúc đẩy hợp tác giáo dục và văn hoá ở vùng núi trong những năm tới.", "Hội nghị bàn về đường bộ, cầu cống và nước sạch cho các xã xa trung tâm.", "Các đại biểu nghe báo cáo về mùa màng, giá cả và việc làm của người trẻ."];
  const states = [];
  for (let at = 0; at < count; at++) {
    const folder = path.join(corpus, String(at % 20).padStart(2, "0"));
    mkdirSync(folder, { recursive: true });
    const day = `${2012 + below(12)}-${String(1 + below(12)).padStart(2, "0")}-${String(1 + below(28)).padStart(2, "0")}`;
    const lines = Array.from({ length: 8 + below(6) }, () => {
      const decree = below(4) === 0 ? ` theo Quyết định số ${1 + below(900)}/QĐ-TTg ngày ${1 + below(28)}/${1 + below(12)}/${2012 + below(12)}` : "";
      return `${pick(plain)} Ông ${pick(people)} gặp bà ${pick(people)}${decree}. ${pick(plain)}`;
    });
    const text = `${lines.join("\n")}\n`;
    const name = path.join(folder, `${day}-${at}`);
    writeFileSync(`${name}.txt`, text);
    const marks = [...text.matchAll(/Ông ([^ ]+ [^ ]+ [^ ]+) gặp/g)].slice(0, 5);
    writeFileSync(`${name}.ann`, marks.map((mark, number) => {
      const start = [...text.slice(0, mark.index + 4)].length;
      return `T${number + 1}\tPerson ${start} ${start + [...mark[1]].length}\t${mark[1]}\n`;
    }).join(""));
    if (at % 10 > 0) states.push(`${path.relative(corpus, name)}.txt\t${pick(["in-work", "done", "reviewed"])}\t${pick(["Anna", "Ben"])}\t2026-03-${String(1 + below(28)).padStart(2, "0")}T08:00:00Z\n`);
  }
  writeFileSync(path.join(corpus, "scholiast-states.tsv"), states.sort().join(""));
  return corpus;
};

/** The size of a page, and how long a reader waits for its first view, in milliseconds; the best of three. */
const measured = async (browser, file) => {
  const waits = [];
  for (let run = 0; run < 3; run++) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`file://${file}`);
    await page.waitForSelector("#entity .lines li");
    waits.push(await page.evaluate(() => performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd));
    await page.close();
  }
  return { bytes: statSync(file).size, wait: Math.min(...waits) };
};

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    const file = report("seeds", "--title", "Five reports on Vietnam and Laos");
    for (const [name, settings] of Object.entries({
      light: { colorScheme: "light", viewport: { width: 1280, height: 900 } },
      dark: { colorScheme: "dark", viewport: { width: 1280, height: 900 } },
      narrow: { colorScheme: "light", viewport: { width: 400, height: 800 } },
    })) {
      const { page, said } = await open(browser, file, settings);
      await look(page);
      assert.deepEqual(await serious(page), [], `${name}: axe-core finds nothing serious`);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, `${name}: nothing is wider than the window`);
      await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
      if (picture && name === "light") await page.screenshot({ path: picture, clip: { x: 0, y: 0, width: 1280, height: 1180 }, fullPage: true });
      assert.deepEqual(said, [], `${name}: the console is empty`);
      await page.close();
    }

    const { page, said } = await open(browser, file, { viewport: { width: 1280, height: 900 } });
    const lines = () => page.locator("#entity .lines li").count();
    const all = await lines();
    assert.ok(all > 1, "there are lines in context");
    const words = await page.locator("#entity .lines li p").first().innerText();
    await page.fill("#line-search", words.slice(0, 24));
    const found = await lines();
    assert.ok(found >= 1 && found < all, `the search narrows ${all} lines to ${found}`);
    await page.fill("#line-search", "no line has these words");
    assert.equal(await lines(), 0);
    await page.fill("#line-search", "");
    const spelling = page.locator('#entity [aria-label="Spellings"] button').nth(1);
    const count = Number(await spelling.locator(".count").innerText());
    await spelling.click();
    assert.equal(await lines(), count, "a click on a spelling shows its lines");
    assert.equal(await page.locator('#entity [aria-label="Spellings"] button').nth(1).getAttribute("aria-pressed"), "true");
    // The keyboard alone: the search of names, then the first name in the list.
    await page.focus("#entity-search");
    await page.keyboard.type("manh hung");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.match(await page.locator("#entity h3").first().innerText(), /Mạnh Hùng/, "names are found without their marks");
    await page.click("#theme");
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
    assert.deepEqual(said, []);
    await page.close();

    const dialogs = [];
    const evil = await open(browser, report(hostile()), {});
    evil.page.on("dialog", (dialog) => { dialogs.push(dialog.message()); dialog.dismiss(); });
    await look(evil.page);
    assert.equal(await evil.page.locator("img").count(), 0, "no name is markup");
    assert.match(await evil.page.locator("#entity").innerText(), /<\/script><img src=x onerror=alert\(1\)>/);
    assert.deepEqual([...dialogs, ...evil.said], []);
    const corpus = large(10_000);
    const big = report(corpus);
    const { bytes, wait } = await measured(browser, big);
    assert.ok(bytes <= 5_000_000, `a report of 10,000 documents has ${bytes} bytes`);
    for (const colorScheme of ["light", "dark"]) {
      const { page, said } = await open(browser, big, { colorScheme, viewport: { width: 1280, height: 900 } });
      await look(page);
      await page.locator("#states").scrollIntoViewIfNeeded();
      await page.fill("#state-search", "ben");
      assert.match(await page.locator("#state-count").innerText(), /^[1-9][\d,]+ of 10,000 documents$/);
      await page.fill("#state-search", "");
      const chip = page.locator("#states-chips button").nth(1);
      await chip.click();
      const shown = Number((await page.locator("#state-count").innerText()).split(" ")[0].replace(",", ""));
      const named = Number((await chip.locator(".count").innerText()).replace(",", ""));
      assert.equal(shown, named, "a click on a state shows its documents");
      await chip.click();
      assert.deepEqual(await serious(page), [], `${colorScheme}: axe-core finds nothing serious in a large report`);
      await page.screenshot({ path: path.join(folder, `large-${colorScheme}.png`), fullPage: true });
      assert.deepEqual(said, []);
      await page.close();
    }
    rmSync(corpus, { recursive: true });
    console.log(`report of 10,000 documents: ${Math.round(bytes / 1024)} KiB, first view after ${Math.round(wait)} ms`);
    console.log(`report: ${Math.round(statSync(file).size / 1024)} KiB, ${all} lines, all checks passed`);
  } finally {
    await browser.close();
  }
})().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
