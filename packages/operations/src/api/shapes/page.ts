import { z } from "zod";

/** What a widget is asked to do. */
export const WidgetActionBody = z.strictObject({ action: z.string().min(1).max(256), payload: z.unknown().optional() });

export const ArtifactParams = z.object({
  token: z
    .string()
    .min(1)
    .max(512)
    .meta({ examples: ["3q2-7w"] }),
});

export const AnyBody = z.looseObject({}).optional();

/** What will be answered is a matter of what the page brings. */
export const Content = z.unknown();
