// Writes dist/digests.json: the SHA-256 of each agent's file, by which a collector trusts it.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const files = readdirSync(dist)
  .sort()
  .map((name) => `${name}/main.cjs`)
  .filter((file) => existsSync(join(dist, file)));
const digests = Object.fromEntries(
  files.map((file) => [
    file,
    createHash("sha256")
      .update(readFileSync(join(dist, file)))
      .digest("hex"),
  ]),
);
writeFileSync(join(dist, "digests.json"), `${JSON.stringify(digests, null, 2)}\n`);
