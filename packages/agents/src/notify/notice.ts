// What `execute` is given, and the notice it comes to.
import { fillTemplate } from "@mimolo/agent-sdk";
import type { Way } from "./settings.ts";

export const NOTIFY_PARAMS = {
  type: "object",
  additionalProperties: false,
  required: ["text"],
  properties: {
    text: { description: "What to say; {{…}} is filled.", type: "string", minLength: 1, maxLength: 4_096 },
    title: { description: 'Above it; {{…}} is filled; default "MiMoLo".', type: "string", maxLength: 256 },
    urgency: { description: 'Default "normal".', enum: ["low", "normal", "critical"] },
    way: { description: "Default: that of the settings.", enum: ["desktop", "webhook"] },
  },
} as const;

export interface NotifyParams {
  readonly text: string;
  readonly title?: string;
  readonly urgency?: "low" | "normal" | "critical";
  readonly way?: Way;
}

/** What is shown. */
export interface Notice {
  readonly title: string;
  readonly text: string;
  readonly urgency: "low" | "normal" | "critical";
}

const LONGEST_TEXT = 2_000;
const LONGEST_TITLE = 200;

/** The notice that params come to; `moment` fills the templates, `missing` hears of what is not in it. */
export function noticeOf(params: NotifyParams, moment: object, missing: (path: string) => void): Notice {
  const filled = (template: string) => fillTemplate(template, moment, { missing });
  return {
    title: shownAs(filled(params.title ?? "MiMoLo"), LONGEST_TITLE).replace(/\s+/g, " "),
    text: shownAs(filled(params.text), LONGEST_TEXT),
    urgency: params.urgency ?? "normal",
  };
}

/** Without what is no text: no program takes a NUL, and a direction turned around makes people read another word. */
function shownAs(text: string, most: number): string {
  const plain = text.replace(/[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]/gu, "").trim();
  // Not between the halves of one character.
  return plain.length > most ? `${plain.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "")}…` : plain;
}
