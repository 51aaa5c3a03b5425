// How much a durable agent has to say just now: the suite writes a word, the agents look at it.
import { readFileSync } from "node:fs";

const BURST = 300;

/** @param {{load: string, label: string, per_look: number}} settings */
export function workload({ load, label, per_look: perLook }) {
  const run = `${label}-${process.pid}-${Date.now().toString(36)}`;
  let n = 0;
  let burst = "";
  return {
    /** How many summaries are due at this look. */
    due() {
      const [word, id] = wordIn(load).split(" ");
      if (word === "quiet" || word === "") return 0;
      if (word === "steady" || id === burst) return perLook;
      burst = id ?? "";
      return BURST;
    },
    /** Something nobody has said before. */
    item() {
      n += 1;
      return { durable: label, id: `${run}-${n}`, pad: "p".repeat((n * 37) % 1500) };
    },
  };
}

/** @param {string} file */
function wordIn(file) {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "";
  }
}
