// Each rule is seen failing: the extension as it is, with one thing broken, has one fault that names it.

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { faults, read } from "./metadata.mjs";

const expected = readFileSync("../../tests/editors/package-files.txt", "utf8").trim().split("\n");
const README = "# scholiast\n\n![Names](../../docs/images/vscode.png)\n\n## Set-up\n\nSee [below](#set-up).\n";

/** A copy that may be broken. The files that the build writes are there by name alone. */
function extension() {
  const sound = read(".", [...expected], [...expected]);
  return { ...sound, manifest: copy(sound.manifest), strings: copy(sound.strings) };
}

function copy(value) {
  return JSON.parse(JSON.stringify(value));
}

/** A PNG of which no more is there than its first bytes. */
function png(width, height) {
  const bytes = Buffer.alloc(24);
  bytes.write("\x89PNG\r\n\x1a\n", 0, "latin1");
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

test("the extension as it is has no fault", () => {
  assert.deepEqual(faults(extension()), []);
});

const BROKEN = [
  ["a name with capitals", (it) => (it.manifest.name = "Scholiast"), /name is "Scholiast"; use small letters/, "many"],
  ["no publisher", (it) => delete it.manifest.publisher, /publisher is missing; use small letters/],
  [
    "another version than the server's",
    (it) => (it.crate.version = "9.0.0"),
    /version is "0\.1\.0", that of Cargo\.toml "9\.0\.0"/,
  ],
  [
    "a version that is no release",
    (it) => (it.crate.version = it.manifest.version = "0.1.0-beta"),
    /version is "0\.1\.0-beta"; the marketplace takes three numbers/,
    "many",
  ],
  ["not private", (it) => delete it.manifest.private, /private is not true; without it `npm publish`/],
  ["no display name", (it) => delete it.manifest.displayName, /displayName says nothing \(en\)/, "many"],
  ["no description in Thai", (it) => (it.strings.th.description = ""), /description says nothing \(th\)/],
  [
    "a long description",
    (it) => (it.strings.vi.description = "dài ".repeat(600)),
    /description has 2400 characters \(vi\); Open VSX takes 2048/,
  ],
  [
    "an invisible character",
    (it) => (it.strings.en.description = "a\u200Bb"),
    /description has an invisible character \(en\)/,
  ],
  ["no categories", (it) => (it.manifest.categories = []), /categories is empty; choose from AI, Azure/],
  ["an unknown category", (it) => it.manifest.categories.push("Corpora"), /category "Corpora" is unknown; choose from/],
  [
    "too many keywords",
    (it) => (it.manifest.keywords = Array.from({ length: 31 }, (_, at) => `word ${at}`)),
    /31 keywords; the marketplace takes 1 to 30/,
  ],
  ["a keyword twice", (it) => it.manifest.keywords.push("thai"), /keyword "thai" stands twice/],
  ["no icon", (it) => delete it.manifest.icon, /no icon; name a PNG of at least 128×128 pixels/],
  ["an icon that is not there", (it) => (it.icon = undefined), /icon icons\/scholiast\.png is not there/],
  ["an icon that is a drawing", (it) => (it.icon = Buffer.from("<svg/>")), /icons\/scholiast\.png is not a PNG/],
  ["a small icon", (it) => (it.icon = png(64, 64)), /icon icons\/scholiast\.png has 64×64 pixels/],
  ["an oblong icon", (it) => (it.icon = png(256, 128)), /has 256×128 pixels; make it square/],
  ["another licence", (it) => (it.manifest.license = "MIT"), /license is "MIT", that of Cargo\.toml "MIT OR Apache/],
  ["no licence file", (it) => (it.licences = []), /no licence file in the package; put LICENSE\.txt/],
  ["any VS Code", (it) => (it.manifest.engines.vscode = "*"), /engines\.vscode is "\*"; write the oldest version/],
  [
    "no program",
    (it) => (it.manifest.main = "./out/main.js"),
    /main is "\.\/out\/main\.js", which is not in the package/,
  ],
  ["no place to run", (it) => delete it.manifest.extensionKind, /extensionKind is missing; write \["workspace"\]/],
  ["an unknown place to run", (it) => (it.manifest.extensionKind = ["web"]), /extensionKind is \["web"\]/],
  [
    "nothing about trust",
    (it) => delete it.manifest.capabilities.untrustedWorkspaces,
    /capabilities\.untrustedWorkspaces\.supported is missing; write true, false or "limited"/,
  ],
  [
    "no reason for virtual folders",
    (it) => (it.strings.vi.virtual = ""),
    /capabilities\.virtualWorkspaces has no description \(vi\)/,
  ],
  ["always active", (it) => it.manifest.activationEvents.push("*"), /activationEvents must name when/],
  [
    "waiting for an unknown language",
    (it) => it.manifest.activationEvents.push("onLanguage:bratt"),
    /"onLanguage:bratt" waits for a language that nobody contributes; use one of plaintext, brat/,
  ],
  [
    "a command without a title",
    (it) => delete it.manifest.contributes.commands[0].title,
    /the title of command scholiast\.startCorpus is missing/,
  ],
  [
    "a title in English alone",
    (it) => (it.manifest.contributes.commands[0].title = "Start"),
    /the title of command scholiast\.startCorpus is "Start" in every language/,
  ],
  [
    "a title without Thai",
    (it) => delete it.strings.th["command.startCorpus"],
    /the title of command scholiast\.startCorpus has no text for %command\.startCorpus% \(th\)/,
  ],
  [
    "a command without a category",
    (it) => delete it.manifest.contributes.commands[1].category,
    /command scholiast\.restartServer has no category; write "scholiast"/,
  ],
  [
    "a command twice",
    (it) => it.manifest.contributes.commands.push(it.manifest.contributes.commands[0]),
    /command scholiast\.startCorpus stands twice/,
  ],
  [
    "a foreign command",
    (it) => it.manifest.contributes.commands.push({ command: "start", title: "%description%", category: "scholiast" }),
    /command "start" is not one of scholiast; let it begin with "scholiast\."/,
  ],
  [
    "a menu with an unknown command",
    (it) => it.manifest.contributes.menus["view/title"].push({ command: "scholiast.gone" }),
    /the menu view\/title names "scholiast\.gone", which is no command/,
  ],
  [
    "a setting without a description",
    (it) => delete it.manifest.contributes.configuration.properties["scholiast.path"].markdownDescription,
    /the description of setting scholiast\.path is missing/,
  ],
  [
    "a setting without a default",
    (it) => delete it.manifest.contributes.configuration.properties["scholiast.path"].default,
    /setting scholiast\.path has no default/,
  ],
  [
    "a setting without a scope",
    (it) => delete it.manifest.contributes.configuration.properties["scholiast.path"].scope,
    /setting scholiast\.path has no scope/,
  ],
  [
    "a value without a description",
    (it) => it.manifest.contributes.configuration.properties["scholiast.trace.server"].enumDescriptions.pop(),
    /setting scholiast\.trace\.server has 3 values and 2 descriptions of them/,
  ],
  [
    "a file that is not in the package",
    (it) => (it.manifest.contributes.languages[0].icon.dark = "icons/gone.svg"),
    /package\.json names icons\/gone\.svg, which is not in the package/,
  ],
  [
    "a picture of the walkthrough without a text",
    (it) => delete it.strings.vi["step.annotate.picture"],
    /the text for the picture of the step annotate has no text for %step\.annotate\.picture% \(vi\)/,
  ],
  [
    "single backticks in the walkthrough",
    (it) => (it.strings.th["step.folder.text"] = "ไฟล์ `.txt`"),
    /the step folder has single backticks \(th\), which VS Code shows as they are; write two/,
  ],
  [
    "a page of the walkthrough in English alone",
    (it) => {
      it.listed = it.listed.filter((name) => name !== "walkthrough/corpus.nls.vi.md");
      it.expected = it.listed;
    },
    /walkthrough\/corpus\.nls\.vi\.md is not in the package; write the page of the step corpus/,
  ],
  ["no page", (it) => (it.readme = undefined), /no README\.md; it is the page of the extension/],
  ["a drawing in the page", (it) => (it.readme = `${README}<svg></svg>\n`), /README\.md has an <svg>/],
  [
    "a picture as HTML",
    (it) => (it.readme = `${README}<img src="icons/scholiast.png">\n`),
    /README\.md has <img src="icons\/scholiast\.png">; write !\[/,
  ],
  [
    "a picture without a text",
    (it) => (it.readme = README.replace("Names", "")),
    /the picture \.\.\/\.\.\/docs\/images\/vscode\.png has no text/,
  ],
  [
    "a picture from elsewhere",
    (it) => (it.readme = README.replace("../../docs/images", "https://example.org")),
    /the picture https:\/\/example\.org\/vscode\.png is elsewhere/,
  ],
  [
    "a picture that is a drawing",
    (it) => (it.readme = README.replace("../../docs/images/vscode.png", "icons/scholiast.svg")),
    /the picture icons\/scholiast\.svg is none that marketplaces show; use \.png/,
  ],
  [
    "a picture that is not there",
    (it) => (it.readme = README.replace("vscode.png", "gone.png")),
    /the picture \.\.\/\.\.\/docs\/images\/gone\.png is not there/,
  ],
  [
    "a picture that is not in the package",
    (it) => (it.readme = README.replace("docs/images/vscode.png", "docs/report.png")),
    /the picture \.\.\/\.\.\/docs\/report\.png is not in the package; show it in a step of the walkthrough/,
  ],
  [
    "a picture within a line",
    (it) => (it.readme = README.replace("![Names]", "Look: ![Names]")),
    /the picture \.\.\/\.\.\/docs\/images\/vscode\.png stands within a line/,
  ],
  [
    "a link to no heading",
    (it) => (it.readme = README.replace("(#set-up)", "(#setup)")),
    /the link #setup leads to no heading; use one of #scholiast, #set-up/,
  ],
  [
    "a link without encryption",
    (it) => (it.readme = README.replace("(#set-up)", "(http://example.org)")),
    /the link http:\/\/example\.org is none that VS Code follows; use an https address/,
  ],
  [
    "a link to no file",
    (it) => (it.readme = README.replace("(#set-up)", "(GONE.md#top)")),
    /the link GONE\.md#top leads nowhere/,
  ],
  ["no changelog", (it) => (it.changelog = undefined), /no CHANGELOG\.md; say there what is new/],
  [
    "nothing about this version",
    (it) => (it.changelog = "# Changelog\n\n## 0.0.9\n\n- Old.\n"),
    /CHANGELOG\.md says nothing of the version; begin a part with "## 0\.1\.0"/,
  ],
  [
    "an empty part about this version",
    (it) => (it.changelog = "# Changelog\n\n## 0.1.0\n\n## 0.0.9\n\n- Old.\n"),
    /the part "## 0\.1\.0" is empty/,
  ],
  [
    "a file that nobody asked for",
    (it) => it.listed.push("src/extension.ts"),
    /src\/extension\.ts is in the package unasked/,
  ],
  [
    "a file that is missing",
    (it) => it.expected.push("icons/new.svg"),
    /icons\/new\.svg is not in the package; add the file and a line to \.vscodeignore/,
  ],
  [
    "a heavy package",
    (it) => (it.size = () => 1_000_000),
    /the files of the package have \d+ bytes together; keep them/,
  ],
];

for (const [name, breakIt, message, many] of BROKEN) {
  test(name, () => {
    const broken = extension();
    breakIt(broken);
    const found = faults(broken);
    assert.ok(
      found.some((fault) => message.test(fault)),
      `no fault says ${message}: ${found.join("\n") || "none"}`,
    );
    // A name that is wrong makes commands wrong, and a text is missing in all languages.
    if (many === undefined) {
      assert.equal(found.length, 1, found.join("\n"));
    }
  });
}
