// Counts the notes that appear in ~/notes. Given a pepper, it also says which: by a keyed hash, never by name.
import { createHmac } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { defineAgent } from "@mimolo/agent-sdk";

const folder = join(homedir(), "notes");
let known = [];

const notes = ({ suffix, at_least_bytes: least }) =>
  readdirSync(folder).filter((name) => name.endsWith(suffix) && statSync(join(folder, name)).size >= least);
const hashed = (name, pepper) => createHmac("sha256", pepper).update(name).digest("hex").slice(0, 12);

await defineAgent({
  id: "example.note-count",
  version: "1.0.0",
  sampleEverySeconds: 1,
  onInitialize: ({ context }) => {
    known = notes(context.config);
  },
  onActivate: ({ context }) => context.log(`notes: ${known.length}`),
  onSuspend: ({ context }) => context.log("suspended"),
  sample: ({ count, context }) => {
    const found = notes(context.config);
    const fresh = found.filter((name) => !known.includes(name));
    known = found;
    return count("written", fresh.length);
  },
  summarize: ({ counts, context: { config } }) => ({
    data: { ...counts, ...(config.pepper && { notes: known.map((name) => hashed(name, config.pepper)) }) },
    activity: counts.written > 0 ? "worked" : "idle",
  }),
}).run();
