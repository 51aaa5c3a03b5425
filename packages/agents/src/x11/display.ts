// Which screen this is, from the environment; and why there is none to look at.
import { posix } from "node:path";

/** An X server of this machine. */
export interface Display {
  /** The socket it listens on. */
  readonly socket: string;
  /** As in `DISPLAY`, without the screen: `0` of `:0.1`. */
  readonly number: string;
  /** Which of its screens, from 0. */
  readonly screen: number;
}

/** The screen, or one sentence for people about what is missing and what would work. */
export type DisplayFound =
  | { readonly ok: true; readonly display: Display }
  | { readonly ok: false; readonly why: string };

type Environment = Readonly<Record<string, string | undefined>>;

const WORKS = "an X11 session on Linux works";
/** Said of a Wayland session, by whatever it was known. */
export const WAYLAND = `this is a Wayland session, which tells no program about the others; ${WORKS} (often "on Xorg" at the log-in)`;

/** The display that `environment` names. */
export function displayIn(environment: Environment, platform: NodeJS.Platform = process.platform): DisplayFound {
  if (platform === "win32") return missing(`Windows has no X11; ${WORKS}`);
  if (platform === "darwin") return missing(`macOS has no X11 of its own; ${WORKS}`);
  if (isSet(environment["WAYLAND_DISPLAY"])) return missing(WAYLAND);
  const name = environment["DISPLAY"];
  if (name === undefined || name === "")
    return missing(
      'DISPLAY is not set: no screen here, or the collector was started outside the desktop session; env = { DISPLAY = ":0" } in its section of mimolo.toml names one',
    );
  const [, host = "", number, screen = "0"] = /^(?:unix|([^:]*)):(\d+)(?:\.(\d+))?$/.exec(name) ?? [];
  if (number === undefined) return missing(`DISPLAY ${JSON.stringify(name)} names no screen; one is like ":0"`);
  if (host !== "" && !host.endsWith("/unix"))
    return missing(
      `DISPLAY ${JSON.stringify(name)} is reached over the network; only a screen of this machine is looked at`,
    );
  return { ok: true, display: { socket: `/tmp/.X11-unix/X${number}`, number, screen: Number(screen) } };
}

/** The file with the passwords of X servers. */
export function authorityFile(environment: Environment): string | null {
  const named = environment["XAUTHORITY"];
  if (isSet(named)) return named;
  const home = environment["HOME"];
  return isSet(home) ? posix.join(home, ".Xauthority") : null;
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}

function missing(why: string): DisplayFound {
  return { ok: false, why };
}
