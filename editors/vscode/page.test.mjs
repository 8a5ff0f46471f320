import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { addresses, pageForFile, pageForMarketplace } from "./page.mjs";

const README = `# Names

![A film](../../docs/images/film.gif)

See [the day](../../docs/day.md#keys), [below](#names), [Thai](https://example.org/th) and \`[a](b)\`.
`;

test("a marketplace gets https addresses", () => {
  const environment = {
    SCHOLIAST_IMAGES_URL: "https://example.org/raw/v1",
    SCHOLIAST_CONTENT_URL: "https://example.org/tree/v1/",
  };
  assert.equal(
    pageForMarketplace(README, addresses(environment)),
    `# Names

![A film](https://example.org/raw/v1/docs/images/film.gif)

See [the day](https://example.org/tree/v1/docs/day.md#keys), [below](#names), [Thai](https://example.org/th) and \`[a](b)\`.
`,
  );
});

test("a package installed from its file has neither broken pictures nor dead links", () => {
  assert.equal(
    pageForFile(README),
    `# Names

> **Picture:** A film. To see it, run **Welcome: Open Walkthrough…**, and choose _Annotated corpora with scholiast_.

See the day, [below](#names), [Thai](https://example.org/th) and \`[a](b)\`.
`,
  );
});

test("nothing of the page is left without an address", () => {
  const readme = readFileSync("README.md", "utf8");
  assert.match(readme, /!\[/, "README.md has pictures");
  const targets = (page) => [...page.matchAll(/\]\(([^)]*)\)/g)].map(([, target]) => target);
  const urls = { images: "https://example.org/raw/", content: "https://example.org/tree/" };
  assert.deepEqual(
    targets(pageForMarketplace(readme, urls)).filter((target) => !/^(?:https:|#)/.test(target)),
    [],
  );
  assert.deepEqual(
    targets(pageForFile(readme)).filter((target) => !/^(?:https:|#)/.test(target)),
    [],
  );
});

test("an address that is missing or useless is refused by its name", () => {
  const sound = { SCHOLIAST_IMAGES_URL: "https://example.org/raw/", SCHOLIAST_CONTENT_URL: "https://example.org/" };
  assert.throws(() => addresses({}), /SCHOLIAST_IMAGES_URL is not set\. A marketplace shows/);
  assert.throws(() => addresses({ ...sound, SCHOLIAST_CONTENT_URL: "" }), /SCHOLIAST_CONTENT_URL is not set/);
  for (const useless of ["http://example.org/", "docs", "https://example.org/?at=v1", "https://example.org/#v1"]) {
    assert.throws(
      () => addresses({ ...sound, SCHOLIAST_IMAGES_URL: useless }),
      /SCHOLIAST_IMAGES_URL is ".*"; write an https address of a folder/,
    );
  }
});
