// Checks that every text for people is translated: those of the code in l10n/, those of package.json in package.nls.*.json.

import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";

const LANGUAGES = ["th", "vi"];
const wrong = [];

const manifest = readFileSync("package.json", "utf8");
const keys = new Set([...manifest.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key));
compare(keys, "package.nls.json");

const said = new Set(sources("src").flatMap((file) => texts(file)));
for (const language of LANGUAGES) {
  compare(keys, `package.nls.${language}.json`);
  compare(said, `l10n/bundle.l10n.${language}.json`);
}
if (wrong.length > 0) {
  throw new Error(wrong.join("\n"));
}

/** Each text has a translation with the same placeholders, and there are no others. */
function compare(expected, file) {
  const translated = JSON.parse(readFileSync(file, "utf8"));
  for (const text of expected) {
    if (typeof translated[text] !== "string" || translated[text].trim() === "") {
      wrong.push(`${file}: nothing for ${JSON.stringify(text)}`);
    } else if (file.startsWith("l10n") && placeholders(text) !== placeholders(translated[text])) {
      wrong.push(`${file}: other placeholders for ${JSON.stringify(text)}`);
    }
  }
  wrong.push(...Object.keys(translated).flatMap((text) => (expected.has(text) ? [] : [`${file}: unused ${text}`])));
}

function placeholders(text) {
  return [...text.matchAll(/\{\d\}/g)].map(String).sort().join();
}

function sources(folder) {
  return readdirSync(folder, { recursive: true }).flatMap((name) =>
    name.endsWith(".ts") ? [`${folder}/${name}`] : [],
  );
}

/** The first arguments of all calls of l10n.t. */
function texts(file) {
  const found = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.expression.getText(source) === "l10n.t") {
      const [text] = node.arguments;
      if (text !== undefined && ts.isStringLiteralLike(text)) {
        found.push(text.text);
      } else {
        wrong.push(`${file}: l10n.t wants a literal`);
      }
    }
    ts.forEachChild(node, visit);
  };
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022);
  visit(source);
  return found;
}
