// The rule that finds nothing is worthless: bad imports are planted, and each must be found.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, tool } from "./pnpm.mjs";

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

const files = Object.values(planted).map(([file]) => join(root, file));
let found = "";
try {
  for (const [index, [, text]] of Object.values(planted).entries()) writeFileSync(files[index], text);
  const result = await tool("depcruise", ["packages", "--config", ".dependency-cruiser.cjs"], { quiet: true });
  if (result.code !== 0) found = result.output;
} finally {
  for (const path of files) rmSync(path, { force: true });
}

let failed = 0;
for (const [rule, [file]] of Object.entries(planted)) {
  // A package that may not be imported cannot be resolved, either.
  const rules = rule === "arrow-protocol" ? [rule, "resolvable"] : [rule];
  const isFound = found.split("\n").some((line) => line.includes(file) && rules.some((each) => line.includes(each)));
  console.log(`${isFound ? "found" : "NOT FOUND"}: ${rule}`);
  if (!isFound) failed = 1;
}
process.exit(failed);
