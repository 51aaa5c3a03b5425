import { LogLevel } from "@mimolo/protocol";
import { z } from "zod";
import type { Agents } from "../../agents/agents.ts";
import { answered, failed } from "../answer.ts";
import { method, type RequestMethod } from "../request-method.ts";

const MOST_CHARACTERS = 8_192;

/** Lines in the diagnostics, under one's own label or another. */
export function loggingMethods(agents: Agents): Record<string, RequestMethod> {
  return {
    "log.write": method({
      permission: ({ label }, agent) => (label === undefined || label === agent.label ? null : "write-logs"),
      params: z.strictObject({
        label: z.string().min(1).max(64).optional(),
        level: LogLevel,
        message: z.string().max(MOST_CHARACTERS),
      }),
      run({ label, level, message }, { agent }) {
        if (label === undefined || label === agent.label) {
          agent.say(agent.snapshot.runId, { type: "log", level, message });
          return answered({ label: agent.label });
        }
        try {
          // Whoever reads it there is told who says it.
          agents.get(label).say(null, { type: "log", level, code: `by-${agent.label}`, message });
          return answered({ label });
        } catch (error) {
          return failed(error);
        }
      },
    }),
  };
}
