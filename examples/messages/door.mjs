// A door. Whoever knocks is let in: it tells everybody who wants to know, and asks whoever counts how often that was.
import { defineAgent } from "@mimolo/agent-sdk";

await defineAgent({
  id: "example.door",
  version: "1.0.0",
  onMessage: {
    types: ["knock"],
    handle: async ({ content }, { publish, send }) => {
      await publish("door:opened", { for: content.name });
      const counted = await send(null, { what: "door:opened" }, "how-often");
      return { welcome: content.name, visits: counted.data.times, counted_by: counted.to };
    },
  },
  summarize: () => ({ data: {}, activity: "passive" }),
}).run();
