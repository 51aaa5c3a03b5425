import type { Sum } from "./index/inventory.ts";

const MIB = 1024 * 1024;

/** What is said of an agent whose artifacts take more than they should; `null` while they do not, and where nobody set a limit. */
export function warningOf({ label, artifacts, bytes }: Sum, limitBytes: number): string | null {
  if (limitBytes === 0 || bytes <= limitBytes) return null;
  const [taken, limit] = [bytes, limitBytes].map((each) => `${Math.ceil(each / MIB)} MiB`);
  return `${artifacts} artifacts of ${label} take ${taken}, more than ${limit} (artifact_warn_mib)`;
}
