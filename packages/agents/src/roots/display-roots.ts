// What an agent reads that looks at the screen.
import { existsSync } from "node:fs";
import type { RootsFor } from "@mimolo/protocol";
import { authorityFile } from "../x11/display.ts";

/** The password of the X server; its socket is shown to whoever may see the display. */
export const displayRoots: RootsFor = (_settings, { environment }) => {
  const file = authorityFile(environment);
  return file !== null && existsSync(file) ? [file] : [];
};
