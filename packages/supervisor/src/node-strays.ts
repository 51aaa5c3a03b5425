import { openSync, readdirSync, readFileSync } from "node:fs";

const CLOSE_ON_EXEC = 0o2000000;
let known: ReadonlySet<number> | null = null;
let nothing: number | null = null;

/** What a child is to find on its descriptors from 3 on: pipes on the first `pipes` of them, and nothing on any other. What our
 *  own parent left open to us would be open to every child too (Node closes only what it opened itself): there it finds
 *  `/dev/null`. */
export function descriptorsFrom3(pipes: number): ("pipe" | "ignore" | number)[] {
  known ??= strays();
  const last = Math.max(2 + pipes, ...known);
  const stdio: ("pipe" | "ignore" | number)[] = [];
  for (let descriptor = 3; descriptor <= last; descriptor++) {
    if (descriptor < 3 + pipes) stdio.push("pipe");
    else stdio.push(known.has(descriptor) ? (nothing ??= openSync("/dev/null", "r")) : "ignore");
  }
  return stdio;
}

/** Descriptors that outlive an `exec`; none where there is no `/proc`. */
function strays(): Set<number> {
  const found = new Set<number>();
  try {
    for (const name of readdirSync("/proc/self/fdinfo")) {
      if (Number(name) > 2 && outlivesExec(name)) found.add(Number(name));
    }
  } catch {
    return found;
  }
  return found;
}

function outlivesExec(name: string): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${name}`, "latin1"))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0;
  } catch {
    return false;
  }
}
