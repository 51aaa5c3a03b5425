import { z } from "zod";
import { ProblemError } from "../problems/problem.ts";
import { about, type Api } from "../route.ts";
import { NoQuery } from "../shapes/asked.ts";

const HOW = 'connect with a WebSocket client to this address, as ws://, and say {"subscribe":[…]} first';

/** Whoever asks for events as for a page is told how: a WebSocket is taken over before it becomes a request. */
export function eventsRoute(api: Api): void {
  api.get(
    "/events",
    {
      config: { scope: "read" },
      schema: {
        querystring: NoQuery,
        ...about({
          id: "listen",
          summary: "A WebSocket: what happens, as it happens.",
          description:
            "The first message is a `SubscribeMessage`, within five seconds; every message back is a `ControlEvent` or a " +
            "`ControlNotice`. `resume` brings what was missed: evidence above that `seq`, then every segment that may have " +
            "changed since. A client that reads too slowly loses ephemera first, then is closed with a reason.",
          tag: "collector",
          answers: z.never(),
          status: 101,
          refuses: ["bad-request", "too-many-requests"],
        }),
      },
    },
    () => {
      throw new ProblemError("bad-request", "events come over a WebSocket, and this is no handshake of one", HOW);
    },
  );
}
