// Writes spec/openapi.json from the routes; `--check` only says whether the file is what it would write.
// Reads the bundle: run `pnpm run bundle` here first.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openApiDocument } from "../dist/index.js";

const file = fileURLToPath(new URL("../../../spec/openapi.json", import.meta.url));
const wanted = `${JSON.stringify(await openApiDocument(), null, 2)}\n`;

if (process.argv.includes("--check")) {
  if (readIfThere() !== wanted) {
    process.stderr.write(
      "spec/openapi.json is not what the routes say.\nRun: node packages/operations/scripts/write-spec.mjs\n",
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, wanted);
}

function readIfThere() {
  try {
    return readFileSync(file, "utf8").replaceAll("\r\n", "\n");
  } catch {
    return null;
  }
}
