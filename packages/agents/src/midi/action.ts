// midi as an action. It is here to be asked and to say no: whoever writes a rule for it hears why at once.
import { CallError, defineAction, type Runnable } from "@mimolo/agent-sdk";
import { AGENTS_VERSION } from "../version.ts";

/** Why nothing is played, and what would. */
export const NO_MIDI =
  "MiMoLo reaches no MIDI devices: that takes compiled code, and it ships none. A plugin of your own may start a program that does, such as amidi or sendmidi";

const PARAMS = {
  type: "object",
  properties: {
    /** Name of a device. */
    port: { type: "string" },
    /** The bytes of a message, such as `[144, 60, 100]` for a note. */
    message: { type: "array", items: { type: "integer", minimum: 0, maximum: 255 }, minItems: 1 },
  },
  required: ["message"],
  additionalProperties: false,
} as const;

/** The action; every call is answered `not-available`. */
export function midiAction(): Runnable {
  return defineAction({
    id: "mimolo.midi",
    version: AGENTS_VERSION,
    params: PARAMS,
    onInitialize: ({ status }) => status("degraded", NO_MIDI),
    execute() {
      throw new CallError("not-available", NO_MIDI);
    },
  });
}
