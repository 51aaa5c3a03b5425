// What an agent has announced, and so owes.
import type { Recording } from "../recording.ts";
import { features, messages } from "./lines.ts";

/** Whether it has to do with this: it announced it, or it is an agent without a handshake, which announces nothing. */
export function hasToDoWith(recording: Recording, feature: string): boolean {
  return messages(recording, "handshake").length === 0 || features(recording).includes(feature);
}

/** Whether it watches with a monitor, whose evidence is events. */
export function isMonitor(recording: Recording): boolean {
  return messages(recording, "metadata").some(({ message }) => message.data.monitor !== undefined);
}
