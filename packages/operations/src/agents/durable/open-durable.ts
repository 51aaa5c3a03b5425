import type { SupervisedAgent } from "@mimolo/supervisor";
import type { Journal } from "../../journal/journal.ts";
import { DurableEvidence, type DurableDoors } from "./evidence.ts";

/** The evidence of one instance on its way into the journal; the agent hears of it when it understands `durable_ack`. */
export function openDurable(
  instanceId: string,
  journal: Journal,
  supervised: () => SupervisedAgent,
  heard: Pick<DurableDoors, "doubled" | "overwhelmed">,
): DurableEvidence {
  return new DurableEvidence(journal.marks, instanceId, {
    ...heard,
    keep: (entry) => journal.message(entry, supervised()),
    missing: (data, origin) => journal.missing(data, origin, supervised()),
    hurry: () => journal.commits.soon(),
    afterCommit: (settle) => journal.commits.next(settle),
    tell: (stream, news) => {
      const agent = supervised();
      if (!agent.has("durable_ack")) return;
      agent.sendLatest(`committed ${stream}`, () => ({ cmd: "committed", params: { stream, ...news() } }));
    },
  });
}
