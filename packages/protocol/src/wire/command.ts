// Commands on the wire. Inside, every field stands in `params`; the wire repeats some at top level, and `params` as `args`
// for agents of 0.3, so both directions go through here.
import type { WireCommand } from "../command/command.ts";
import type { CommandName } from "./constants.ts";
import { isObject } from "./guard/checks.ts";
import { isCommandName, paramsFault } from "./guard/command-guard.ts";
import { encodeLine } from "./encode-line.ts";
import { type ObjectRefusalCode, parseObject } from "./parse-object.ts";

/** Why a command was not understood; `unknown-command` is to be ignored, it may come from a newer collector. */
export type CommandRefusalCode = ObjectRefusalCode | "missing-cmd" | "unknown-command" | "invalid-field";

export type DecodedCommand =
  | { readonly ok: true; readonly command: WireCommand }
  | {
      readonly ok: false;
      readonly code: CommandRefusalCode;
      readonly message: string;
      readonly cmd?: string;
      readonly id?: string;
      readonly field?: string;
    };

/** Reads a command line. A field is looked for in `params`, then `args`, then at top level; `params` is always there after. */
export function decodeCommand(line: Uint8Array | string): DecodedCommand {
  const parsed = parseObject(line);
  if (!parsed.ok) return parsed;
  const { cmd, id, params, args, ...rest } = parsed.object;
  if (typeof cmd !== "string" || cmd === "") {
    return { ok: false, code: "missing-cmd", field: "cmd", message: "the object has no cmd, or one that is no text" };
  }
  const who = typeof id === "string" ? { cmd, id } : { cmd };
  if (!isCommandName(cmd)) return { ok: false, code: "unknown-command", message: `no command is named ${cmd}`, ...who };
  if (id !== undefined && typeof id !== "string") return refused(cmd, "id", who);
  // A segment's own id is the one param that a flat command would hide behind the envelope's.
  const flat = cmd === "segment" && id !== undefined ? { ...rest, id } : rest;
  const fields = { ...flat, ...fieldsOf(cmd, args), ...fieldsOf(cmd, params) };
  const field = paramsFault(cmd, fields);
  if (field !== null) return refused(cmd, field, who);
  return { ok: true, command: { ...who, params: fields } as unknown as WireCommand };
}

/** A command as it is sent: `sequence`, `reason` of a `reject` and an ack's first three fields also at top level; `params`
 *  repeated as `args` for an agent that speaks 0.3 or sent no handshake. */
export function encodeCommand(command: WireCommand, options: { readonly repeatAsArgs?: boolean } = {}): string {
  const { cmd, id, params } = command;
  const isEmpty = Object.keys(params).length === 0;
  return encodeLine({
    cmd,
    ...(id === undefined ? {} : { id }),
    ...topLevelOf(command),
    ...(isEmpty ? {} : { params }),
    ...(isEmpty || options.repeatAsArgs !== true ? {} : { args: params }),
  });
}

function fieldsOf(cmd: CommandName, value: unknown): object {
  // The oldest collectors put the steps themselves into `args`.
  if (cmd === "sequence" && Array.isArray(value)) return { sequence: value };
  return isObject(value) ? value : {};
}

function topLevelOf({ cmd, params }: WireCommand): object {
  if (cmd === "sequence") return { sequence: params.sequence };
  if (cmd === "reject") return { reason: params.reason };
  if (cmd !== "ack") return {};
  const { ack, accepted, app_version, protocol_version } = params;
  return { ack, accepted, app_version, protocol_version };
}

function refused(cmd: string, field: string, who: { cmd: string; id?: string }): DecodedCommand {
  return {
    ok: false,
    code: "invalid-field",
    field,
    message: `${cmd}: ${field} is missing or not what JLP allows`,
    ...who,
  };
}
