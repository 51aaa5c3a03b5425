// What the plugin does without being asked, against what its manifest asks for; and what it does when its collector is hostile.
import { must, NotHere, type PluginCase, pluginCase } from "../plugin-case.ts";
import type { PluginProcess } from "../plugin-process.ts";
import { permissionFor } from "../respond.ts";
import type { ProbeNote } from "../probe.ts";
import { filesBelow } from "../../process/files-below.ts";
import type { TestStand } from "../stand.ts";
import { hostileLines } from "./hostile-lines.ts";
import { mustBeCallable } from "./integration.ts";
import { canaries } from "./canaries.ts";

const FAREWELL_MS = 5000;
const WATCHABLE: readonly string[] = ["node", "python"];
/** Names every object of JavaScript has. */
const INHERITED = ["__proto__", "constructor", "toString", "hasOwnProperty"];

export function security(stand: TestStand): PluginCase[] {
  return [
    pluginCase("it writes in its own folder only", async () => {
      const { capabilities, entry } = stand.manifest;
      if (capabilities.includes("filesystem")) throw new NotHere("its manifest asks for filesystem");
      const before = await filesBelow(stand.folder.dir);
      const plugin = await wholeLife(stand);
      const { own, home, temporary } = stand.places;
      const changed = [...(await changesBelow(stand.folder.dir, before)), ...(await allBelow(home, temporary))];
      const written = plugin.notes.filter(({ kind }) => kind === "write").map(({ what }) => what);
      const outside = [...changed, ...written].filter((path) => !isBelow(path, own) && !isDevice(path));
      must(outside.length === 0, () => `${entry} wrote ${few(outside)}; its own folder is MIMOLO_AGENT_DATA_DIR`);
    }),
    ...(
      [
        ["it talks to no other machine unasked", "network", "network"],
        ["it starts no other program unasked", "subprocess", "subprocess"],
      ] as const
    ).map(([name, kind, capability]) =>
      pluginCase(name, async () => {
        if (stand.manifest.capabilities.includes(capability)) throw new NotHere(`its manifest asks for ${capability}`);
        mustBeWatchable(stand);
        const plugin = await wholeLife(stand);
        const seen = plugin.notes.filter((note: ProbeNote) => note.kind === kind).map(({ what }) => what);
        must(seen.length === 0, () => `its manifest does not ask for ${capability}, and it used ${few(seen)}`);
      }),
    ),
    pluginCase("it asks its collector only for what it is permitted", async () => {
      const { requests } = await wholeLife(stand);
      const { permissions } = stand.manifest;
      for (const request of requests) {
        const permission = await permissionFor(request);
        must(permission !== undefined, `it asks for ${request.method}, which nobody knows`);
        const isHeld = permission === null || permissions.some((held) => held === permission);
        must(isHeld, `it asks for ${request.method}, and its manifest does not name ${permission}`);
      }
    }),
    pluginCase("it survives lines that no collector should send", async () => {
      const plugin = await stand.working();
      for (const line of hostileLines()) plugin.write(line);
      await stillAnswers(plugin);
    }),
    pluginCase("it calls nothing that merely happens to be there", async () => {
      const plugin = await stand.working();
      mustBeCallable(plugin);
      const offered = stand.manifest.interfaces;
      for (const [name, method] of [...INHERITED.map((each) => [each, each]), ...pairs(offered, INHERITED)]) {
        const call = { interface: String(name), method: String(method), params: {} };
        const { ok } = await plugin.call(call);
        must(!ok, `it answers ${name}.${method} as if it offered that`);
      }
      await stillAnswers(plugin);
    }),
    pluginCase("it tells nobody its secrets", async () => {
      const secrets = canaries(stand);
      if (secrets === null)
        throw new NotHere("no setting of it is a secret; `secrets` names them, `writeOnly` in its schema does");
      const plugin = await wholeLife(secrets.stand);
      const files = await secrets.kept(secrets.stand.places.own);
      for (const [name, value] of Object.entries(secrets.values)) {
        must(!plugin.said.includes(value), `it prints its setting ${name}`);
        must(!files.includes(value), `it keeps its setting ${name} in a file`);
      }
    }),
  ];
}

/** From its start to its end, with a flush, a rest and whatever calls its author gave; what it does on the way is noted. */
async function wholeLife(stand: TestStand): Promise<PluginProcess> {
  const plugin = await stand.working({ isWatched: true });
  for (const call of stand.options.calls ?? []) await plugin.call(call);
  await plugin.obeyed("flush");
  await plugin.obeyed("stop");
  await plugin.obeyed("start");
  plugin.send("shutdown");
  await plugin.ended("its end", stand.answerMs + FAREWELL_MS);
  return plugin;
}

async function stillAnswers(plugin: PluginProcess): Promise<void> {
  const before = plugin.all("status").length;
  plugin.send("status");
  await plugin.until("a status after that", () => plugin.all("status")[before]);
}

function mustBeWatchable({ manifest, options }: TestStand): void {
  if (!WATCHABLE.includes(manifest.runtime) || options.command !== undefined)
    throw new NotHere("only what Node and Python run can be watched from within; a sandbox holds the others");
}

async function changesBelow(folder: string, before: ReadonlyMap<string, string>): Promise<string[]> {
  const after = await filesBelow(folder);
  const changed = [...after].filter(([path, digest]) => before.get(path) !== digest).map(([path]) => path);
  return [...changed, ...[...before.keys()].filter((path) => !after.has(path))];
}

async function allBelow(...folders: string[]): Promise<string[]> {
  return (await Promise.all(folders.map(filesBelow))).flatMap((found) => [...found.keys()]);
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`) || path.startsWith(`${folder}\\`);
}

function isDevice(path: string): boolean {
  return /^\/dev\/(?!shm\/)/.test(path) || path.startsWith("\\\\.\\");
}

function few(names: readonly string[]): string {
  const [first = "", ...rest] = [...new Set(names)];
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}

function pairs(firsts: readonly string[], seconds: readonly string[]): string[][] {
  return firsts.flatMap((first) => seconds.map((second) => [first, second]));
}
