import { expect, test } from "vitest";
import { Emitter } from "../../src/emitter.ts";
import type { CollectorEvents } from "../../src/events.ts";
import { InstalledNews } from "../../src/plugins/installed-news.ts";

const installed = (pluginId: string, version: string) => ({ pluginId, version, digest: `${pluginId} ${version}` });

test("a package that came in is told once, and so is one that took another's place", () => {
  const told: unknown[] = [];
  const events = new Emitter<CollectorEvents>(() => undefined);
  events.on("plugin:installed", (event) => told.push(event));
  const news = new InstalledNews(events, [installed("acme.here", "1.0.0")]);
  news.look([installed("acme.here", "1.0.0"), installed("acme.new", "2.0.0")]);
  news.look([installed("acme.here", "1.1.0"), installed("acme.new", "2.0.0")]);
  news.look([installed("acme.new", "2.0.0")]);
  expect(told).toEqual([
    { plugin_id: "acme.new", version: "2.0.0", status: "installed" },
    { plugin_id: "acme.here", version: "1.1.0", status: "replaced" },
  ]);
});
