// The rendering plane: what an agent would like to show. Never evidence, never trusted.
import { z } from "zod";
import { envelope } from "./envelope.ts";

const frame = {
  /** The `id` of the `widget_render` it answers. */
  request_id: z.string().optional(),
  /** How long the frame stays fresh, milliseconds. */
  ttl_ms: z.number().nonnegative(),
  state_token: z.string().optional(),
};

/** How a frame is written: an HTML fragment that is rebuilt from an allowlist, or a JSON tree of the same nodes. */
export const WidgetMode = z.enum(["html_fragment_v1", "tree_v1"]);
export type WidgetMode = z.infer<typeof WidgetMode>;

/** One picture of an agent's widget; the newest wins. */
export const WidgetFrame = z.object({
  type: z.literal("widget_frame"),
  ...envelope,
  data: z.discriminatedUnion("mode", [
    z.looseObject({ mode: z.literal("html_fragment_v1"), html: z.string(), ...frame }),
    z.looseObject({
      mode: z.literal("tree_v1"),
      tree: z.union([z.looseObject({}), z.array(z.unknown())]),
      ...frame,
    }),
  ]),
});
export type WidgetFrame = z.infer<typeof WidgetFrame>;
