// Writes spec/mimolo-agent-schema.json and spec/plugin.schema.json from the schemas; `--check` only says whether the files are what
// it would write. Reads the bundle: run `pnpm run bundle` here first.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { agentSchemaJson, pluginSchemaJson } from "../dist/index.js";

const files = { "mimolo-agent-schema.json": agentSchemaJson(), "plugin.schema.json": pluginSchemaJson() };

for (const [name, schema] of Object.entries(files)) {
  const file = fileURLToPath(new URL(`../../../spec/${name}`, import.meta.url));
  const wanted = `${JSON.stringify(schema, null, 2)}\n`;
  if (!process.argv.includes("--check")) {
    writeFileSync(file, wanted);
  } else if (readIfThere(file) !== wanted) {
    process.stderr.write(
      `spec/${name} is not what the schemas say.\nRun: node packages/protocol/scripts/write-spec.mjs\n`,
    );
    process.exitCode = 1;
  }
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8").replaceAll("\r\n", "\n");
  } catch {
    return null;
  }
}
