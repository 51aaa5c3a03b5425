// Guards of answers, wishes and pictures.
import {
  type Candidate,
  type Fault,
  isFilledText,
  isNumber,
  isObject,
  isObjectOrAbsent,
  isTextOrAbsent,
} from "./checks.ts";

type FrameKeys = "mode" | "html" | "tree" | "request_id" | "ttl_ms" | "state_token";

export function widgetFrameFault(message: Candidate<"data">): Fault {
  if (!isObject(message.data)) return "data";
  const frame: Candidate<FrameKeys> = message.data;
  if (frame.mode === "html_fragment_v1") {
    if (typeof frame.html !== "string") return "data.html";
  } else if (frame.mode === "tree_v1") {
    if (typeof frame.tree !== "object" || frame.tree === null) return "data.tree";
  } else {
    return "data.mode";
  }
  if (!isTextOrAbsent(frame.request_id)) return "data.request_id";
  if (!isNumber(frame.ttl_ms) || frame.ttl_ms < 0) return "data.ttl_ms";
  return isTextOrAbsent(frame.state_token) ? null : "data.state_token";
}

export function resultFault(message: Candidate<"id" | "ok" | "error">): Fault {
  if (!isFilledText(message.id)) return "id";
  if (typeof message.ok !== "boolean") return "ok";
  return callErrorFault(message.ok, message.error);
}

/** Shared with the command `response`: what failed must say why. */
export function callErrorFault(ok: boolean, value: unknown): Fault {
  if (value === undefined) return ok ? null : "error";
  if (!isObject(value)) return "error";
  const error: Candidate<"code" | "message"> = value;
  if (typeof error.code !== "string") return "error.code";
  return typeof error.message === "string" ? null : "error.message";
}

export function requestFault(message: Candidate<"id" | "method" | "params">): Fault {
  if (!isFilledText(message.id)) return "id";
  if (!isFilledText(message.method)) return "method";
  return isObjectOrAbsent(message.params) ? null : "params";
}
