import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type ManualClock, manualClock } from "@mimolo/agent-sdk/testing";
import { expect } from "vitest";
import type { Transport } from "../../../src/api/login/access.ts";
import { type EventsHub, openEvents } from "../../../src/api/events/open-events.ts";
import type { Guard } from "../../../src/api/guard/guard.ts";
import { answerRaw } from "../../../src/api/listeners/answer-raw.ts";
import { Emitter } from "../../../src/emitter.ts";
import type { CollectorEvents } from "../../../src/events.ts";
import { openArchive } from "../../../src/index.ts";
import { EventClient } from "../../process/event-client.ts";

/** Admits everybody. */
export const openDoor: Guard = {
  admit: () => ({ transport: "socket", scope: "admin", by: "api" }),
  admitUpgrade: () => ({ transport: "socket", scope: "admin", by: "api" }),
  callerWith: () => null,
  isStillAdmitted: () => true,
};

/** The events on a port of their own, with time in the test's hands. */
export class HostedHub {
  readonly clock: ManualClock = manualClock();
  readonly events = new Emitter<CollectorEvents>((error) => expect(error).toBeUndefined());
  readonly hub: EventsHub;
  /** The connections as the server has them, in the order they came. */
  readonly streams: Socket[] = [];
  /** Records that may be read; none of them is folded. */
  durableSeq = 0;
  /** How the next ones come. */
  transport: Transport = "tcp";
  readonly #server: Server;
  readonly #clients: EventClient[] = [];

  constructor(guard: Guard = openDoor) {
    const { clock, events } = this;
    const timeline = () => ({ segments: [], open: null });
    const archive = openArchive("/nowhere");
    const source = {
      events,
      archive,
      clock,
      foldedSeq: () => 0,
      durableSeq: () => this.durableSeq,
      timeline,
      cooldownMs: () => 1_000,
    };
    this.hub = openEvents({ source, guard });
    this.#server = createServer().on("upgrade", (request, stream, head) => {
      this.streams.push(stream as Socket);
      try {
        this.hub.upgrade(request, stream, head, this.transport);
      } catch (error) {
        answerRaw(stream, error);
      }
    });
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  client(options: Parameters<typeof EventClient.overTcp>[1] = {}): EventClient {
    const made = EventClient.overTcp(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`, options);
    this.#clients.push(made);
    return made;
  }

  async subscribed(subscribe: readonly string[]): Promise<EventClient> {
    const made = this.client();
    await made.say({ subscribe });
    await made.until(({ type }) => type === "subscribed");
    return made;
  }

  async close(): Promise<void> {
    for (const each of this.#clients) each.close();
    await this.hub.close();
    this.#server.close();
  }
}
