import { WidgetMode } from "@mimolo/protocol";
import { z } from "zod";

const Pixels = z.int().min(1).max(16_384);

/** What the page draws on. */
export const WidgetCanvas = z.strictObject({
  width: Pixels.optional(),
  height: Pixels.optional(),
  theme: z.enum(["dark", "light"]).optional(),
});

/** How a widget is wanted; an agent may draw it in the other form all the same. */
export const WidgetRenderBody = z
  .strictObject({ mode: WidgetMode.optional(), canvas: WidgetCanvas.optional() })
  .optional();

/** What a widget is asked to do. */
export const WidgetActionBody = z.strictObject({ action: z.string().min(1).max(256), payload: z.unknown().optional() });
