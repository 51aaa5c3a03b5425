// A screen that can be asked things, or the reason why there is none.
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { type Clock, systemClock } from "@mimolo/agent-sdk";
import { cookieIn } from "./authority.ts";
import { authorityFile, displayIn, WAYLAND } from "./display.ts";
import { internAtom, queryExtension } from "./requests.ts";
import type { PixelLayout } from "./setup.ts";
import { XClient } from "./x-client.ts";

/** One screen of a running X server. */
export interface Screen {
  readonly client: XClient;
  readonly root: number;
  readonly pixels: PixelLayout;
  /** The number of a name. */
  atom(name: string): Promise<number>;
  /** The number of an extension; `null` where the server has none of that name. */
  extension(name: string): Promise<number | null>;
}

/** The screen, or a sentence for people. */
export type ScreenFound = { readonly ok: true; readonly screen: Screen } | { readonly ok: false; readonly why: string };

/** Opens the screen that `environment` names; never rejects. */
export async function openScreen(
  environment: Readonly<Record<string, string | undefined>>,
  { clock = systemClock, platform = process.platform }: { clock?: Clock; platform?: NodeJS.Platform } = {},
): Promise<ScreenFound> {
  const found = displayIn(environment, platform);
  if (!found.ok) return found;
  const { socket, number, screen: index } = found.display;
  try {
    const client = await XClient.open(socket, cookieOf(environment, number), clock);
    const [root, pixels] = [client.setup.roots[index], client.setup.pixels[index]];
    const screen = root === undefined || pixels === undefined ? null : screenOf(client, root, pixels);
    if (screen !== null && (await screen.extension("XWAYLAND")) === null) return { ok: true, screen };
    client.close();
    return { ok: false, why: screen === null ? `the X server has no screen ${index}` : WAYLAND };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, why: `the screen :${number} cannot be looked at: ${why}` };
  }
}

function screenOf(client: XClient, root: number, pixels: PixelLayout): Screen {
  const atoms = new Map<string, number>();
  return {
    client,
    root,
    pixels,
    async atom(name) {
      const known = atoms.get(name);
      if (known !== undefined) return known;
      const atom = (await client.ask(internAtom(name)))?.readUInt32LE(8) ?? 0;
      atoms.set(name, atom);
      return atom;
    },
    async extension(name) {
      const reply = await client.ask(queryExtension(name));
      return reply?.readUInt8(8) === 1 ? reply.readUInt8(9) : null;
    },
  };
}

function cookieOf(environment: Readonly<Record<string, string | undefined>>, number: string): Uint8Array | null {
  const file = authorityFile(environment);
  if (file === null) return null;
  try {
    return cookieIn(readFileSync(file), { number, host: hostname() });
  } catch {
    // Missing or not readable: the server says whether it minds.
    return null;
  }
}
