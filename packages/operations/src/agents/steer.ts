import { setImmediate as nextTurn } from "node:timers/promises";
import type { AgentVerb } from "../api/view.ts";
import { CollectorError } from "../error.ts";
import type { CollectedAgent } from "./agent.ts";

/** Does to an agent what a person asks. Throws `CollectorError` `blocked` or `wrong-state`. */
export async function steer(agent: CollectedAgent, verb: AgentVerb): Promise<void> {
  const { label, snapshot } = agent;
  const isHeld = verb !== "stop" && snapshot.state === "blocked";
  const blocked = isHeld ? agent.judgeAgain().blocked : null;
  if (blocked !== null) throw isBlocked(label, blocked, verb);
  if (verb === "start") agent.start();
  else if (verb === "stop") await agent.stop();
  else if (verb === "restart") agent.restart("restart-requested");
  else if (!agent.flush("control_request")) {
    const { state } = agent.snapshot;
    const still = agent.status().blocked;
    if (still !== undefined) throw isBlocked(label, still, verb);
    throw new CollectorError("wrong-state", `${label} cannot flush: it is ${state}`, `mimolo agent start ${label}`);
  }
  // Where much has been started in this turn of the event loop, the launch is the next one's.
  if (isHeld && agent.snapshot.state === "starting") await nextTurn();
  // What only a launch finds out, such as a secret that is not there.
  const again = isHeld ? agent.status().blocked : undefined;
  if (again !== undefined) throw isBlocked(label, again, verb);
}

function isBlocked(label: string, why: string, verb: AgentVerb): CollectorError {
  return new CollectorError("blocked", `${label} is blocked: ${why}`, `mend that, then: mimolo agent ${verb} ${label}`);
}
