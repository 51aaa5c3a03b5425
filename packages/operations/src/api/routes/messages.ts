import { MessageReport } from "@mimolo/protocol";
import { about, type Api } from "../route.ts";
import { NoQuery } from "../shapes/asked.ts";
import { MessageBody } from "../shapes/plugin.ts";
import type { CollectorView } from "../view.ts";

/** As much as a line to an agent may hold. */
const BODY_LIMIT_BYTES = 1_048_576;

/** A person's message to a plugin, or to whichever handles it best. */
export function messageRoutes(api: Api, view: CollectorView): void {
  api.post(
    "/messages",
    {
      bodyLimit: BODY_LIMIT_BYTES,
      config: { scope: "control" },
      schema: {
        querystring: NoQuery,
        body: MessageBody,
        ...about({
          id: "sendMessage",
          summary: "Sends a message to a plugin, or to whichever handles it best, and waits for its answer.",
          tag: "platform",
          answers: MessageReport,
          refuses: [
            "no-handler",
            "unknown-plugin",
            "agent-not-running",
            "loop",
            "plugin-failed",
            "permission-denied",
            "timed-out",
            "too-many-requests",
          ],
        }),
      },
    },
    ({ body: { to, type, content }, caller }) => view.platform.requests.send({ from: caller.by, to, type, content }),
  );
}
