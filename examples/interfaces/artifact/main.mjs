// Keeps a copy of a file whenever it has changed. Old copies can be put away into one archive, and be brought back.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { CallError, defineAgent } from "@mimolo/agent-sdk";

const snapshots = ({ dataDir }) => join(dataDir ?? ".", "snapshots");
const archives = ({ dataDir }) => join(dataDir ?? ".", "archives");
let last = "";

await defineAgent({
  id: "example.snapshots",
  version: "1.0.0",
  sampleEverySeconds: 1,
  sample: async ({ count, context }) => {
    const text = await readFile(context.config.file ?? "draft.txt", "utf8").catch(() => "");
    if (text === last || text === "") return count("snapshots", 0);
    last = text;
    await mkdir(snapshots(context), { recursive: true });
    await writeFile(join(snapshots(context), `${Date.now()}.txt`), text);
    return count("snapshots");
  },
  /** Everything older than `selection.before`, in milliseconds; without one, everything. */
  archive: async (selection, context) => {
    const { before = Number.POSITIVE_INFINITY } = selection ?? {};
    const names = (await readdir(snapshots(context)).catch(() => [])).filter((name) => Number.parseInt(name) < before);
    if (names.length === 0) throw new CallError("nothing-to-archive", "there is no snapshot that old");
    const texts = await Promise.all(names.map((name) => readFile(join(snapshots(context), name), "utf8")));
    const packed = await promisify(gzip)(
      JSON.stringify(Object.fromEntries(names.map((name, at) => [name, texts[at]]))),
    );
    await mkdir(archives(context), { recursive: true });
    const archiveId = String(Date.now());
    await writeFile(join(archives(context), archiveId), packed);
    for (const name of names) await rm(join(snapshots(context), name));
    return { archive_id: archiveId, snapshots: names.length };
  },
  restore: async (archiveId, context) => {
    if (!/^\d+$/.test(archiveId)) throw new CallError("no-such-archive", "an archive's name is a number");
    const packed = await readFile(join(archives(context), archiveId)).catch(() => null);
    if (packed === null) throw new CallError("no-such-archive", `there is no archive ${archiveId}`);
    const kept = Object.entries(JSON.parse((await promisify(gunzip)(packed)).toString()));
    for (const [name, text] of kept) await writeFile(join(snapshots(context), name), text);
    return { snapshots: kept.length };
  },
  summarize: ({ counts }) => ({ data: counts, activity: counts.snapshots > 0 ? "worked" : "idle" }),
}).run();
