// Publishes the extension with `ovsx`, which has no dry run, to a registry on this machine that keeps nothing: all that the
// program asks and checks happens, and what it would send is looked at. Nothing leaves the machine.
// Usage: node publish.mjs OVSX PACKAGE.vsix

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import http from "node:http";
import path from "node:path";

const [ovsx, vsix] = process.argv.slice(2);
const manifest = JSON.parse(readFileSync(path.join(path.dirname(vsix), "package.json"), "utf8"));
const sent = [];
const registry = http.createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  sent.push({ method: request.method, path: request.url.split("?")[0], body: Buffer.concat(parts) });
  const { name, publisher: namespace, version } = manifest;
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ name, namespace, version, success: "ok" }));
});
registry.listen(0, "127.0.0.1");
await once(registry, "listening");
const url = `http://127.0.0.1:${registry.address().port}`;
const program = spawn(process.execPath, [ovsx, "publish", vsix, "--registryUrl", url, "--pat", "none"], {
  stdio: ["ignore", "inherit", "inherit"],
  timeout: 120_000,
});
const [code] = await once(program, "exit");
registry.close();
registry.closeAllConnections();
assert.equal(code, 0, "ovsx refuses the package");
const [published] = sent.filter(({ method }) => method === "POST");
assert.ok(published?.path.endsWith("/publish"), "nothing was published");
assert.ok(published.body.equals(readFileSync(vsix)), "what was sent is not the package");
console.log(`${manifest.publisher}.${manifest.name} ${manifest.version}: ${published.body.length} bytes would be published`);
