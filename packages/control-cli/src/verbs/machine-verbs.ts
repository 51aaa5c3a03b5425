import { Option } from "commander";
import type { BenchOptions } from "../commands/bench.ts";
import type { DoctorOptions } from "../commands/doctor.ts";
import { type Verb, verb } from "./verb.ts";

/** What `bench` measures, in its order; not read from there, because help loads no verb. */
const FIGURES =
  "ingest_one, ingest_hundred, ingest_summaries, sync_cpu, idle_thousand, spawn_thousand, sdk_memory, sdk_start, sandbox_start, start_version, start_api, heartbeat_p99_ms, flooding_hundred, restart_latency, fanout_cpu, invoke, window_query, report_30d";

/** This machine: what MiMoLo costs on it, and what is wrong with it. */
export const machineVerbs: readonly Verb[] = [
  verb<BenchOptions>({
    name: "bench",
    summary: "Measure what MiMoLo costs on this machine.",
    options: [
      new Option("--only <name>", `only this figure, several with commas: ${FIGURES}`),
      new Option("--quick", "fewer and shorter rounds"),
    ],
    examples: [
      ["mimolo bench", "every figure beside its control, some eight minutes"],
      ["mimolo bench --quick", "the same, faster and less exactly"],
      ["mimolo bench --only start_version --json", "one figure, for scripts"],
    ],
    load: async () => (await import("../commands/bench.ts")).bench,
  }),
  verb<DoctorOptions>({
    name: "doctor",
    summary: "Check this machine and say what to do about what is wrong.",
    options: [new Option("--privacy", "try the [[privacy]] rules on the last day's evidence; changes nothing")],
    examples: [
      ["mimolo doctor", "a list with fixes; exit code 1 if something must be done"],
      ["mimolo doctor --privacy", "how many records each privacy rule would have hit, and whose"],
      ["mimolo doctor --privacy --verbose", "the same with the values, for your eyes"],
      ["mimolo doctor --privacy --config new.toml --json", "rules that are not in force yet, for scripts"],
    ],
    load: async () => (await import("../commands/doctor.ts")).doctor,
  }),
];
