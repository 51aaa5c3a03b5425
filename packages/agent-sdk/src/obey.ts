// What each command makes an agent do, and how it answers.
import type { WireCommand } from "@mimolo/protocol/wire";

type Named<Name extends WireCommand["cmd"]> = Extract<WireCommand, { cmd: Name }>["params"];

/** What a command can set going. A text that comes back goes into the ack. */
export interface Actions {
  accept(terms: Named<"ack">): Promise<void>;
  reject(reason: string): Promise<void>;
  flush(): Promise<string | undefined>;
  start(): Promise<void>;
  stop(): Promise<void>;
  tellStatus(): void;
  /** `acknowledge` sends the ack, after the last summary and before the end. */
  shutdown(acknowledge: () => void): Promise<void>;
  throttle(terms: Named<"throttle">): Promise<void>;
  /** False: the step was not taken. */
  lifecycle(terms: Named<"lifecycle">): Promise<boolean>;
  committed(news: Named<"committed">): void;
  segment(terms: Named<"segment">): void;
  /** Draws the widget as the answer to `id`. */
  draw(canvas: unknown, id?: string): Promise<void>;
  /** Looks once and flushes, as a flush would come of itself. */
  refresh(): Promise<string | undefined>;
  act(terms: Named<"widget_action">): Promise<string | undefined>;
  acknowledge(command: string, id?: string, message?: string): void;
}

const STEPS = ["stop", "start", "flush", "status", "shutdown"] as const;
type Step = (typeof STEPS)[number];

/** Carries out one command; settles after its last answer was handed over. */
export async function obey(command: WireCommand, actions: Actions): Promise<void> {
  const { id } = command;
  switch (command.cmd) {
    case "ack":
      return actions.accept(command.params);
    case "reject":
      return actions.reject(command.params.reason);
    case "status":
      return actions.tellStatus();
    case "stop":
    case "start":
    case "flush":
    case "shutdown":
      return step(command.cmd, id, actions);
    case "sequence":
      return sequence(command.params.sequence, id, actions);
    case "throttle":
      return actions.throttle(command.params);
    case "lifecycle":
      if (await actions.lifecycle(command.params)) actions.acknowledge("lifecycle", id, command.params.phase);
      return;
    case "committed":
      return actions.committed(command.params);
    case "segment":
      return actions.segment(command.params);
    case "widget_render":
      return actions.draw(command.params.canvas, id);
    case "widget_action":
      return widgetAction(command.params, id, actions);
    // What comes between: `agent-run.ts` deals with it at once.
    case "invoke":
    case "event":
    case "response":
      return;
  }
}

async function sequence(names: readonly string[], id: string | undefined, actions: Actions): Promise<void> {
  for (const name of names) {
    const known = STEPS.find((candidate) => candidate === name);
    if (known === undefined) actions.acknowledge(name, id, "not a step of a sequence: left out");
    else await step(known, id, actions);
    if (known === "status") actions.acknowledge(known, id);
    if (known === "shutdown") return;
  }
}

/** Evidence first, then the picture that shows it, then the word that it is done. */
async function widgetAction(terms: Named<"widget_action">, id: string | undefined, actions: Actions): Promise<void> {
  const message = terms.action === "refresh" ? await actions.refresh() : await actions.act(terms);
  await actions.draw(undefined, id);
  actions.acknowledge("widget_action", id, message);
}

async function step(name: Step, id: string | undefined, actions: Actions): Promise<void> {
  switch (name) {
    case "flush":
      return actions.acknowledge(name, id, await actions.flush());
    case "status":
      return actions.tellStatus();
    case "shutdown":
      return actions.shutdown(() => actions.acknowledge(name, id));
    case "stop":
      await actions.stop();
      return actions.acknowledge(name, id);
    case "start":
      await actions.start();
      return actions.acknowledge(name, id);
  }
}
