import type { RegisterReport } from "@mimolo/protocol";
import { type PlacesToLook, pluginsHere } from "./plugins/plugins-here.ts";
import { type KnownPlugins, registerReport } from "./register.ts";

export interface RegisterOptions extends PlacesToLook, Pick<KnownPlugins, "plans" | "states"> {
  readonly nowMs?: number;
}

/** `mimolo register`: what is configured and built in, with what is installed and what lies in `plugins/dev`, below registry
 *  paths and among npm packages at this moment. Nothing is run, and nothing that is found is trusted by that. */
export function registerHere({ nowMs = Date.now(), ...places }: RegisterOptions): RegisterReport {
  return registerReport({ ...places, ...pluginsHere(places, nowMs) });
}
