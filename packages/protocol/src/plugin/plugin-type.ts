// What kind of thing a plugin is.
import { z } from "zod";

export const PluginType = z.enum(["agent", "monitor", "action", "trigger", "reporter", "bridge"]);
export type PluginType = z.infer<typeof PluginType>;
