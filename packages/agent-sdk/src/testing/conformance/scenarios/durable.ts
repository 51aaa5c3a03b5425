import type { AgentProcess } from "../life/agent-process.ts";
import type { Scenario, Stage, StartOptions } from "../scenario.ts";

const DURABLE = ["durable_ack"] as const;
/** More records than may be under way, or nearly; small ones, so that their number counts. */
const MANY = 1100;
const AT_A_TIME = 50;

/** A collector that answers the handshake, with the number it knows of the stream, and commits nothing from then on. */
async function uncommitted(stage: Stage, options: StartOptions & { readonly through?: number } = {}) {
  const agent = await stage.start(options);
  agent.commits = false;
  if (!(await agent.introduced())) return null;
  agent.accept();
  const stream = agent.handshake?.stream;
  if (stream !== undefined) agent.send("committed", { stream, through: options.through ?? 0 });
  return (await agent.begun()) ? { agent, stream } : null;
}

const evidence = (agent: AgentProcess) => [...agent.messages("summary"), ...agent.messages("event")].filter(hasNumber);
const hasNumber = ({ object }: { object: Readonly<Record<string, unknown>> | null }) =>
  typeof object?.["seq"] === "number";
const lastOf = (agent: AgentProcess) => Math.max(0, ...evidence(agent).map(({ object }) => Number(object?.["seq"])));

/** Evidence is committed as it comes; then a second life on the same folders. */
export const committedAll: Scenario = {
  name: "committed",
  title: "its evidence is committed, and it starts again",
  features: DURABLE,
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.working())) return;
    for (let round = 0; round < 3; round += 1) await agent.ask("flush");
    const through = lastOf(agent);
    // Its answer shows that it has read the last `committed`.
    await agent.ask("flush");
    agent.send("shutdown");
    if (!(await agent.gone())) return;
    stage.step("again");
    const again = await uncommitted(stage, { isAgain: true, through });
    if (again === null) return;
    await again.agent.ask("flush");
    await again.agent.ask("flush");
  },
};

/** Killed with evidence that nobody has committed; then a second life. */
export const killed: Scenario = {
  name: "killed",
  title: "it is killed before its evidence is committed",
  features: DURABLE,
  async play(stage) {
    const first = await uncommitted(stage);
    if (first === null) return;
    await first.agent.ask("flush");
    await first.agent.ask("flush");
    const most = lastOf(first.agent);
    await first.agent.kill();
    stage.step("again");
    const again = await uncommitted(stage, { isAgain: true });
    if (again === null) return;
    await again.agent.ask("flush");
    await again.agent.seen("what was not committed, once more", () =>
      evidence(again.agent).some(({ object }) => object?.["seq"] === most) ? true : undefined,
    );
    stage.step("end");
  },
};

/** One record is refused, the other is not settled; then a second life. */
export const refusedOne: Scenario = {
  name: "refused",
  title: "the collector refuses a record of its evidence",
  features: DURABLE,
  async play(stage) {
    const first = await uncommitted(stage);
    if (first === null || first.stream === undefined) return;
    await first.agent.ask("flush");
    if (lastOf(first.agent) !== 1) return;
    stage.step("refused");
    first.agent.send("committed", { stream: first.stream, through: 0, refused: [{ seq: 1, code: "invalid-field" }] });
    await first.agent.ask("flush");
    first.agent.send("shutdown");
    if (!(await first.agent.gone())) return;
    stage.step("again");
    const again = await uncommitted(stage, { isAgain: true });
    if (again === null) return;
    await again.agent.ask("flush");
    await again.agent.ask("flush");
    stage.step("end");
  },
};

/** Nothing is committed, as with a full disk; and then everything at once. */
export const nothingCommitted: Scenario = {
  name: "nothing-committed",
  title: "a collector that commits nothing for a while",
  features: DURABLE,
  isLong: true,
  async play(stage) {
    const first = await uncommitted(stage);
    if (first === null || first.stream === undefined) return;
    const { agent, stream } = first;
    const from = agent.lineCount;
    // Some at a time: as long as they are answered, however slowly, it gets there.
    for (let asked = 0; asked < MANY; asked += AT_A_TIME) {
      let last = "";
      for (let round = 0; round < AT_A_TIME; round += 1) last = agent.send("flush");
      if ((await agent.answer("flush", last, from)) === undefined) return;
    }
    stage.step("full");
    const full = agent.lineCount;
    await agent.seen("a heartbeat", () => agent.messages("heartbeat").find(({ index }) => index >= full));
    // What waits comes as commits make room, so each is answered in turn.
    stage.step("commits");
    agent.send("committed", { stream, through: lastOf(agent) });
    agent.commits = true;
    const before = lastOf(agent);
    await agent.ask("flush");
    await agent.seen("more evidence", () => (lastOf(agent) > before ? true : undefined));
    stage.step("end");
  },
};

/** The agent's folder was put back from an old copy: the collector knows more of its stream than it does. */
export const oldSpool: Scenario = {
  name: "old-spool",
  title: "its spool is older than what the collector has",
  features: DURABLE,
  async play(stage) {
    const first = await uncommitted(stage, { through: 50 });
    if (first === null) return;
    stage.step("told");
    await first.agent.ask("flush");
    stage.step("end");
  },
};
