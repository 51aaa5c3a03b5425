// The hand guard of commands, in their normal form: every field in `params`. Equal to the zod schemas by property tests.
import { COMMANDS, type CommandName } from "../constants.ts";
import { callErrorFault } from "./call-guards.ts";
import {
  type Candidate,
  type Fault,
  isFilledText,
  isNumber,
  isObject,
  isObjectOrAbsent,
  isOneOf,
  isTextList,
  isTextOrAbsent,
  isWholeFrom,
} from "./checks.ts";

/** What each field of an `ack` has to be, where it is there. */
const ACK_FIELDS = {
  ack: "text",
  app_version: "text",
  protocol_version: "text",
  instance_id: "text",
  run_id: "text",
  heartbeat_interval_s: "seconds",
  flush_interval_s: "seconds",
  cpu_budget_percent: "amount",
  memory_mib: "amount",
  granted: "texts",
  enforced: "texts",
  unenforced: "texts",
  accepted: "yes-or-no",
  max_line_bytes: "bytes",
  config: "object",
  privacy: "list",
} as const;

export function isCommandName(name: unknown): name is CommandName {
  return isOneOf(name, COMMANDS);
}

/** Where a command's `params` break its schema: the field's name, or null. */
export function paramsFault(cmd: CommandName, params: object): Fault {
  switch (cmd) {
    case "stop":
    case "start":
    case "status":
    case "shutdown":
      return null;
    case "ack":
      return ackParamsFault(params);
    case "reject":
      return typeof (params as Candidate<"reason">).reason === "string" ? null : "reason";
    case "flush":
      return isTextOrAbsent((params as Candidate<"reason">).reason) ? null : "reason";
    case "sequence":
      return isStepList((params as Candidate<"sequence">).sequence) ? null : "sequence";
    case "committed":
      return committedFault(params);
    case "throttle": {
      const { factor, reason }: Candidate<"factor" | "reason"> = params;
      if (!isNumber(factor) || factor < 1) return "factor";
      return isTextOrAbsent(reason) ? null : "reason";
    }
    case "lifecycle": {
      const { phase, config }: Candidate<"phase" | "config"> = params;
      if (!isOneOf(phase, ["initialize", "activate", "suspend", "unload"])) return "phase";
      return isObjectOrAbsent(config) ? null : "config";
    }
    case "segment": {
      const { phase, id }: Candidate<"phase" | "id"> = params;
      if (!isOneOf(phase, ["opened", "closed"])) return "phase";
      return typeof id === "string" ? null : "id";
    }
    case "widget_render": {
      const { mode, state_token: token }: Candidate<"mode" | "state_token"> = params;
      if (!isOneOf(mode, ["html_fragment_v1", "tree_v1"])) return "mode";
      return isTextOrAbsent(token) ? null : "state_token";
    }
    case "widget_action":
      return isFilledText((params as Candidate<"action">).action) ? null : "action";
    case "invoke":
      return invokeFault(params);
    case "event": {
      const { topic, from }: Candidate<"topic" | "from"> = params;
      if (typeof topic !== "string") return "topic";
      return isTextOrAbsent(from) ? null : "from";
    }
    case "response": {
      const { ok, error }: Candidate<"ok" | "error"> = params;
      return typeof ok === "boolean" ? callErrorFault(ok, error) : "ok";
    }
  }
}

function ackParamsFault(params: Candidate<string>): Fault {
  // One loop, and only over what is there: every start of an agent compiles and runs this.
  for (const key in params) {
    const value = params[key];
    if (value !== undefined && Object.hasOwn(ACK_FIELDS, key) && !isAckValue(key as keyof typeof ACK_FIELDS, value))
      return key;
  }
  return null;
}

function isAckValue(key: keyof typeof ACK_FIELDS, value: unknown): boolean {
  switch (ACK_FIELDS[key]) {
    case "text":
      return typeof value === "string";
    case "seconds":
      return isNumber(value) && value > 0;
    case "amount":
      return isNumber(value) && value >= 0;
    case "texts":
      return isTextList(value);
    case "yes-or-no":
      return typeof value === "boolean";
    case "bytes":
      return isWholeFrom(value, 1);
    case "object":
      return isObject(value);
    case "list":
      return Array.isArray(value);
  }
}

function isStepList(value: unknown): boolean {
  return isTextList(value) && value.length >= 1 && value.length <= 64 && value.every((step) => step !== "");
}

function committedFault(params: Candidate<"stream" | "through" | "refused">): Fault {
  if (typeof params.stream !== "string") return "stream";
  if (!isWholeFrom(params.through, 0)) return "through";
  if (params.refused === undefined) return null;
  return Array.isArray(params.refused) && params.refused.every(isRefusedNumber) ? null : "refused";
}

function isRefusedNumber(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { seq, code }: Candidate<"seq" | "code"> = value;
  return isWholeFrom(seq, 1) && typeof code === "string";
}

function invokeFault(params: Candidate<"interface" | "method" | "context">): Fault {
  if (!isFilledText(params.interface)) return "interface";
  if (!isFilledText(params.method)) return "method";
  return isObjectOrAbsent(params.context) ? null : "context";
}
