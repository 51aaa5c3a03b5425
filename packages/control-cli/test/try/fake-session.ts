import { manualClock } from "@mimolo/agent-sdk/testing";
import type { Screen } from "../../src/try/screen.ts";
import { type Happened, type Lives, Session } from "../../src/try/session.ts";
import type { Key, RuleFacts } from "../../src/try/session-state.ts";

const rule = (id: string, required = true): RuleFacts => ({ id, title: `title of ${id}`, required, fix: "mend it" });

/** A session on a manual clock with an agent that does what the test says, and a screen that keeps what it is told. */
export function fakeSession({ isAttended = true, forMs = null as number | null } = {}) {
  const clock = manualClock();
  const told: string[] = [];
  const shown: string[] = [];
  const verdict: { broken: { id: string; seen: string }[]; holding: string[] } = { broken: [], holding: [] };
  const lives: Lives = {
    start: async () => {
      told.push("start");
      session.happened({ what: "started", pid: 7 });
    },
    send: (cmd) => {
      told.push(cmd);
      session.passed({ at_ms: clock.ticksMs(), dir: "in", line: JSON.stringify({ cmd }) }, 0);
    },
    kill: () => void told.push("kill"),
    judged: () => verdict,
  };
  const screen: Screen = {
    line: () => {},
    note: (text) => void shown.push(text),
    warn: (text) => void shown.push(`! ${text}`),
    broke: ({ id }, seen, isAgain) => void shown.push(`✗ ${id} ${seen}${isAgain ? " again" : ""}`),
    mended: ({ id }) => void shown.push(`✓ ${id}`),
    help: () => void shown.push("help"),
    state: () => {},
    end: () => {},
  };
  const rules = new Map(["JLP101", "JLP201", "JLP301", "JLP701", "JLP702", "JLP703"].map((id) => [id, rule(id)]));
  const session: Session = new Session({ clock, screen, lives, rules, isAttended, forMs });
  let hasLeft = false;
  const notice = async () => {
    await session.left;
    hasLeft = true;
  };
  void notice();
  /** What waits for the process to be there is done. */
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  const happens = async (event: Happened) => {
    session.happened(event);
    await settled();
  };
  return {
    session,
    told,
    shown,
    verdict,
    happens,
    hasLeft: () => hasLeft,
    begin: async (features: readonly string[] = []) => {
      session.begin();
      await settled();
      await happens({ what: "working", features });
    },
    press: (key: Key) => happens({ what: "key", key }),
    says: async (message: object) => {
      session.passed({ at_ms: clock.ticksMs(), dir: "out", line: JSON.stringify(message) }, 0);
      await settled();
    },
    passes: async (ms: number) => {
      clock.advance(ms);
      await settled();
    },
    ends: (code: number | null = 0, signal: string | null = null, leftBehind: readonly string[] = []) =>
      happens({ what: "ended", code, signal, leftBehind }),
    pending: () => clock.pending,
  };
}
