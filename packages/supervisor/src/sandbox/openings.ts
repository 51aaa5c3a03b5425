// What every capability opens of the machine: sockets and devices, files to read, and names of the environment to find them by.
import { posix } from "node:path";
import type { Confinement } from "./confinement.ts";

/** Nothing of it needs to exist. */
export interface Openings {
  readonly read: readonly string[];
  /** Sockets: a bind is all they need. */
  readonly sockets: readonly string[];
  readonly devices: readonly string[];
  /** Names of the collector's environment that say where these are. */
  readonly names: readonly string[];
}

/** Where names are resolved and whom a TLS client believes; never the folders of private keys beside. */
const RESOLVER_AND_CA = `/etc/resolv.conf /etc/hosts /etc/host.conf /etc/nsswitch.conf /etc/gai.conf /etc/services /etc/protocols
  /etc/ssl/certs /etc/ssl/cert.pem /etc/ssl/openssl.cnf /usr/lib/ssl /usr/local/ssl /usr/share/ca-certificates
  /usr/local/share/ca-certificates /etc/ca-certificates /etc/crypto-policies /etc/pki/ca-trust /etc/pki/tls/certs
  /etc/pki/tls/cert.pem /etc/pki/tls/openssl.cnf`;
const PROGRAMS = "/usr /bin /sbin /lib /lib32 /lib64 /libx32 /etc/alternatives /nix/store /gnu/store";
const SOUND = "/etc/asound.conf /etc/alsa /etc/pulse /usr/share/alsa /usr/share/pipewire";

/** What `capabilities` open together; `env` and `home` are the collector's. */
export function openingsOf(
  capabilities: ReadonlySet<string>,
  { env, home }: { readonly env: Readonly<Record<string, string | undefined>>; readonly home: string },
): Openings {
  const read: string[] = [];
  const sockets: string[] = [];
  const devices: string[] = [];
  const names: string[] = [];
  const session = env["XDG_RUNTIME_DIR"];
  const ofSession = (...found: string[]) => {
    if (session?.startsWith("/") === true) sockets.push(...found.map((name) => posix.join(session, name)));
  };
  if (capabilities.has("network")) read.push(...words(RESOLVER_AND_CA));
  if (capabilities.has("subprocess")) read.push(...words(PROGRAMS));
  if (capabilities.has("display") || capabilities.has("input-activity")) {
    sockets.push("/tmp/.X11-unix");
    ofSession(env["WAYLAND_DISPLAY"] ?? "wayland-0");
    read.push(env["XAUTHORITY"] ?? posix.join(home, ".Xauthority"));
    names.push("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR");
  }
  if (capabilities.has("audio")) {
    ofSession("pulse", "pipewire-0");
    read.push(...words(SOUND));
    names.push("PULSE_SERVER", "PIPEWIRE_REMOTE", "XDG_RUNTIME_DIR");
  }
  if (capabilities.has("audio") || capabilities.has("midi")) devices.push("/dev/snd");
  if (capabilities.has("system-control"))
    sockets.push("/run/dbus/system_bus_socket", "/var/run/dbus/system_bus_socket");
  return { read, sockets, devices, names };
}

/** The variables among `env` that say where what `capabilities` open is to be found. */
export function openedNames(
  capabilities: ReadonlySet<string>,
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of openingsOf(capabilities, { env, home: "/" }).names) {
    const value = env[name];
    if (value !== undefined) found[name] = value;
  }
  return found;
}

/** True when something that was granted is spoken to by a Unix socket of the host. With the network alone there would be none
 *  to see but those without a place in the file system, and behind one of these may be the display. */
export function needsUnixSockets(capabilities: ReadonlySet<string>, files: Confinement["files"]): boolean {
  if (capabilities.has("network") && files !== "none") return true;
  return ["display", "input-activity", "audio", "system-control"].some((name) => capabilities.has(name));
}

const words = (text: string) => text.split(/\s+/);
