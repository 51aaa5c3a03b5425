import type { RegisterReport } from "@mimolo/protocol";
import { atOnce, inSlices, type Pausing } from "./plugins/in-slices.ts";
import { type PlacesToLook, pluginsHere } from "./plugins/plugins-here.ts";
import { unmetHere } from "./plugins/unmet-here.ts";
import { type KnownPlugins, registerReport } from "./register.ts";

export interface RegisterOptions extends PlacesToLook, Pick<KnownPlugins, "plans" | "states"> {
  readonly nowMs?: number;
}

/** `mimolo register`: what is configured and built in, with what is installed and what lies in `plugins/dev`, below registry
 *  paths and among npm packages at this moment. Nothing is run, and nothing that is found is trusted by that. */
export function registerHere(options: RegisterOptions): RegisterReport {
  return atOnce(registering(options));
}

/** The same, everything else going on meanwhile, however many folders there are. */
export function registerMeanwhile(options: RegisterOptions): Promise<RegisterReport> {
  return inSlices(registering(options));
}

function* registering({ nowMs = Date.now(), ...places }: RegisterOptions): Pausing<RegisterReport> {
  const { plans, builtins, directory } = places;
  const { idle, problems } = yield* pluginsHere(places, nowMs);
  const unmet = unmetHere({ plans, builtins, idle }, { dataDir: directory.root });
  return registerReport({ ...places, idle, problems: [...unmet, ...problems] });
}
