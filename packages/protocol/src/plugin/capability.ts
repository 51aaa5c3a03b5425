// What a plugin may touch, how risky that is, and how it is shown to people.
import { z } from "zod";

export const Risk = z.enum(["low", "medium", "high"]);
export type Risk = z.infer<typeof Risk>;

export const Capability = z.enum([
  "network",
  "audio",
  "midi",
  "system-control",
  "input-activity",
  "filesystem",
  "subprocess",
  "display",
]);
export type Capability = z.infer<typeof Capability>;

/** How a capability is shown. */
export interface CapabilityFacts {
  readonly risk: Risk;
  readonly colour: "green" | "yellow" | "red";
  readonly name: string;
  readonly icon: string;
  /** One sentence for the approval dialog. */
  readonly description: string;
}

/** Low risk is granted by itself unless the config says otherwise; the rest waits for approval. */
export const CAPABILITIES: Readonly<Record<Capability, CapabilityFacts>> = {
  network: facts("low", "Network", "🌐", "Talks to other machines."),
  audio: facts("low", "Audio", "🔊", "Uses microphones and speakers."),
  midi: facts("low", "MIDI", "🎹", "Uses MIDI instruments and controllers."),
  "system-control": facts("medium", "System control", "⚙️", "Changes settings of this computer."),
  "input-activity": facts("medium", "When you type or move", "⌨️", "Sees when, never what, you type or click."),
  filesystem: facts("high", "Files", "📁", "Reads or writes files outside its own folder."),
  subprocess: facts("high", "Other programs", "🧰", "Starts other programs."),
  display: facts("high", "What is on screen", "🖥️", "Sees window titles or pictures of the screen."),
};

function facts(risk: Risk, name: string, icon: string, description: string): CapabilityFacts {
  const colour = risk === "low" ? "green" : risk === "medium" ? "yellow" : "red";
  return { risk, colour, name, icon, description };
}
