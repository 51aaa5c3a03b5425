#!/usr/bin/env node
"use strict";
// CommonJS, and the version before any import: `mimolo --version` costs hardly more than an empty `node`.
const first = process.argv[2];
if (process.argv.length === 3 && (first === "--version" || first === "-V")) {
  const { version } = require("../package.json");
  try {
    // A tenth of the start would go into making `process.stdout`.
    require("node:fs").writeSync(1, `${version}\n`);
  } catch (error) {
    if (error.code !== "EPIPE") throw error;
  }
} else {
  import("../dist/main.js").then(
    ({ main }) => main(process.argv.slice(2)),
    (error) => {
      const missing = error && error.code === "ERR_MODULE_NOT_FOUND";
      const hint = missing ? "\n  This checkout is not built yet: run `npm run build` at its root." : "";
      process.stderr.write(`mimolo: ${error && error.message}${hint}\n`);
      process.exitCode = 1;
    },
  );
}
