import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createCollector, loadConfig } from "@mimolo/operations";
import { onTestFinished } from "vitest";
import { trustPlace } from "../trust/place.ts";

const AGENT = `
import { createInterface } from "node:readline";
const say = (message) => console.log(JSON.stringify({ timestamp: new Date().toISOString(), ...message }));
say({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities: ["summary"] });
setInterval(() => say({ type: "heartbeat", metrics: {} }), 500);
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { cmd, sequence = [cmd] } = JSON.parse(line);
    if (sequence.includes("flush")) say({ type: "summary", data: { settings: process.env.MIMOLO_CONFIG } });
    if (cmd === "flush" || cmd === "stop") say({ type: "ack", ack_command: cmd });
    if (sequence.includes("shutdown")) process.exit(0);
  })
  .on("close", () => process.exit(0));
`;

export interface Written {
  readonly version?: string;
  readonly needs?: Readonly<Record<string, string>>;
  readonly touches?: readonly string[];
  /** What its program is. */
  readonly program?: string;
}

/** A place of somebody who has a registry, and writes and publishes plugins of `acme.*` in it. */
export async function registryPlace() {
  const place = trustPlace();
  const { cwd, json } = place;
  writeFileSync(join(cwd, "mimolo.toml"), '[registry]\nsources = ["registry"]\n');
  await json("key", "new", "--scope", "acme.*");
  const write = (id: string, { version = "1.0.0", needs = {}, touches = [], program }: Written = {}) => {
    const folder = join(cwd, id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, "plugin.toml"),
      `[plugin]\nid = "${id}"\nname = "${id}"\nversion = "${version}"\ndescription = "The plugin ${id}"\n` +
        `type = "agent"\nentry = "main.mjs"\nconfig_schema = "schema.json"\n` +
        `[plugin.defaults]\nsuffix = ".md"\ndepth = 3\n` +
        `[plugin.capabilities]\n${touches.map((each) => `${each} = true\n`).join("")}` +
        `[plugin.dependencies]\n${Object.entries(needs)
          .map(([each, range]) => `"${each}" = "${range}"\n`)
          .join("")}`,
    );
    const properties = { depth: { type: "integer", minimum: 0 }, suffix: { type: "string", pattern: "^\\." } };
    writeFileSync(join(folder, "schema.json"), JSON.stringify({ type: "object", properties }));
    writeFileSync(join(folder, "main.mjs"), program ?? AGENT.replace('"1.0.0"', JSON.stringify(version)));
    return `./${id}`;
  };
  return {
    ...place,
    write,
    /** A collector that goes by this folder's configuration, until the test is over or it is stopped. */
    collecting: async () => {
      const { dataDir } = place;
      const collector = await createCollector({ dataDir, cwd, config: loadConfig({ cwd, env: {}, dataDir }) });
      await collector.start();
      onTestFinished(() => collector.stop());
      return collector;
    },
    publish: async (id: string, more: Written = {}) => {
      return await json<{ path: string; changed: boolean }>("plugin", "publish", write(id, more), "--to", "registry");
    },
  };
}
