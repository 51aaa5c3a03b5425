import { fakeCollector } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import { notifyAction } from "../../src/notify/action.ts";
import { type Desktop, type Ended, type Words, wordsFor } from "../../src/notify/desktop.ts";
import { noticeOf } from "../../src/notify/notice.ts";
import { serving } from "../http/scene.ts";

function fakeDesktop(ended: Ended, more: Partial<Desktop> = {}) {
  const shown: Words[] = [];
  const desktop: Desktop = {
    platform: "linux",
    bus: "unix:path=/run/user/1/bus",
    run: async (words) => {
      shown.push(words);
      return ended;
    },
    ...more,
  };
  return { shown, desktop };
}

async function running(config: Record<string, unknown>, desktop = fakeDesktop({ started: false }).desktop) {
  const collector = fakeCollector({ config });
  await collector.connect(notifyAction({ desktop: () => desktop }));
  let calls = 0;
  const execute = async (params: object, context: object = {}) => {
    const id = `call-${++calls}`;
    await collector.send({ cmd: "invoke", id, params: { interface: "action", method: "execute", params, context } });
    return collector.next("result");
  };
  return { collector, execute };
}

test("on Linux a notice is an argument each, behind the end of options, and its markup is text", async () => {
  const { shown, desktop } = fakeDesktop({ started: true, code: 0, stderr: "" });
  const { execute } = await running({}, desktop);
  const { data } = await execute(
    { title: "--help", text: "{{data.what}} <b>done</b>; $(reboot)", urgency: "low" },
    { data: { what: "a\u0000 & \u202Eb" } },
  );
  expect(data).toEqual({ way: "desktop", program: "notify-send" });
  expect(shown).toEqual([
    {
      program: "notify-send",
      args: ["--app-name=MiMoLo", "--urgency=low", "--", "--help", "a &amp; b &lt;b&gt;done&lt;/b&gt;; $(reboot)"],
      environment: { DBUS_SESSION_BUS_ADDRESS: "unix:path=/run/user/1/bus" },
    },
  ]);
});

test("elsewhere too nothing that is said is part of a program", () => {
  const notice = { title: '-e "x"', text: '"; do shell script "reboot', urgency: "normal" } as const;
  const mac = wordsFor(notice, "darwin", null);
  expect(mac.args.slice(-3)).toEqual(["mimolo", notice.title, notice.text]);
  expect(mac.args.slice(0, -3).join("\n")).not.toContain("reboot");
  const windows = wordsFor(notice, "win32", null);
  expect(windows.args.join(" ")).not.toContain("reboot");
  expect(windows.environment).toEqual({ MIMOLO_NOTICE_TITLE: notice.title, MIMOLO_NOTICE_TEXT: notice.text });
});

test("where there is no desktop, no program, or the program fails, that is said, with what works instead", async () => {
  const cases = [
    [fakeDesktop({ started: true, code: 0, stderr: "" }, { bus: null }), "there is no desktop session here"],
    [fakeDesktop({ started: false }), "notify-send is not here"],
    [fakeDesktop({ started: false }, { platform: "win32", bus: null }), "powershell.exe is not here;"],
    [
      fakeDesktop({ started: true, code: 1, stderr: "Cannot reach the bus\nmore" }),
      "could not show it: Cannot reach the bus;",
    ],
  ] as const;
  for (const [{ desktop }, why] of cases) {
    const { execute } = await running({}, desktop);
    const { error } = await execute({ text: "x" });
    expect(error).toMatchObject({ code: "not-available", message: expect.stringContaining(why) });
    expect(error?.message).toContain('set webhook = "https://…"');
  }
});

test("a webhook is posted what was said, again where that helps; its address stays a secret", async () => {
  const path = "/services/T000/B000/w3bh00k-s3cr3t";
  const server = await serving((asked, response, count) => {
    response.writeHead(asked.path !== path ? 404 : count < 3 ? 500 : 200).end(`posted to ${asked.path}`);
  });
  const { execute, collector } = await running({
    webhook: server.origin + path,
    headers: { "X-Key": "h3ader-s3cr3t" },
  });
  const { data } = await execute({ title: "Worked", text: "{{data.s}} s", urgency: "critical" }, { data: { s: 90 } });
  expect(data).toEqual({ way: "webhook", status: 200, attempts: 3 });
  expect(server.asked[2]).toMatchObject({ method: "POST", path, headers: { "x-key": "h3ader-s3cr3t" } });
  expect(JSON.parse(server.asked[2]?.body ?? "")).toEqual({
    title: "Worked",
    text: "90 s",
    urgency: "critical",
    source: "mimolo",
  });
  await collector.send({ cmd: "status" });
  expect(JSON.stringify(collector.messages)).not.toMatch(/s3cr3t|T000/);
});

test("a service that wants one member gets it; a redirect to another host is not followed", async () => {
  const other = await serving((_, response) => response.end());
  const server = await serving(({ path }, response) => {
    if (path === "/moved") response.writeHead(307, { location: other.origin }).end();
    else response.end("ok");
  });
  const slack = await running({ webhook: `${server.origin}/hook`, text_member: "text" });
  await slack.execute({ title: "T", text: "said" });
  expect(server.asked[0]?.body).toBe('{"text":"T\\nsaid"}');
  const moved = await running({ webhook: `${server.origin}/moved` });
  expect((await moved.execute({ text: "x" })).error).toMatchObject({ code: "host-not-allowed" });
  expect(other.asked).toHaveLength(0);
});

test("without a webhook a notice that wants one is told so; a way that is written is gone", async () => {
  const { shown, desktop } = fakeDesktop({ started: true, code: 0, stderr: "" });
  const plain = await running({}, desktop);
  expect((await plain.execute({ text: "x", way: "webhook" })).error).toMatchObject({ code: "not-available" });
  const both = await running({ webhook: "https://a.example/x", way: "desktop" }, desktop);
  expect(await both.execute({ text: "x" })).toMatchObject({ ok: true });
  expect(shown).toHaveLength(1);
});

test("settings that cannot be leave it degraded, and their values unsaid", async () => {
  const { collector } = await running({ webhook: "hidden", way: "pigeon", headers: { Host: "hidden" }, retries: -1 });
  const { health, message } = collector.all("status").at(-1) ?? {};
  expect(health).toBe("degraded");
  for (const key of ["webhook", "way", "headers.Host", "retries"]) expect(message).toContain(key);
  expect(JSON.stringify(collector.messages)).not.toContain("hidden");
});

test("a notice is as long as people read", () => {
  const { title, text } = noticeOf({ title: "t\nt".repeat(200), text: "😀".repeat(3_000) }, {}, () => {});
  expect([title.length, title.includes("\n"), text.length <= 2_000, text.endsWith("😀…")]).toEqual([
    200,
    false,
    true,
    true,
  ]);
});
