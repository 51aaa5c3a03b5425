// Says something in a chat whose API wants a token.
import { CallError, defineAction, fillTemplate } from "@mimolo/agent-sdk";

await defineAction({
  id: "cookbook.chat",
  version: "1.0.0",
  params: {
    type: "object",
    properties: { channel: { type: "string" }, text: { type: "string" } },
    required: ["text"],
    additionalProperties: false,
  },
  async execute({ channel = "#general", text }, context) {
    const { api, token } = context.config;
    const answer = await fetch(api, {
      method: "POST",
      headers: { authorization: `Bearer ${String(token)}`, "content-type": "application/json" },
      body: JSON.stringify({ channel, text: fillTemplate(text, context) }),
      signal: context.signal,
    });
    if (!answer.ok) throw new CallError("chat-refused", `the chat answered ${answer.status}`);
    return { said: true };
  },
}).run();
