import type { Caller } from "../access.ts";
import { refuseOverTcp, socketOnly } from "../guard/socket-only.ts";

const OF_AGENTS = ["executable", "args", "env", "cwd", "sandbox", "runtime"];
const FOLDERS = ["log_dir", "journal_dir", "cache_dir", "diagnostics_log_dir"];

type Values = Readonly<Record<string, unknown>>;

/** Which program an agent is and what it may reach: a page never sets that, whatever its token. */
export function holdBackOfAgent(caller: Caller, values: Values, label: string): void {
  refuseOverTcp(caller, values, OF_AGENTS, `mimolo agent config ${label}`);
}

/** The same of an agent that is to be: over TCP it is one of a plugin that is known here. */
export function holdBackOfNewAgent(caller: Caller, values: Values, label: string): void {
  const cli = `mimolo agent add ${label}`;
  refuseOverTcp(caller, values, OF_AGENTS, cli);
  if (caller.transport === "tcp" && values["plugin"] === undefined) throw socketOnly("an agent without plugin", cli);
}

/** The same of the collector: who is trusted, who may talk to it, and where it writes. */
export function holdBackOfCollector(caller: Caller, sections: Values): void {
  refuseOverTcp(
    caller,
    sections,
    Object.keys(sections).filter((section) => section !== "monitor"),
  );
  const { monitor } = sections;
  if (typeof monitor === "object" && monitor !== null) refuseOverTcp(caller, monitor as Values, FOLDERS);
}
