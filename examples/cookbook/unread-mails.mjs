// Counts the unread mails of a maildir: what is new, and what was seen and not read.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { defineAgent } from "@mimolo/agent-sdk";

await defineAgent({
  id: "cookbook.unread-mails",
  version: "1.0.0",
  sampleEverySeconds: 30,
  async sample({ set, context }) {
    const { maildir } = context.config;
    const [fresh, seen] = await Promise.all(["new", "cur"].map((name) => readdir(join(maildir, name))));
    // Behind ":2," stand the flags of a mail; S is for "read".
    const unread = seen.filter((name) => !/:2,.*S/.test(name));
    return set("unread", fresh.length + unread.length);
  },
  summarize: ({ counts }) => ({ data: counts, activity: "passive" }),
}).run();
