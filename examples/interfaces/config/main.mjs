// Says how much of the working day is left. A schema can say what a time looks like, not that the day ends after it began:
// that is what `validate` is for.
import { defineAgent } from "@mimolo/agent-sdk";

const TIME = { type: "string", pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$" };
const minutes = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

await defineAgent({
  id: "example.reminder",
  version: "1.0.0",
  config: {
    schema: {
      type: "object",
      properties: {
        from: { ...TIME, default: "09:00", description: "When the day begins" },
        to: { ...TIME, default: "17:30", description: "When it ends" },
      },
    },
    validate: ({ from = "09:00", to = "17:30" }) =>
      minutes(from) < minutes(to) ? [] : [`the day ends at ${String(to)}, before it began at ${String(from)}`],
  },
  summarize: ({ endMs, context: { config } }) => {
    const now = new Date(endMs);
    const left = minutes(config.to ?? "17:30") - (now.getHours() * 60 + now.getMinutes());
    return { data: { minutes_left: Math.max(0, left) }, activity: "passive" };
  },
}).run();
