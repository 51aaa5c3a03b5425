// Which line length holds for which message.
import { DEFAULT_MAX_LINE_BYTES, WIDGET_FRAME_MAX_LINE_BYTES } from "./constants.ts";

/** The longest line in bytes a framer has to let through, since it cannot know the type yet. */
export function framerMaxLineBytes(maxLineBytes: number = DEFAULT_MAX_LINE_BYTES): number {
  return Math.max(maxLineBytes, WIDGET_FRAME_MAX_LINE_BYTES);
}

/** The longest line in bytes of one message type. */
export function maxLineBytesOf(type: string, maxLineBytes: number = DEFAULT_MAX_LINE_BYTES): number {
  return type === "widget_frame" ? framerMaxLineBytes(maxLineBytes) : maxLineBytes;
}
