// What the two marketplaces (Visual Studio Marketplace, Open VSX) and VS Code ask of the files of an extension. Nothing is
// asked for on a network: the rules of both stand here. package.json says it once in English and, by `%key%`, in each
// package.nls file; README.md and CHANGELOG.md are the pages of the extension.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** The languages of package.nls.json, package.nls.th.json and package.nls.vi.json. */
const LANGUAGES = ["en", "th", "vi"];

/** https://code.visualstudio.com/api/references/extension-manifest */
const CATEGORIES = [
  "AI",
  "Azure",
  "Chat",
  "Data Science",
  "Debuggers",
  "Education",
  "Extension Packs",
  "Formatters",
  "Keymaps",
  "Language Packs",
  "Linters",
  "Machine Learning",
  "Notebooks",
  "Other",
  "Programming Languages",
  "SCM Providers",
  "Snippets",
  "Testing",
  "Themes",
  "Visualization",
];
/** Visual Studio Marketplace. */
const MOST_KEYWORDS = 30;
/** Open VSX. */
const LONGEST_FIELD = 255;
const LONGEST_DESCRIPTION = 2048;
const SMALLEST_ICON = 128;
/** Nobody should wait for pictures: all files of the package but the server, in bytes. */
const MOST_BYTES = 3_000_000;
const PICTURES = [".png", ".gif", ".jpg", ".jpeg"];

/**
 * Reads what is judged. `listed` are the files that `vsce ls` names, `expected` those that the repository says it should.
 */
export function read(folder, listed, expected) {
  const text = (name) =>
    existsSync(path.join(folder, name)) ? readFileSync(path.join(folder, name), "utf8") : undefined;
  const manifest = JSON.parse(text("package.json"));
  const crate = text("../../Cargo.toml");
  return {
    manifest,
    strings: Object.fromEntries(
      LANGUAGES.map((language) => [
        language,
        JSON.parse(text(language === "en" ? "package.nls.json" : `package.nls.${language}.json`) ?? "{}"),
      ]),
    ),
    readme: text("README.md"),
    changelog: text("CHANGELOG.md"),
    isFile: (name) => statSync(path.join(folder, name), { throwIfNoEntry: false })?.isFile() ?? false,
    size: (name) => statSync(path.join(folder, name), { throwIfNoEntry: false })?.size ?? 0,
    icon: manifest.icon === undefined ? undefined : bytes(path.join(folder, manifest.icon)),
    licences: readdirSync(folder).filter((name) => /^licen[cs]e(\.(md|txt))?$/i.test(name)),
    listed,
    expected,
    crate: { version: field(crate, "version"), license: field(crate, "license") },
  };
}

function bytes(file) {
  return existsSync(file) ? readFileSync(file) : undefined;
}

/** A field of the table `[package]`, which is the first of Cargo.toml. */
function field(toml, name) {
  return new RegExp(`^${name} = "(.*)"$`, "m").exec(toml)?.[1];
}

/** Everything that a marketplace would refuse or show wrongly, in words. */
export function faults(extension) {
  return [
    ...identity(extension),
    ...texts(extension),
    ...shelf(extension),
    ...icon(extension),
    ...licence(extension),
    ...running(extension),
    ...commands(extension),
    ...settings(extension),
    ...named(extension),
    ...walkthrough(extension),
    ...readme(extension),
    ...changelog(extension),
    ...content(extension),
  ];
}

/** What names the extension and its version. */
function* identity({ manifest, crate }) {
  for (const key of ["name", "publisher"]) {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(manifest[key] ?? "")) {
      yield `package.json: ${key} is ${say(manifest[key])}; use small letters, digits and hyphens`;
    }
  }
  if (manifest.version !== crate.version) {
    yield `package.json: version is ${say(manifest.version)}, that of Cargo.toml ${say(crate.version)}; write the same in both`;
  }
  if (!/^\d+\.\d+\.\d+$/.test(manifest.version ?? "")) {
    yield `package.json: version is ${say(manifest.version)}; the marketplace takes three numbers, nothing behind them`;
  }
  if (manifest.private !== true) {
    yield "package.json: private is not true; without it `npm publish` would put the extension into a registry of packages";
  }
}

