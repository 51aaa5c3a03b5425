import { describe, expect, test } from "vitest";
import { accountLines, accountOf } from "../../src/try/account.ts";
import { fakeSession } from "./fake-session.ts";

describe("keys", () => {
  test("each asks the agent what it stands for", async () => {
    const { begin, press, told } = fakeSession();
    await begin(["widget_frame"]);
    for (const key of ["flush", "status", "toggle", "toggle", "widget", "shutdown"] as const) await press(key);
    expect(told).toEqual(["start", "flush", "status", "stop", "start", "widget_render", "shutdown"]);
  });

  test("a widget is not asked for where none was announced", async () => {
    const { begin, press, told, shown } = fakeSession();
    await begin();
    await press("widget");
    expect(told).toEqual(["start"]);
    expect(shown.at(-1)).toContain("nothing to render");
  });

  test("before the handshake and after the end nothing is sent", async () => {
    const { session, begin, press, ends, told, shown } = fakeSession();
    session.begin();
    await press("flush");
    expect(shown.at(-1)).toBe("it has not introduced itself yet");
    await begin();
    await ends(3);
    await press("flush");
    expect(shown.at(-1)).toBe("it does not run: r starts it");
    expect(told).not.toContain("flush");
  });

  test("an answer that does not come is told, and breaks the rule about it", async () => {
    const { begin, press, passes, says, shown } = fakeSession();
    await begin();
    await press("flush");
    await press("toggle");
    await says({ type: "ack", ack_command: "stop" });
    await passes(9_999);
    expect(shown).toEqual(["started, process 7"]);
    await passes(1);
    expect(shown.slice(1)).toEqual(["✗ JLP301 flush was not answered within 10 s"]);
  });

  test("quitting is asked for politely; twice kills", async () => {
    const { begin, press, ends, told, hasLeft, pending } = fakeSession();
    await begin();
    await press("quit");
    expect([told.at(-1), hasLeft()]).toEqual(["shutdown", false]);
    await press("quit");
    expect(told.at(-1)).toBe("kill");
    await ends(null, "SIGKILL");
    expect([hasLeft(), pending()]).toEqual([true, 0]);
  });

  test("who does not go in 10 s after a shutdown is killed, and broke a rule", async () => {
    const { begin, press, passes, ends, told, shown, hasLeft } = fakeSession();
    await begin();
    await press("quit");
    await passes(10_000);
    expect(told.at(-1)).toBe("kill");
    expect(shown.at(-1)).toContain("✗ JLP701");
    await ends(null, "SIGKILL");
    expect(hasLeft()).toBe(true);
    expect(shown.join()).not.toContain("JLP702");
  });

  test("a shutdown that ends badly or leaves processes behind breaks rules", async () => {
    const { begin, press, ends, shown } = fakeSession();
    await begin();
    await press("shutdown");
    await ends(4, null, ["sleep (12)"]);
    expect(shown).toContain("✗ JLP702 after shutdown it ended with exit code 4");
    expect(shown).toContain("✗ JLP703 still there after its end: sleep (12)");
  });
});

