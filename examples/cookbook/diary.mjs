// Remembers every stretch of work, and answers "what did I do today?" to people and plugins.
import { defineAction } from "@mimolo/agent-sdk";

const dayOf = (time) => new Date(time).toLocaleDateString("sv");
const clockOf = (time) => new Date(time).toTimeString().slice(0, 5);

async function toldOf(day, request) {
  const { value } = await request("data.get", { key: day });
  if (value === null) return `Nothing on ${day}.`;
  const lines = value.map(({ start, end, labels }) => `${clockOf(start)}–${clockOf(end)}  ${labels.join(", ")}`);
  return [`On ${day}:`, ...lines].join("\n");
}

await defineAction({
  id: "cookbook.diary",
  version: "1.0.0",
  async execute(_params, { data, request }) {
    const { start, end, labels } = data;
    const key = dayOf(start);
    const { value } = await request("data.get", { key });
    await request("data.put", { key, value: [...(value ?? []), { start, end, labels }] });
    return { day: key };
  },
  onMessage: {
    types: ["question"],
    confidence: ({ content }) => (/what did I do/i.test(content) ? 0.9 : 0),
    handle: (_question, { request }) => toldOf(dayOf(Date.now()), request),
  },
  onCommand: {
    today: { description: "What you did today", run: (_args, { request }) => toldOf(dayOf(Date.now()), request) },
    on: { description: "What you did that day", args: ["DATE"], run: ([day], { request }) => toldOf(day, request) },
  },
}).run();