/** What people read before they install it. */
function* texts(extension) {
  for (const [key, most] of [
    ["displayName", LONGEST_FIELD],
    ["description", LONGEST_DESCRIPTION],
  ]) {
    for (const [language, text] of translations(extension, extension.manifest[key])) {
      if (text.trim() === "") {
        yield `package.json: ${key} says nothing (${language}); write it, in package.nls files in each language`;
      } else if (text.length > most) {
        yield `package.json: ${key} has ${text.length} characters (${language}); Open VSX takes ${most}`;
      } else if (/\p{Cc}|\p{Cf}/u.test(text)) {
        yield `package.json: ${key} has an invisible character (${language}), which Open VSX refuses; delete it`;
      }
    }
  }
}

/** Where it is found. */
function* shelf({ manifest }) {
  const { categories = [], keywords = [] } = manifest;
  if (categories.length === 0) {
    yield `package.json: categories is empty; choose from ${CATEGORIES.join(", ")}`;
  }
  for (const category of categories.filter((each) => !CATEGORIES.includes(each))) {
    yield `package.json: category ${say(category)} is unknown; choose from ${CATEGORIES.join(", ")}`;
  }
  if (keywords.length === 0 || keywords.length > MOST_KEYWORDS) {
    yield `package.json: ${keywords.length} keywords; the marketplace takes 1 to ${MOST_KEYWORDS}`;
  }
  for (const keyword of keywords.filter((each, at) => keywords.indexOf(each) !== at)) {
    yield `package.json: keyword ${say(keyword)} stands twice; delete one`;
  }
}

function* icon({ manifest, icon: picture }) {
  if (manifest.icon === undefined) {
    yield `package.json: no icon; name a PNG of at least ${SMALLEST_ICON}×${SMALLEST_ICON} pixels`;
  } else if (picture === undefined) {
    yield `package.json: icon ${manifest.icon} is not there; name a file of the package`;
  } else if (picture.subarray(1, 4).toString("latin1") !== "PNG") {
    yield `package.json: icon ${manifest.icon} is not a PNG, which is all that the marketplace takes`;
  } else {
    const [width, height] = [picture.readUInt32BE(16), picture.readUInt32BE(20)];
    if (width !== height || width < SMALLEST_ICON) {
      yield `package.json: icon ${manifest.icon} has ${width}×${height} pixels; make it square and at least ${SMALLEST_ICON}×${SMALLEST_ICON}`;
    }
  }
}

function* licence({ manifest, licences, crate, listed }) {
  if (manifest.license !== crate.license) {
    yield `package.json: license is ${say(manifest.license)}, that of Cargo.toml ${say(crate.license)}; write the same in both`;
  }
  if (!licences.some((name) => listed.includes(name))) {
    yield "no licence file in the package; put LICENSE.txt beside package.json, and name it in .vscodeignore";
  }
}

/** Where, when and in which folders VS Code runs it. */
function* running(extension) {
  const {
    engines,
    extensionKind,
    capabilities = {},
    activationEvents = [],
    main,
    contributes = {},
  } = extension.manifest;
  if (!/^\^\d+\.\d+\.\d+$/.test(engines?.vscode ?? "")) {
    yield `package.json: engines.vscode is ${say(engines?.vscode)}; write the oldest version that is served, such as ^1.91.0`;
  }
  if (!extension.listed.includes(path.posix.normalize(main ?? ""))) {
    yield `package.json: main is ${say(main)}, which is not in the package; name the bundled program`;
  }
  const kinds = Array.isArray(extensionKind) ? extensionKind : [];
  if (kinds.length === 0 || !kinds.every((kind) => ["ui", "workspace"].includes(kind))) {
    yield `package.json: extensionKind is ${say(extensionKind)}; write ["workspace"] for an extension that runs where the files are`;
  }
  for (const key of ["untrustedWorkspaces", "virtualWorkspaces"]) {
    const { supported, description } = capabilities[key] ?? {};
    if (![true, false, "limited"].includes(supported)) {
      yield `package.json: capabilities.${key}.supported is ${say(supported)}; write true, false or "limited"`;
    } else if (supported !== true) {
      for (const [language, text] of translations(extension, description)) {
        if (text.trim() === "") {
          yield `package.json: capabilities.${key} has no description (${language}); say what does not work there, and why`;
        }
      }
    }
  }
  if (activationEvents.length === 0 || activationEvents.includes("*")) {
    yield "package.json: activationEvents must name when the extension is needed; `*` would start it with every window";
  }
  const languages = ["plaintext", ...(contributes.languages ?? []).map(({ id }) => id)];
  for (const event of activationEvents) {
    const language = /^onLanguage:(.*)$/.exec(event)?.[1];
    if (language !== undefined && !languages.includes(language)) {
      yield `package.json: ${say(event)} waits for a language that nobody contributes; use one of ${languages.join(", ")}`;
    }
  }
}

