// A widget on its way to the page: drawn when it is asked for, and always answered.
import type { WidgetElement, WidgetTree } from "@mimolo/protocol/wire";
import { asError } from "../as-error.ts";
import type { Clock } from "../clock.ts";
import type { PluginContext } from "../context.ts";
import type { Voice } from "../voice.ts";
import { within } from "../within.ts";
import { h } from "./h.ts";
import type { WidgetAsked, WidgetHooks } from "./widget-hooks.ts";

const DEFAULT_TTL_SECONDS = 15;
/** Whoever asks waits for 5 s. */
const DRAW_LIMIT_MS = 4_000;
const ACTION_LIMIT_MS = 5_000;

/** The feature of a plugin that draws. */
export function widgetFeature({ widget }: WidgetHooks): ["widget_frame"] | [] {
  return widget === undefined ? [] : ["widget_frame"];
}

export class Drawing {
  readonly #hooks: WidgetHooks;
  readonly #clock: Clock;
  readonly #voice: Voice;
  readonly #context: PluginContext;

  constructor(options: { hooks: WidgetHooks; clock: Clock; voice: Voice; context: PluginContext }) {
    this.#hooks = options.hooks;
    this.#clock = options.clock;
    this.#voice = options.voice;
    this.#context = options.context;
  }

  /** Draws it and sends that as the answer to `requestId`; a failure is drawn in its place, and told. */
  async draw(canvas: unknown, requestId: string | undefined): Promise<void> {
    const { widget, widgetTtlSeconds = DEFAULT_TTL_SECONDS } = this.#hooks;
    if (widget === undefined) return;
    let tree: WidgetTree;
    try {
      const drawn = await within(this.#clock, DRAW_LIMIT_MS, "the widget", () => widget(this.#askedFor(canvas)));
      tree = typeof drawn === "string" ? h("p", "mml-text", drawn) : drawn;
      if (typeof tree !== "object" || tree === null) throw new Error("the widget is no element and no list of nodes");
    } catch (error) {
      tree = this.#failed(asError(error));
    }
    const about = { mode: "tree_v1", ttl_ms: widgetTtlSeconds * 1000 };
    const answers = requestId === undefined ? {} : { request_id: requestId };
    const frame = (picture: WidgetTree) => ({
      type: "widget_frame",
      data: { ...answers, ...about, tree: picture },
    });
    const sent = this.#voice.say(frame(tree));
    if (sent.ok) return;
    this.#voice.say(frame(this.#failed(new Error(`the widget has ${sent.lengthBytes} bytes, which fit no line`))));
  }

  /** Does what was asked for in it; the text that comes back goes into the ack. */
  async act(action: string, payload: unknown): Promise<string | undefined> {
    const { onWidgetAction } = this.#hooks;
    if (onWidgetAction === undefined) return `there is no action "${action}" here`;
    try {
      const said = await within(this.#clock, ACTION_LIMIT_MS, `the action ${action}`, () =>
        onWidgetAction(action, payload, this.#context),
      );
      return typeof said === "string" ? said : undefined;
    } catch (error) {
      const { message, stack } = asError(error);
      this.#voice.error("widget-action-failed", message, { context: { action, stack } });
      return message;
    }
  }

  #askedFor(canvas: unknown): WidgetAsked {
    const { width, height, theme } = Object(canvas) as Readonly<Record<string, unknown>>;
    return {
      width: typeof width === "number" ? width : null,
      height: typeof height === "number" ? height : null,
      theme: theme === "dark" || theme === "light" ? theme : null,
      context: this.#context,
    };
  }

  #failed({ message, stack }: Error): WidgetElement {
    this.#voice.error("widget-failed", message, { context: { stack } });
    return h("p", "mml-bad", `This widget could not be drawn: ${message.slice(0, 500)}`);
  }
}
