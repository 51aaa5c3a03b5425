// The rule that finds nothing is worthless: bad imports are planted, and each must be found.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pnpm, root } from "./pnpm.mjs";

const planted = {
  "arrow-protocol": [
    "packages/protocol/src/planted-upward.ts",
    'import { openLedger } from "@mimolo/ledger";\nexport const used = openLedger;\n',
  ],
  "public-entry-only": [
    "packages/evidence/src/planted-deep.ts",
    'import * as deep from "../../ledger/src/merkle.ts";\nexport const used = deep;\n',
  ],
  "wire-without-node": [
    "packages/protocol/src/wire/planted-node.ts",
    'import { join } from "node:path";\nexport const used = join;\n',
  ],
};

let failed = 0;
for (const [rule, [file, text]] of Object.entries(planted)) {
  const path = join(root, file);
  writeFileSync(path, text);
  try {
    const result = await pnpm(["exec", "depcruise", "packages", "--config", ".dependency-cruiser.cjs"], {
      quiet: true,
    });
    const found =
      result.code !== 0 &&
      (result.output.includes(rule) || (rule === "arrow-protocol" && result.output.includes("resolvable")));
    console.log(`${found ? "found" : "NOT FOUND"}: ${rule}`);
    if (!found) failed = 1;
  } finally {
    rmSync(path, { force: true });
  }
}
process.exit(failed);