function* commands(extension) {
  const { contributes = {}, name } = extension.manifest;
  const known = new Set();
  for (const { command, title, category } of contributes.commands ?? []) {
    if (known.has(command)) {
      yield `package.json: command ${command} stands twice; delete one`;
    }
    known.add(command);
    if (!String(command).startsWith(`${name}.`)) {
      yield `package.json: command ${say(command)} is not one of ${name}; let it begin with ${say(`${name}.`)}`;
    }
    yield* localised(extension, title, `the title of command ${command}`);
    if (category === undefined) {
      yield `package.json: command ${command} has no category; write ${say(name)}, so that the palette says whose it is`;
    }
  }
  for (const [menu, entries] of Object.entries(contributes.menus ?? {})) {
    for (const { command } of entries) {
      if (!known.has(command)) {
        yield `package.json: the menu ${menu} names ${say(command)}, which is no command of the extension`;
      }
    }
  }
}

function* settings(extension) {
  const { configuration } = extension.manifest.contributes ?? {};
  for (const [name, setting] of Object.entries(configuration?.properties ?? {})) {
    yield* localised(
      extension,
      setting.markdownDescription ?? setting.description,
      `the description of setting ${name}`,
    );
    if (setting.default === undefined) {
      yield `package.json: setting ${name} has no default; write what holds while nobody sets it`;
    }
    if (setting.scope === undefined) {
      yield `package.json: setting ${name} has no scope; say where it may be set`;
    }
    if (setting.enum !== undefined && setting.enumDescriptions?.length !== setting.enum.length) {
      yield `package.json: setting ${name} has ${setting.enum.length} values and ${setting.enumDescriptions?.length ?? 0} descriptions of them`;
    }
  }
}

/** A text is `%key%`, and the key has a text in each language. */
function* localised(extension, text, what) {
  if (typeof text !== "string" || text.trim() === "") {
    yield `package.json: ${what} is missing; write "%key%", and the text in package.nls files`;
  } else if (!/^%[^%]+%$/.test(text)) {
    yield `package.json: ${what} is ${say(text)} in every language; write "%key%", and the text in package.nls files`;
  } else {
    for (const [language, words] of translations(extension, text)) {
      if (words.trim() === "") {
        yield `package.json: ${what} has no text for ${text} (${language}); write it in the package.nls file of the language`;
      }
    }
  }
}

/** Every file that package.json names is in the package. */
function* named({ manifest, listed }) {
  const { contributes = {} } = manifest;
  const files = [
    ...(contributes.languages ?? []).flatMap((language) => [
      language.configuration,
      language.icon?.light,
      language.icon?.dark,
    ]),
    ...(contributes.grammars ?? []).map((grammar) => grammar.path),
    ...Object.values(contributes.viewsContainers ?? {}).flatMap((each) => each.map((container) => container.icon)),
    ...steps(manifest).flatMap(({ media }) => media.markdown ?? []),
    ...walkthroughPictures(manifest),
  ].filter((file) => file !== undefined && !file.startsWith("$("));
  for (const file of files) {
    if (!listed.includes(path.posix.normalize(file))) {
      yield `package.json names ${file}, which is not in the package; add the file, and a line to .vscodeignore`;
    }
  }
}

function steps({ contributes }) {
  return (contributes?.walkthroughs ?? []).flatMap((walkthrough) => walkthrough.steps);
}

/** The pictures of the walkthrough, each once: VS Code shows them from the package. */
export function walkthroughPictures(manifest) {
  const images = steps(manifest).flatMap(({ media: { image } }) => image ?? []);
  return [...new Set(images.flatMap((image) => (typeof image === "string" ? [image] : Object.values(image))))];
}

