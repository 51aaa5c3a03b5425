// Other versions: of the machine's programs, of its own words, of the collector, and of the pipe between them.
import { encodeLine, PROTOCOL_VERSION, negotiateVersion } from "@mimolo/protocol/wire";
import { must, type PluginCase, pluginCase } from "../plugin-case.ts";
import type { TestStand } from "../stand.ts";

/** Long enough for a plugin to read one piece before the next. */
const APART_MS = 25;
const GOING_MS = 5000;
const MIMOLO_VERSION = "0.4.0";

export function compatibility(stand: TestStand): PluginCase[] {
  return [
    pluginCase("it runs with this machine and this MiMoLo", async () => {
      const { engines, platforms, protocol, runtime } = stand.manifest;
      const here = process.platform;
      must(platforms === undefined || platforms.some((each) => each === here), `its platforms leave out ${here}`);
      const { default: semver } = await import("semver");
      const wants = {
        MiMoLo: [engines.mimolo, MIMOLO_VERSION],
        Node: [runtime === "node" ? engines.node : undefined, process.versions.node],
      };
      for (const [what, [range, version = ""]] of Object.entries(wants)) {
        if (range === undefined) continue;
        must(semver.validRange(range) !== null, `${range} is no range of versions of ${what}`);
        const fits = semver.satisfies(version, range, { includePrerelease: true });
        must(fits, `it wants ${what} ${range}, and this is ${version}`);
      }
      const lowest = protocol?.min ?? PROTOCOL_VERSION;
      must(Number(lowest.split(".")[1]) <= Number(PROTOCOL_VERSION.split(".")[1]), `it wants protocol ${lowest}`);
    }),
    pluginCase("it says of itself what its plugin.toml says", async () => {
      const plugin = await stand.working();
      const { version, interfaces, monitor } = stand.manifest;
      const said = plugin.handshake?.agent_version;
      must(said === version, `it says that it is ${said}, and its plugin.toml ${version}`);
      const { data } = plugin.all("metadata")[0] ?? {};
      const announced = data?.interfaces;
      if (Array.isArray(announced)) {
        const same = inOrder(announced);
        const written = inOrder(interfaces);
        must(same === written, `it offers ${same || "nothing"}, and its plugin.toml ${written || "nothing"}`);
      }
      const label = data?.monitor?.label;
      if (label !== undefined && monitor !== undefined)
        must(label === monitor.label, `it calls its monitor ${label}, and its plugin.toml ${monitor.label}`);
    }),
    pluginCase("it speaks a version of the protocol that is spoken here", async () => {
      const plugin = await stand.introduced();
      const { protocol_version: spoken = "" } = plugin.handshake ?? {};
      must(negotiateVersion(spoken).ok, `it speaks ${spoken}, and this is ${PROTOCOL_VERSION}`);
    }),
    pluginCase("it works with an older collector", async () => {
      const plugin = await stand.introduced();
      const ack = { ack: "handshake", accepted: true, app_version: "0.3.0", protocol_version: "0.3" };
      plugin.write(encodeLine({ cmd: "ack", ...ack }));
      plugin.write(encodeLine({ cmd: "start", args: {} }));
      plugin.write(encodeLine({ cmd: "flush", args: {} }));
      await plugin.until("the ack of flush", () => plugin.all("ack").find((each) => each.ack_command === "flush"));
      plugin.write(encodeLine({ cmd: "shutdown", args: {} }));
      await plugin.ended("its end", stand.answerMs + GOING_MS);
    }),
    pluginCase("it works with a newer collector", async () => {
      const plugin = await stand.introduced();
      plugin.accept({ app_version: "0.9.0", protocol_version: "0.9", hologram: { depth: 3 }, enforced: ["gravity"] });
      plugin.write(encodeLine({ cmd: "hologram", id: "new", params: { depth: 3 } }));
      await plugin.obeyed("flush", { since: "a field that is not known yet" });
    }),
    pluginCase("it goes when it is rejected", async () => {
      const plugin = await stand.introduced();
      plugin.send("reject", { reason: "protocol_version_mismatch" });
      await plugin.ended("its end after a reject", stand.answerMs + GOING_MS);
    }),
    pluginCase("it reads lines in pieces, and with the line ends of Windows", async () => {
      const plugin = await stand.working();
      for (const piece of ['{"cmd"', ':"fl', 'ush","id":"p', 'ieces"}\r', "\n"]) {
        plugin.write(piece);
        await new Promise((resolve) => setTimeout(resolve, APART_MS));
      }
      await plugin.until("the ack of flush", () => plugin.all("ack").find((each) => each.ack_command === "flush"));
    }),
    pluginCase("it starts again on what it has kept", async () => {
      const first = await stand.working();
      await first.obeyed("flush");
      first.send("shutdown");
      await first.ended("its end", stand.answerMs + GOING_MS);
      const again = await stand.working({ isAgain: true });
      await again.obeyed("flush");
    }),
  ];
}

function inOrder(names: readonly unknown[]): string {
  return names
    .map(String)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join(", ");
}
