// Packages the extension for a marketplace, and publishes it with `vsce` and `ovsx`, which have no dry run, to a marketplace
// on this machine that takes everything and keeps nothing: all that the programs ask and check happens, and what they would
// send is looked at. Nothing leaves the machine. That package.json is `private` must hinder neither.
// Usage: node publish.mjs FOLDER OVSX    (FOLDER: the extension, bundled; OVSX: the script of ovsx)

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import http from "node:http";
import path from "node:path";

const [folder, ovsx] = process.argv.slice(2);
const manifest = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
const vsix = path.join(folder, `${manifest.name}-marketplace.vsix`);
const ADDRESSES = {
  SCHOLIAST_IMAGES_URL: "https://example.org/raw",
  SCHOLIAST_CONTENT_URL: "https://example.org/tree",
};
/** The requests of the Visual Studio Marketplace that `vsce` makes, by the numbers under which it asks where they are. */
const REQUESTS = {
  "e11ea35a-16fe-4b80-ab11-c4cab88a0966": "{publisherName}/{extensionName}",
  "a41192c8-9525-4b58-bc86-179fa549d80d": "",
};

assert.equal(manifest.private, true, "package.json is not private");

rmSync(vsix, { force: true });
const refusal = await run(["package.mjs", "--marketplace"], { SCHOLIAST_IMAGES_URL: "", SCHOLIAST_CONTENT_URL: "" });
assert.equal(refusal.code, 1, "a package for a marketplace was made without addresses");
assert.match(refusal.said, /SCHOLIAST_IMAGES_URL is not set\. A marketplace shows/);

const made = await run(["package.mjs", "--marketplace"], ADDRESSES);
assert.equal(made.code, 0, made.said);

const sent = [];
const marketplace = http.createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  const asked = request.url.split("?")[0];
  sent.push({ method: request.method, path: asked, body: Buffer.concat(parts) });
  const { name, publisher: namespace, version } = manifest;
  response.setHeader("Content-Type", "application/json");
  if (request.method === "OPTIONS") {
    const value = Object.entries(REQUESTS).map(([id, resource]) => ({
      id,
      area: "gallery",
      resourceName: "extensions",
      routeTemplate: `_apis/gallery/extensions/${resource}`,
      resourceVersion: 2,
      minVersion: "1.0",
      maxVersion: "7.2",
      releasedVersion: "0.0",
    }));
    response.end(JSON.stringify({ count: value.length, value }));
  } else if (request.method === "GET" && asked.startsWith("/_apis/gallery/extensions/")) {
    // Nobody has published it yet.
    response.statusCode = 404;
    response.end("{}");
  } else {
    response.end(JSON.stringify({ name, namespace, version, success: "ok" }));
  }
});
marketplace.listen(0, "127.0.0.1");
await once(marketplace, "listening");
const url = `http://127.0.0.1:${marketplace.address().port}`;

const vsce = path.resolve(folder, "node_modules/@vscode/vsce/vsce");
await publish("vsce", [vsce, "publish", "--packagePath", path.basename(vsix), "--pat", "none"], "/_apis/gallery/extensions");
await publish("ovsx", [path.resolve(ovsx), "publish", path.basename(vsix), "--registryUrl", url, "--pat", "none"], "/publish");
// Its addresses lead nowhere: nobody should publish it.
rmSync(vsix);
marketplace.close();
marketplace.closeAllConnections();

/** Publishes, and looks at what was sent where. */
async function publish(program, args, where) {
  sent.length = 0;
  const { code, said } = await run(args, { VSCE_MARKETPLACE_URL: url });
  assert.equal(code, 0, `${program} refuses the package: ${said}`);
  const [published] = sent.filter(({ method }) => method === "POST");
  assert.ok(published?.path.replace(/\/$/, "").endsWith(where), `${program} published nothing: ${published?.path}`);
  assert.ok(published.body.equals(readFileSync(vsix)), `what ${program} sent is not the package`);
  const { publisher, name, version } = manifest;
  console.log(`${program}: ${publisher}.${name} ${version}, ${published.body.length} bytes would be published`);
}

/** Runs a script in the folder of the extension; what it says is kept for a message. */
async function run(args, environment) {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 120_000,
  });
  let said = "";
  child.stdout.on("data", (part) => (said += part));
  child.stderr.on("data", (part) => (said += part));
  const [code] = await once(child, "close");
  return { code, said };
}