/** The walkthrough speaks each language, also of what its pictures show. */
function* walkthrough(extension) {
  for (const { id, media, description } of steps(extension.manifest)) {
    for (const [language, text] of translations(extension, description)) {
      if (/(?<!`)`(?!`)/.test(text)) {
        yield `package.json: the step ${id} has single backticks (${language}), which VS Code shows as they are; write two`;
      }
    }
    for (const language of media.markdown === undefined ? [] : LANGUAGES.slice(1)) {
      const page = media.markdown.replace(/\.md$/, `.nls.${language}.md`);
      if (!extension.listed.includes(page)) {
        yield `${page} is not in the package; write the page of the step ${id} in that language, too`;
      }
    }
    if (media.image !== undefined) {
      yield* localised(extension, media.altText, `the text for the picture of the step ${id}`);
    }
  }
}

/** Pictures and links of the page. */
function* readme(extension) {
  if (extension.readme === undefined) {
    yield "no README.md; it is the page of the extension";
    return;
  }
  const text = prose(extension.readme);
  if (/<svg\b/i.test(text)) {
    yield "README.md has an <svg>, which marketplaces refuse; use a PNG";
  }
  for (const [tag] of text.matchAll(/<(?:img|picture|source|video)\b[^>]*>/gi)) {
    yield `README.md has ${tag}; write ![what it shows](file) in a paragraph of its own`;
  }
  const shown = walkthroughPictures(extension.manifest).map((picture) => path.posix.basename(picture));
  for (const [picture, alt, target] of text.matchAll(/!\[([^\]]*)\]\(([^)\s]*)[^)]*\)/g)) {
    if (alt.trim() === "") {
      yield `README.md: the picture ${target} has no text; say between the brackets what it shows`;
    }
    if (/^(?:\w+:|\/)/.test(target)) {
      yield `README.md: the picture ${target} is elsewhere; write the path of a file, from the folder of README.md`;
    } else if (!PICTURES.includes(path.posix.extname(target).toLowerCase())) {
      yield `README.md: the picture ${target} is none that marketplaces show; use ${PICTURES.join(", ")}`;
    } else if (!extension.isFile(target)) {
      yield `README.md: the picture ${target} is not there; write the path of a file, from the folder of README.md`;
    } else if (!shown.includes(path.posix.basename(target))) {
      yield `README.md: the picture ${target} is not in the package; show it in a step of the walkthrough, too`;
    }
    if (!text.split("\n").includes(picture)) {
      yield `README.md: the picture ${target} stands within a line; give it a paragraph of its own`;
    }
  }
  const headings = [...text.matchAll(/^#+ +(.*)$/gm)].map(([, heading]) => `#${anchor(heading)}`);
  for (const [, target] of text.matchAll(/(?<!!)\[[^\][]+\]\(([^)\s]*)[^)]*\)/g)) {
    if (target.startsWith("#")) {
      if (!headings.includes(target)) {
        yield `README.md: the link ${target} leads to no heading; use one of ${headings.join(", ")}`;
      }
    } else if (/^\w+:/.test(target)) {
      if (!/^(?:https|mailto):/.test(target)) {
        yield `README.md: the link ${target} is none that VS Code follows; use an https address`;
      }
    } else if (!extension.isFile(target.split("#")[0])) {
      yield `README.md: the link ${target} leads nowhere; write the path of a file, from the folder of README.md`;
    }
  }
}

/** The text without code, in which brackets mean nothing. */
function prose(markdown) {
  return markdown.replace(/^```.*?^```$/gms, "").replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]<>!]/g, " "));
}

/** The name that a heading has in links. */
function anchor(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\- ]/gu, "")
    .replaceAll(" ", "-");
}

function* changelog({ changelog: text, manifest }) {
  if (text === undefined) {
    yield "no CHANGELOG.md; say there what is new, by version";
    return;
  }
  const parts = text.split(/^## /m);
  const part = parts.find((each) => each.startsWith(manifest.version));
  if (part === undefined) {
    yield `CHANGELOG.md says nothing of the version; begin a part with "## ${manifest.version}"`;
  } else if (part.slice(part.indexOf("\n")).trim() === "" || !part.includes("\n")) {
    yield `CHANGELOG.md: the part "## ${manifest.version}" is empty; say what is new`;
  }
}

/** What is in the package, and how much. */
function* content({ listed, expected, size }) {
  for (const name of expected.filter((each) => !listed.includes(each))) {
    yield `${name} is not in the package; add the file and a line to .vscodeignore, or take it out of tests/editors/package-files.txt`;
  }
  for (const name of listed.filter((each) => !expected.includes(each))) {
    yield `${name} is in the package unasked; exclude it in .vscodeignore, or add it to tests/editors/package-files.txt`;
  }
  const all = listed.reduce((sum, name) => sum + size(name), 0);
  if (all > MOST_BYTES) {
    yield `the files of the package have ${all} bytes together; keep them below ${MOST_BYTES}`;
  }
}

/** A text of package.json in each language. */
function translations({ strings }, text) {
  const key = /^%(.+)%$/.exec(text ?? "")?.[1];
  return LANGUAGES.map((language) => [language, key === undefined ? (text ?? "") : (strings[language][key] ?? "")]);
}

function say(value) {
  return value === undefined ? "missing" : JSON.stringify(value);
}