describe("saves", () => {
  const saved = (path: string) => ({ what: "changed", path }) as const;

  test("those close together restart it once, 200 ms after the last", async () => {
    const { begin, happens, passes, ends, told, shown } = fakeSession();
    await begin();
    await happens(saved("agent.py"));
    await passes(199);
    await happens(saved("spool.py"));
    await passes(199);
    expect(told).toEqual(["start"]);
    await passes(1);
    expect([told.at(-1), shown.at(-1)]).toEqual(["shutdown", "agent.py, spool.py changed: restarting"]);
    await ends();
    expect(told.at(-1)).toBe("start");
  });

  test("one that does not go is killed after 3 s, which breaks no rule", async () => {
    const { begin, happens, passes, ends, told, session } = fakeSession();
    await begin();
    await happens(saved("agent.py"));
    await passes(3_200);
    expect(told.at(-1)).toBe("kill");
    await ends(null, "SIGKILL");
    expect(told.at(-1)).toBe("start");
    expect(session.state.broken).toEqual([]);
  });

  test("an agent that has ended is started by a save", async () => {
    const { begin, happens, passes, ends, told, hasLeft } = fakeSession();
    await begin();
    await ends(1);
    expect(hasLeft()).toBe(false);
    await happens(saved("agent.py"));
    await passes(200);
    expect(told).toEqual(["start", "start"]);
  });

  test("an agent that writes into its own sources is not restarted for ever", async () => {
    const { begin, happens, passes, ends, told, shown } = fakeSession();
    await begin();
    for (let round = 0; round < 12; round++) {
      await happens(saved("cache.py"));
      await passes(200);
      if (told.at(-1) === "shutdown") await ends();
      await happens({ what: "working", features: [] });
    }
    expect(told.filter((each) => each === "start")).toHaveLength(9);
    expect(shown.join("\n")).toContain("! cache.py changed again: it was restarted 8 times in a minute");
    await passes(60_000);
    expect(told.filter((each) => each === "shutdown")).toHaveLength(9);
  });

  test("a save while it is told to end for good starts nothing", async () => {
    const { begin, press, happens, passes, ends, told, hasLeft } = fakeSession();
    await begin();
    await press("quit");
    await happens(saved("agent.py"));
    await passes(300);
    await ends();
    expect([told, hasLeft()]).toEqual([["start", "shutdown"], true]);
  });
});

describe("rules", () => {
  test("one is named once in a life, and again when the next one breaks it", async () => {
    const { begin, says, passes, press, ends, happens, shown, verdict } = fakeSession();
    await begin();
    verdict.broken.push({ id: "JLP201", seen: "stray" });
    for (let round = 0; round < 3; round++) {
      await says({});
      await passes(100);
    }
    await press("restart");
    await ends();
    await happens({ what: "working", features: [] });
    await says({});
    await passes(100);
    expect(shown.filter((text) => text.includes("JLP201"))).toEqual(["✗ JLP201 stray", "✗ JLP201 stray again"]);
  });

  test("one holds again only once the life has come as far as where it broke", async () => {
    const { begin, says, passes, press, ends, happens, shown, verdict, session } = fakeSession();
    await begin();
    await press("flush");
    await says({ type: "ack", ack_command: "flush" });
    verdict.broken.push({ id: "JLP201", seen: "stray" });
    await passes(100);
    await press("restart");
    await ends();
    await happens({ what: "working", features: [] });
    verdict.broken.length = 0;
    verdict.holding.push("JLP201");
    await says({ type: "log", level: "info", message: "fine" });
    await passes(5_000);
    expect(session.state.unmended.map(({ id }) => id)).toEqual(["JLP201"]);
    await press("flush");
    await passes(1_000);
    expect(shown.at(-1)).toBe("✓ JLP201");
    expect([session.state.broken, session.state.unmended]).toEqual([[], []]);
  });

  test("a flush that is answered after the restart mends the rule about it", async () => {
    const { begin, passes, press, ends, happens, says, shown } = fakeSession();
    await begin();
    await press("flush");
    await passes(10_000);
    await press("restart");
    await ends();
    await happens({ what: "working", features: [] });
    await press("flush");
    await says({ type: "ack", ack_command: "flush" });
    expect(shown.filter((text) => text.includes("JLP301"))).toHaveLength(2);
    expect(shown.at(-1)).toBe("✓ JLP301");
  });
});

describe("where nobody sits at the keys", () => {
  test("it is asked for its status and for summaries", async () => {
    const { begin, passes, told } = fakeSession({ isAttended: false });
    await begin();
    expect(told).toEqual(["start", "status"]);
    await passes(1000);
    await passes(10_000);
    expect(told).toEqual(["start", "status", "flush", "flush"]);
  });

  test("it ends after its time, or with the agent", async () => {
    const timed = fakeSession({ isAttended: false, forMs: 3000 });
    await timed.begin();
    await timed.passes(3000);
    expect(timed.told.at(-1)).toBe("shutdown");
    const crashed = fakeSession({ isAttended: false });
    await crashed.begin();
    await crashed.ends(7);
    expect([crashed.hasLeft(), crashed.session.state.hasCrashed, crashed.pending()]).toEqual([true, true, 0]);
  });
});

