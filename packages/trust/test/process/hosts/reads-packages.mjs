// Opens, checks and stages every file of a folder, and says what came of it and by how much its memory ever grew.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openPackage, PackageError } from "@mimolo/trust/package";

const [folder, staging] = process.argv.slice(2);
const before = process.memoryUsage.rss();
const outcomes = {};
for (const name of readdirSync(folder)) {
  try {
    const found = await openPackage(join(folder, name));
    try {
      const checked = await found.check();
      const staged = await found.stage(join(staging, name));
      outcomes[name] = checked.ok && staged.ok ? "ok" : "refused";
    } finally {
      found.close();
    }
  } catch (error) {
    outcomes[name] = error instanceof PackageError ? error.code : String(error);
  }
}
const grownMib = (peakBytes() - before) / 1_048_576;
console.log(JSON.stringify({ outcomes, grownMib }));

/** On Linux what `getrusage` says begins with the parent's peak, so that growth would not show. */
function peakBytes() {
  const status = existsSync("/proc/self/status") ? readFileSync("/proc/self/status", "utf8") : "";
  const peakKib = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Number(peakKib) * 1024;
}
