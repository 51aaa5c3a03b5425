import { expect, test } from "vitest";
import { createCollector } from "../../src/collector.ts";
import { defaultConfig } from "../../src/config/index.ts";
import { wantedPort } from "../../src/control/wanted-port.ts";

const base = defaultConfig();
const said = {
  control: { ...base.control, port: 9000 },
  origins: new Map([["control.port", { source: "user" as const, from: "mimolo.toml" }]]),
};

test("a port counts as asked for where a file, a variable, a flag or the embedder says it", () => {
  expect(wantedPort(undefined, base)).toEqual({ port: 7466, isAsked: false });
  expect(wantedPort(true, said)).toEqual({ port: 9000, isAsked: true });
  expect(wantedPort({ port: 7466 }, base)).toEqual({ port: 7466, isAsked: true });
  expect(wantedPort({ port: 0 }, said)).toEqual({ port: 0, isAsked: true });
});

test("without a dashboard nothing listens, unless the embedder says otherwise", () => {
  const closed = { ...base, control: { ...base.control, dashboard: false } };
  expect(wantedPort(true, closed)).toBeNull();
  expect(wantedPort({ dashboard: false }, said)).toBeNull();
  expect(wantedPort({ dashboard: true }, closed)).toMatchObject({ port: 7466 });
});

test("a number that is no port is refused before anything is made", async () => {
  for (const port of [65_536, -1, 1.5, Number.NaN]) {
    const made = createCollector({ dataDir: "/nowhere", control: { port } });
    await expect(made).rejects.toMatchObject({
      code: "invalid-parameter",
      message: `control.port is no port: ${port}`,
    });
  }
});
