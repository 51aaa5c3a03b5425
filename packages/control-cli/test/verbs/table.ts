/** What a verb ends with on a folder whose collector was stopped, and on one whose collector runs. */
export interface Row {
  readonly words: readonly string[];
  readonly stopped: number;
  readonly running: number;
  /** Members of its `--json` that are another's business in each of the two; the rest is equal. `null`: nothing is. */
  readonly differs: readonly string[] | null;
}

/** Does and says the same with a collector and without, but for these members. */
function same(line: string, differs: readonly string[] | null = []): Row {
  return { words: line.split(" "), stopped: 0, running: 0, differs };
}

/** Is refused in the same words with a collector and without. */
function refused(exit: number, line: string): Row {
  return { words: line.split(" "), stopped: exit, running: exit, differs: [] };
}

/** Wants a collector at work, and says so where there is none. */
function atWork(line: string, running = 0): Row {
  return { words: line.split(" "), stopped: 3, running, differs: null };
}

/** What a collector at work adds to what is known of a plugin. */
const OF_A_RUN = ["state"];

/** Every verb with each of its actions, in an order in which each finds what it needs. */
export const table: readonly Row[] = [
  same("run --dry-run", null),
  same("init --config other.toml --yes"),
  same("doctor", null),
  same("register", OF_A_RUN),
  atWork("status"),
  atWork("agents"),
  atWork("open --print"),
  atWork("agent start mine"),
  atWork("agent flush mine"),
  atWork("agent restart mine"),
  atWork("agent stop mine"),
  atWork("agent start mine"),
  atWork("agent flush nobody", 2),
  same("agent config mine"),
  same("agent add more --plugin mimolo.system-load --set enabled=false", ["live"]),
  same("agent duplicate more again", ["live"]),
  same("agent config again poll_interval_s=7", ["live"]),
  same("agent config again --unset poll_interval_s", ["live"]),
  same("agent remove again --yes", ["live"]),
  same("agent remove more --yes", ["live"]),
  refused(4, "agent remove mine"),
  refused(2, "agent remove nobody --yes"),
  refused(2, "agent duplicate nobody again"),
  refused(2, "agent config nobody"),
  refused(2, "agent config mine enabled=maybe"),
  refused(2, "agent add mine --executable true"),
  atWork("x local.mine"),
  atWork("x local.mine add 1 2"),
  atWork("x acme.nobody add", 2),
  same("rules list", ["runs", "last_run_at"]),
  { ...same("rules test"), words: ["rules", "test", '{"source":"segment","event":"closed","data":{}}'] },
  refused(2, "rules test nonsense"),
  same("allow other.mjs"),
  refused(2, "allow nowhere.mjs"),

  same("key new --label work --scope acme.*"),
  same("key list"),
  same("plugin list", OF_A_RUN),
  same("plugin pack inbox --sign"),
  same("plugin verify acme.inbox-1.0.0.mmpkg"),
  same("plugin sign acme.inbox-1.0.0.mmpkg"),
  same("plugin publish acme.inbox-1.0.0.mmpkg --to ../registry"),
  same("plugin search"),
  same("plugin info acme.inbox"),
  refused(4, "plugin install acme.inbox"),
  refused(2, "plugin install acme.nobody --yes"),
  same("plugin install acme.inbox --yes"),
  same("plugin install acme.inbox-1.0.0.mmpkg --yes"),
  same("plugin upgrade --dry-run"),
  same("plugin upgrade"),
  same("plugin grant acme.inbox network"),
  same("plugin revoke acme.inbox network"),
  refused(2, "plugin grant acme.inbox magic"),
  refused(2, "plugin grant acme.nobody network"),
  same("plugin config acme.inbox"),
  same("plugin config acme.inbox heartbeat_interval_s=9"),
  refused(2, "plugin config acme.inbox heartbeat_interval_s=soon"),
  refused(2, "plugin config acme.nobody"),
  same("plugin disable acme.inbox", ["message"]),
  same("plugin enable acme.inbox", ["message"]),
  refused(2, "plugin enable acme.nobody"),
  atWork("plugin unload local.mine"),
  atWork("plugin load local.mine"),
  atWork("plugin reload local.mine"),
  atWork("plugin reload acme.nobody", 2),
  atWork("plugin invoke local.mine action execute --params {}"),
  atWork("plugin invoke acme.nobody action execute", 2),
  same("plugin stats local.mine", null),
  refused(2, "plugin stats acme.nobody"),
  same("report plugin:local.mine", null),
  refused(2, "report plugin:acme.nobody"),
  refused(4, "plugin remove acme.inbox"),
  same("plugin remove acme.inbox --yes"),
  refused(2, "plugin remove acme.inbox --yes"),
  refused(2, "plugin info acme.nobody"),
  same("key trust ../other.pub --label other"),
  refused(2, "key revoke 0000000000000000"),

  same("logs", null),
  same("correct --from 2026-11-20 --to 2026-11-21 --as work --note trip", ["seq"]),
  same("timeline --from 2026-11-20 --to 2026-11-21", ["id"]),
  same("evidence --kind correction", ["seq", "salt"]),
  same("evidence --agent nobody"),
  same("verify", ["records"]),
  same("verify --date 2026-11-20", ["records"]),
  refused(2, "correct --from 2026-11-21 --to 2026-11-20 --as work --note trip"),
  refused(4, "erase 1 --why test"),
  refused(2, "erase 99999999 --why test --yes"),
  same("anchor git", null),

  refused(2, "add todo --as lines -- no-such-command"),
  same("artifacts list"),
  atWork("artifacts archive mine nothing", 2),
  atWork("artifacts restore mine nothing", 2),
  atWork("artifacts purge --label mine --dry-run", 2),
  atWork("artifacts purge --label mine --yes --no-archive", 2),
  refused(2, "artifacts purge"),
  refused(4, "artifacts purge --label mine"),
];

/** Those that ask nothing of a data directory. */
export const elsewhere: readonly string[] = ["bench", "conform", "new", "try"];
