// Writes src/control-api/api.ts, the types of every path, from spec/openapi.json; `--check` only says whether the file is what it
// would write.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import openapiTs, { astToString } from "openapi-typescript";

const PREFIX = "/api/v1";
const HEAD = "// Made from spec/openapi.json by scripts/write-control-api.mjs: edit the routes, not this file.\n\n";

const document = fileURLToPath(new URL("../../../spec/openapi.json", import.meta.url));
const file = fileURLToPath(new URL("../src/control-api/api.ts", import.meta.url));
const types = await openapiTs(belowPrefix(JSON.parse(readFileSync(document, "utf8"))), { emptyObjectsUnknown: true });
const wanted = formatted(`${HEAD}${onlyPaths(astToString(types))}`);

if (process.argv.includes("--check")) {
  if (readIfThere() !== wanted) {
    process.stderr.write(
      "packages/control-c../src/control-api/api.ts is not what spec/openapi.json says.\n" +
        "Run: node packages/protocol/scripts/write-control-api.mjs\n",
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, wanted);
}

/** Verbs name a path as the docs do: without what is the same everywhere. */
function belowPrefix({ paths, ...rest }) {
  const named = Object.entries(paths).map(([path, operations]) => [
    path.slice(PREFIX.length),
    withoutRefusals(operations),
  ]);
  return { ...rest, paths: Object.fromEntries(named) };
}

/** A refusal is read by its code, which means the same on every path. */
function withoutRefusals(operations) {
  return Object.fromEntries(
    Object.entries(operations).map(([method, { responses, ...operation }]) => {
      const good = Object.entries(responses).filter(([status]) => status.startsWith("2"));
      return [method, { ...operation, responses: Object.fromEntries(good) }];
    }),
  );
}

/** What else stands there is reached through `paths`. */
function onlyPaths(code) {
  return code
    .replaceAll(/^export (?=(?:interface|type) (?!paths\b))/gm, "")
    .replaceAll(/^type (?:webhooks|\$defs) = Record<string, never>;\n/gm, "");
}

function formatted(code) {
  const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
  const words = [biome, "format", `--stdin-file-path=${file}`];
  return execFileSync(process.execPath, words, { input: code, encoding: "utf8" });
}

function readIfThere() {
  try {
    return readFileSync(file, "utf8").replaceAll("\r\n", "\n");
  } catch {
    return null;
  }
}
