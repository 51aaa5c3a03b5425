import { type Caller, covers } from "../login/access.ts";
import { agentKeys } from "../../config/agent-schema.ts";
import { isTable } from "../../config/layer.ts";
import { secretsIn } from "../../config/secret-reference.ts";
import { outOfScope } from "../guard/out-of-scope.ts";
import { refuseOverTcp, socketOnly } from "../guard/socket-only.ts";

const OF_AGENTS = ["executable", "args", "as", "env", "cwd", "sandbox", "runtime"];
/** What tables have that name a secret, see `SecretReference`. */
const OF_REFERENCES = ["env", "file"];
const LISTS: readonly string[] = ["rules", "privacy"];
const FOLDERS = ["log_dir", "journal_dir", "cache_dir", "diagnostics_log_dir"];

type Values = Readonly<Record<string, unknown>>;

/** Which program an agent is and what it may reach: a page never sets that, whatever its token. */
export function holdBackOfAgent(caller: Caller, values: Values, label: string): void {
  const cli = `mimolo agent config ${label}`;
  // Its settings, and the secrets they name, would go to another program.
  refuseOverTcp(caller, values, [...OF_AGENTS, "plugin"], cli);
  holdBackSecrets(caller, values, cli);
}

/** The same of an agent that is to be: over TCP it is one of a plugin that is known here. */
export function holdBackOfNewAgent(caller: Caller, values: Values, label: string): void {
  const cli = `mimolo agent add ${label}`;
  refuseOverTcp(caller, values, OF_AGENTS, cli);
  if (caller.transport === "tcp" && values["plugin"] === undefined) throw socketOnly("an agent without plugin", cli);
  holdBackSecrets(caller, values, cli);
}

/** Which file or variable of this machine a plugin is handed is never said over TCP: whoever may ask that plugin could read it. A
 *  key of a reference is enough, since what stands beside it can be taken out by another request. */
function holdBackSecrets({ transport }: Pick<Caller, "transport">, values: Values, cli: string): void {
  if (transport === "socket") return;
  for (const [key, value] of Object.entries(values)) {
    if (!agentKeys.has(key) && namesSecret(value)) throw socketOnly(`a secret in ${key}`, cli);
  }
}

function namesSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(namesSecret);
  if (!isTable(value)) return false;
  return OF_REFERENCES.some((key) => Object.hasOwn(value, key)) || Object.values(value).some(namesSecret);
}

/** The same of the collector: who is trusted, who may talk to it, and where it writes. */
export function holdBackOfCollector(caller: Caller, sections: Values): void {
  refuseOverTcp(
    caller,
    sections,
    Object.keys(sections).filter((section) => section !== "monitor" && !LISTS.includes(section)),
  );
  const { monitor } = sections;
  if (typeof monitor === "object" && monitor !== null) refuseOverTcp(caller, monitor as Values, FOLDERS);
  holdBackOfLists(caller, sections);
}

/** What happens by itself, and what is never kept: a page changes that only where it may do everything. */
function holdBackOfLists(caller: Caller, sections: Values): void {
  const changed = LISTS.filter((list) => Object.hasOwn(sections, list));
  if (caller.transport === "socket" || changed.length === 0) return;
  if (!covers(caller.scope, "admin")) throw outOfScope(caller.scope, "admin");
  if (changed.some((list) => secretsIn(sections[list], [list]).length > 0)) throw socketOnly("a secret in a rule");
}
