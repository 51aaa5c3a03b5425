import type { WidgetTree } from "@mimolo/protocol/wire";
import type { PluginContext } from "../context.ts";

/** What a widget is drawn for. */
export interface WidgetAsked {
  /** Pixels the page has for it, where it says so. */
  readonly width: number | null;
  readonly height: number | null;
  readonly theme: "dark" | "light" | null;
  readonly context: PluginContext;
}

/** What a plugin shows of itself on the page. */
export interface WidgetHooks {
  /** Draws it: the elements and texts of `tree_v1`, best made with `h`. Asked when somebody looks and the last picture is too old;
   *  may be async, has 4 s. What it throws is shown in its place. */
  readonly widget?: (asked: WidgetAsked) => WidgetTree | string | PromiseLike<WidgetTree | string>;
  /** Seconds a picture stays fresh, default 15. */
  readonly widgetTtlSeconds?: number;
  /** Does what was asked for in the widget; it is drawn anew afterwards. A text that comes back is told to whoever asked. Has 5 s.
   *  `refresh` needs none: it looks, flushes and draws. */
  readonly onWidgetAction?: (action: string, payload: unknown, context: PluginContext) => unknown;
}
