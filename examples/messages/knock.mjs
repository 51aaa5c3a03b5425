// Runs both in a program of one's own, and knocks.
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createCollector } from "@mimolo/operations";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Knocks for each of these names; resolves with the answers, and with what was said about messages on the way. */
export async function knock(dataDir, names) {
  const collector = await createCollector({
    dataDir,
    control: false,
    allow: [
      { path: here("door.mjs"), grants: ["write-messaging"] },
      { path: here("counter.py"), grants: ["read-messaging"] },
    ],
    plugins: {
      door: { executable: process.execPath, args: [here("door.mjs")] },
      counter: { executable: "python3", args: [here("counter.py")] },
    },
  });
  const seen = [];
  collector.on("plugin:message", ({ from, to }) => seen.push(`${from} → ${to}`));
  await collector.start();
  try {
    await somebodyCounts(collector);
    const answers = [];
    for (const name of names) {
      const { data } = await collector.send({ to: "local.door", type: "knock", content: { name } });
      answers.push(data);
    }
    return { answers, seen };
  } finally {
    await collector.stop();
  }
}

/** Resolves once a message that only the counter handles is answered: a moment ago nobody may have been there. */
async function somebodyCounts(collector) {
  for (;;) {
    try {
      return await collector.send({ type: "how-often", content: { what: "door:opened" } });
    } catch (error) {
      if (error.code !== "no-handler") throw error;
      await sleep(50);
    }
  }
}
