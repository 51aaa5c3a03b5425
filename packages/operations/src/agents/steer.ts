import type { AgentVerb } from "../api/view.ts";
import { CollectorError } from "../error.ts";
import type { CollectedAgent } from "./agent.ts";

/** Does to an agent what a person asks. Throws `CollectorError` `blocked` or `wrong-state`. */
export async function steer(agent: CollectedAgent, verb: AgentVerb): Promise<void> {
  const { label, snapshot } = agent;
  const blocked = verb !== "stop" && snapshot.state === "blocked" ? agent.judgeAgain().blocked : null;
  if (blocked !== null) {
    throw new CollectorError(
      "blocked",
      `${label} is blocked: ${blocked}`,
      `mend that, then: mimolo agent ${verb} ${label}`,
    );
  }
  if (verb === "start") agent.start();
  else if (verb === "stop") await agent.stop();
  else if (verb === "restart") agent.restart("restart-requested");
  else if (!agent.flush("control_request")) {
    const { state } = agent.snapshot;
    throw new CollectorError("wrong-state", `${label} cannot flush: it is ${state}`, `mimolo agent start ${label}`);
  }
}
