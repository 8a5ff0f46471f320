// The page of the extension in a package. VS Code and both marketplaces show pictures with an https address and no others:
// not those of a file in the package, not those written out as `data:`. README.md, which repositories show, names files.

import { URL } from "node:url";

/** Where README.md lies in the project. */
const FOLDER = "editors/vscode/";
/** A picture that is a paragraph, and a link. What stands between backticks is neither. */
const PICTURE = /^!\[([^\]]*)\]\(([^)\s]+)\)$/gm;
const LINK = /(`[^`\n]*`)|(?<!!)\[([^\][]+)\]\(([^)\s]+)\)/g;

/**
 * The page for a marketplace: `images` and `content` are the addresses at which the root of the project can be read, files
 * as they are and as pages.
 */
export function pageForMarketplace(readme, { images, content }) {
  const at = (base, target) => new URL(target, new URL(FOLDER, base)).href;
  return readme
    .replace(PICTURE, (_, alt, target) => `![${alt}](${at(images, target)})`)
    .replace(LINK, (all, code, words, target) =>
      code !== undefined || isAbsolute(target) ? all : `[${words}](${at(content, target)})`,
    );
}

/**
 * The page for a package that is installed from its file: pictures are told of, since the walkthrough, which shows files of
 * the package, has them; links that lead nowhere are words.
 */
export function pageForFile(readme) {
  return readme
    .replace(
      PICTURE,
      (_, alt) =>
        `> **Picture:** ${alt}. To see it, run **Welcome: Open Walkthrough…**, and choose _Annotated corpora with scholiast_.`,
    )
    .replace(LINK, (all, code, words, target) => (code !== undefined || isAbsolute(target) ? all : words));
}

function isAbsolute(target) {
  return /^(?:https:|mailto:|#)/.test(target);
}

/**
 * The addresses for `pageForMarketplace`, of the environment. Nobody can guess them: the project says nowhere where it is
 * published.
 */
export function addresses(environment) {
  const address = (name, what) => {
    const value = environment[name] ?? "";
    if (value === "") {
      throw new Error(
        `${name} is not set. A marketplace shows pictures and links by https addresses alone: set ${name} to the ` +
          `address at which the root folder of the published version can be read ${what}.`,
      );
    }
    const isAddress = URL.canParse(value) && new URL(value).protocol === "https:";
    if (!isAddress || /[?#]/.test(value)) {
      throw new Error(`${name} is ${JSON.stringify(value)}; write an https address of a folder, without ? and #.`);
    }
    return value.endsWith("/") ? value : `${value}/`;
  };
  return {
    images: address("SCHOLIAST_IMAGES_URL", "as plain files"),
    content: address("SCHOLIAST_CONTENT_URL", "as pages"),
  };
}