describe("what an agent reports, and one that never starts", () => {
  const plain = { colour: (_: string, text: string) => text, columns: 60, options: { verbose: false } } as never;
  const accountOfSession = (session: ReturnType<typeof fakeSession>["session"]) =>
    accountLines(accountOf(session.state, new Map(), undefined), session.state, ["./agent"], plain);

  test("errors are in the account, each text once; a life without them has none", async () => {
    const { session, begin, says, press, ends, happens } = fakeSession();
    await begin();
    for (const message of ["name 'nul' is not defined", "name 'nul' is not defined", "no such folder"]) {
      await says({ type: "error", message });
    }
    expect(session.state).toMatchObject({ errorCount: 3, errors: ["name 'nul' is not defined", "no such folder"] });
    expect(accountOfSession(session).join("\n")).toContain(
      "✗ it reported 3 errors: name 'nul' is not defined; no such\nfolder\n✓ no rule was seen broken",
    );
    await press("restart");
    await ends();
    await happens({ what: "working", features: [] });
    expect(accountOfSession(session).join("\n")).not.toContain("it reported");
  });

  test("an agent that ends before it has introduced itself never started", async () => {
    const { session, ends } = fakeSession();
    session.begin();
    await ends(2);
    const text = accountOfSession(session).join("\n");
    expect(text).toContain("✗ it never started: it ended with exit code 2 before it\nintroduced itself");
    expect(text).not.toContain("✓");
  });

  test("one that died says so last, in the words of its own that say most", async () => {
    const { session, begin, says, ends, press, happens } = fakeSession();
    const introduced = async () => {
      await says({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities: [] });
      await happens({ what: "working", features: [] });
    };
    await begin();
    await introduced();
    for (const line of ["Traceback (most recent call last):", "TypeError: no mapping", "    ^^^^^"]) {
      session.passed({ at_ms: 0, dir: "err", line }, 0);
    }
    await ends(1);
    const text = accountOfSession(session).join("\n");
    expect(text).toContain("✗ it died with exit code 1: TypeError: no mapping");
    expect(text).not.toContain("✓");
    await press("restart");
    await introduced();
    await ends(null, "SIGSEGV");
    expect(accountOfSession(session).join("\n")).toContain("✗ it died by SIGSEGV\n");
    await press("restart");
    session.passed({ at_ms: 0, dir: "err", line: "main.sh: 3: no" }, 0);
    await ends(2);
    const never = accountOfSession(session).join(" ").replaceAll("\n", " ");
    expect(never).toContain(
      "✗ it never started: it ended with exit code 2 before it introduced itself: main.sh: 3: no",
    );
  });

  test("nor did one that says nothing until it is told to end; who quits at once gave it no time", async () => {
    for (const [ms, why] of [
      [3000, "it had not introduced itself after 3.0 s"],
      [200, null],
    ] as const) {
      const { session, press, passes, ends } = fakeSession();
      session.begin();
      await passes(ms);
      await press("quit");
      await ends();
      expect(session.state.neverStarted).toBe(why);
    }
  });

  test("settings that cannot be read keep it from starting; the next life begins anew", async () => {
    const { session, happens } = fakeSession();
    session.begin();
    await happens({ what: "not-started", why: "settings.json:1: no JSON" });
    expect(accountOfSession(session).join("\n")).toContain("✗ it never started: settings.json:1: no JSON");
    await happens({ what: "started", pid: 8 });
    expect(session.state.neverStarted).toBeNull();
  });

  test("who has introduced itself and ends has started", async () => {
    const { session, says, ends } = fakeSession();
    session.begin();
    await says({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities: [] });
    await ends(3);
    expect(session.state.neverStarted).toBeNull();
  });
});
