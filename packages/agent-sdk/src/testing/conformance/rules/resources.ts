// 8xx: what an agent costs.
import { answersFlush } from "../reading/abilities.ts";
import { marks, said, shown, step } from "../reading/lines.ts";
import type { Mark, Recording } from "../recording.ts";
import { broken, everywhere, holds, inScenario, notApplicable, type Rule } from "../rule.ts";

type Usage = Extract<Mark, { what: "usage" }>;

const NOT_SEEN = notApplicable("nothing is known of its costs: it ended before, or this system does not tell");
/** As the ack tells. */
const CPU_PERCENT = 10;
const MEMORY_MIB = 100;
const GROWTH_MIB = 30;
const MOST_STDERR = 200;

export const resourceRules: readonly Rule[] = [
  {
    id: "JLP801",
    area: "resources",
    title: "At rest it keeps to the processor time it was told",
    required: true,
    says: "ack: cpu_budget_percent.",
    why: "The user pays for it all day; the collector warns of agents over their budget, and may stop them.",
    fix: "Wait for what comes, with a timeout; do not look again and again whether something came.",
    needs: ["at-rest"],
    judge: inScenario("at-rest", (recording) => {
      const window = windowOf(recording);
      if (window === null) return NOT_SEEN;
      const [from, to] = window;
      const percent = (100 * (to.cpu_ms - from.cpu_ms)) / (to.at_ms - from.at_ms);
      const seen = `${percent.toFixed(1)} % of a processor, told were ${CPU_PERCENT} %`;
      return percent <= CPU_PERCENT ? holds(seen) : broken(seen);
    }),
  },
  {
    id: "JLP802",
    area: "resources",
    title: "At rest it keeps to the memory it was told",
    required: true,
    says: "ack: memory_mib.",
    why: "An agent is one of many, beside the work of the user.",
    fix: "Keep counts instead of what was counted, and read large files in pieces.",
    needs: ["at-rest"],
    judge: inScenario("at-rest", (recording) => {
      const window = windowOf(recording);
      if (window === null) return NOT_SEEN;
      const mib = window[1].memory_mib;
      const seen = `${mib.toFixed(0)} MiB of its own, told were ${MEMORY_MIB} MiB`;
      return mib <= MEMORY_MIB ? holds(seen) : broken(seen);
    }),
  },
  {
    id: "JLP803",
    area: "resources",
    title: "It does not grow with every flush",
    required: false,
    says: "ack: memory_mib.",
    why: "An agent runs for weeks: what each window leaves behind adds up.",
    fix: "After a summary let go of what went into it.",
    needs: ["first-contact", "many-flushes"],
    judge: (recordings) => {
      if (!answersFlush(recordings)) return notApplicable("it answers no flush: see JLP301");
      return inScenario("many-flushes", (recording) => {
        const window = windowOf(recording);
        if (window === null) return NOT_SEEN;
        const grown = window[1].memory_mib - window[0].memory_mib;
        const seen = `${grown.toFixed(1)} MiB more after a hundred flushes`;
        return grown <= GROWTH_MIB ? holds(seen) : broken(seen);
      })(recordings);
    },
  },
  {
    id: "JLP804",
    area: "resources",
    title: "It writes only in its own folder",
    required: true,
    says: "MIMOLO_AGENT_DATA_DIR: this agent's own folder, the only place it may write in a sandbox.",
    why: "In a sandbox every other place is closed; outside of one, it leaves files that nobody takes away.",
    fix: "Put all files, caches and temporary ones too, below MIMOLO_AGENT_DATA_DIR (Python: sys.dont_write_bytecode).",
    needs: ["first-contact"],
    judge: inScenario("first-contact", (recording) => {
      const files = marks(recording, "files");
      if (files.length === 0) return notApplicable("nobody looked");
      const changed = files.flatMap((mark) => mark.changed);
      return changed.length === 0
        ? holds("nothing was written elsewhere")
        : broken(
            changed
              .slice(0, 3)
              .map((path) => shown(path))
              .join(", "),
          );
    }),
  },
  {
    id: "JLP805",
    area: "resources",
    title: "It writes little to stderr",
    required: false,
    says: "Stderr is free text and lands in diagnostics.",
    why: "What matters is not found among what does not, and the user's disk takes it all.",
    fix: 'Write what went wrong, once; for anything else send a "log" message with a level.',
    isLive: true,
    judge: everywhere((recording) => {
      const lines = recording.lines.filter(({ dir }) => dir === "err");
      if (said(recording).length === 0 && lines.length === 0) return notApplicable("it wrote nothing at all");
      if (lines.length <= MOST_STDERR) return holds(`${lines.length} lines`);
      return broken(`${lines.length} lines or more; one of them: ${shown(lines[0]?.line ?? "")}`);
    }),
  },
];

/** The two looks at what it used. */
function windowOf(recording: Recording): readonly [Usage, Usage] | null {
  const [from, to] = marks(recording, "usage");
  return from === undefined || to === undefined || step(recording, "end") === undefined ? null : [from, to];
}
