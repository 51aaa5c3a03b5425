// Reminds you of a break, once for each stretch of work that is too long.
import { defineAction } from "@mimolo/agent-sdk";

let reminded = "";

await defineAction({
  id: "cookbook.take-a-break",
  version: "1.0.0",
  async execute(_params, { config, data, request }) {
    const { id, duration_s: seconds } = data;
    if (id === reminded || seconds < 60 * (config.after_minutes ?? 60)) return { reminds: false };
    reminded = id;
    const notice = { title: "Time for a break", text: `You have been at it for ${Math.round(seconds / 60)} minutes.` };
    await request("plugin.invoke", {
      plugin: "mimolo.notify",
      interface: "action",
      method: "execute",
      params: notice,
    });
    return { reminds: true };
  },
}).run();
