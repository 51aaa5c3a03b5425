// A picture of a screen on its whole way: from the X server into evidence, into a widget, into an archive and back, to its tombstone.
import { createHash } from "node:crypto";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { agents } from "@mimolo/agents";
import { type Collector, createCollector } from "@mimolo/operations";
import type { ArtifactList, ArchiveReport, PurgePlan, WidgetActionReport } from "@mimolo/protocol";
import { expect, onTestFinished, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { place } from "./spawned.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

interface Reply {
  readonly status: number;
  readonly bytes: Buffer;
}

/** A call to the API over the socket. */
async function asked(collector: Collector, method: string, path: string, body?: object): Promise<Reply> {
  const headers = body === undefined ? {} : { "content-type": "application/json" };
  const call = request({ socketPath: collector.address ?? "", path: `/api/v1${path}`, method, headers });
  call.end(body === undefined ? undefined : JSON.stringify(body));
  const [reply] = await once(call, "response");
  const parts: Buffer[] = [];
  for await (const part of reply) parts.push(part as Buffer);
  return { status: reply.statusCode as number, bytes: Buffer.concat(parts) };
}

async function ask<Answer>(...call: Parameters<typeof asked>): Promise<Answer> {
  const { status, bytes } = await asked(...call);
  expect([status, bytes.toString()]).toEqual([200, expect.anything()]);
  return JSON.parse(bytes.toString()) as Answer;
}

async function openScreen(): Promise<string> {
  const server = spawn("Xvfb", "-displayfd 1 -screen 0 320x240x24 -nolisten tcp".split(" "), {
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(() => void server.kill());
  const [number] = (await once(server.stdout, "data")) as [Buffer];
  return `:${number.toString().trim()}`;
}

async function watching(display: string): Promise<Collector> {
  const { dataDir, folder, env } = place();
  const collector = await createCollector({
    dataDir,
    cwd: folder,
    env,
    builtins: agents,
    plugins: {
      // Nothing comes of itself while the test looks.
      screen: { plugin: "mimolo.screen-tracker", agent_flush_interval_s: 3600, env: { DISPLAY: display } },
    },
  });
  onTestFinished(() => collector.stop({ hurry: true }));
  const running = new Promise<void>((resolve) => {
    collector.on("agent:state", ({ state }) => state === "running" && resolve());
  });
  await collector.start();
  await running;
  return collector;
}

test.runIf(needs("Xvfb"))(
  "a picture is shown, put away, brought back and purged, and what it was stays known",
  async () => {
    const collector = await watching(await openScreen());
    const refresh = () => ask<WidgetActionReport>(collector, "POST", "/widgets/screen/action", { action: "refresh" });
    const listed = async () => (await ask<ArtifactList>(collector, "GET", "/artifacts?label=screen")).items;

    // One look is as good as another: the screen stays as it is.
    const { widget } = await refresh();
    const token = /src="mimolo:\/\/artifact\/([^"]+)"/.exec(widget?.html ?? "")?.[1] ?? "none";
    const [picture, ...more] = await listed();
    expect(more).toEqual([]);
    expect(picture).toMatchObject({ state: "present", mime: "image/jpeg", retention_class: "ephemeral" });
    const content = () => asked(collector, "GET", `/artifacts/content/${token}`);
    const shown = await content();
    expect(shown.status).toBe(200);
    expect(createHash("sha256").update(shown.bytes).digest("hex")).toBe(picture?.sha256);
    await refresh();
    expect(await listed()).toHaveLength(1);

    const { archive_id: archiveId } = await ask<ArchiveReport>(collector, "POST", "/artifacts/archive", {
      label: "screen",
      artifact_ids: [picture?.artifact_id],
    });
    const away = await content();
    expect([away.status, JSON.parse(away.bytes.toString())]).toMatchObject([
      409,
      { code: "archived_data_rehydrate_required", archive_id: archiveId },
    ]);
    await ask(collector, "POST", "/artifacts/restore", { label: "screen", archive_id: archiveId });
    expect((await content()).bytes).toEqual(shown.bytes);

    const plan = await ask<PurgePlan>(collector, "POST", "/artifacts/purge/plan", { label: "screen" });
    expect(plan).toMatchObject({ artifacts: [{ artifact_id: picture?.artifact_id }], can_archive: { screen: true } });
    const consent = { plan_id: plan.plan_id, consent: true, archive: true };
    expect(await ask(collector, "POST", "/artifacts/purge/execute", consent)).toMatchObject({
      purged: [picture?.artifact_id],
      archive_ids: [archiveId],
    });
    expect((await content()).status).toBe(410);
    expect(await listed()).toMatchObject([{ state: "purged", purged: { archive_id: archiveId } }]);
  },
);
