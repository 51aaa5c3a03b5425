// Writes spec/mimolo-agent-schema.json from the schemas; `--check` only says whether the file is what it would write.
// Reads the bundle: run `pnpm run bundle` here first.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { agentSchemaJson } from "../dist/index.js";

const file = fileURLToPath(new URL("../../../spec/mimolo-agent-schema.json", import.meta.url));
const wanted = `${JSON.stringify(agentSchemaJson(), null, 2)}\n`;

if (process.argv.includes("--check")) {
  if (readIfThere() !== wanted) {
    process.stderr.write(
      "spec/mimolo-agent-schema.json is not what the schemas say.\nRun: node packages/protocol/scripts/write-spec.mjs\n",
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
