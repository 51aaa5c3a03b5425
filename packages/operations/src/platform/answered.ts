import type { InvokeReport } from "@mimolo/protocol";
import type { CallAnswer, CallFailure, PluginCall } from "../calls/plugin-call.ts";
import { CollectorError, type CollectorErrorCode } from "../error.ts";

type Failed = Extract<CallAnswer, { ok: false }>;

/** The report of a call that was answered; throws `CollectorError` for one that was not. */
export function answered({ interface: name, method }: PluginCall, answer: CallAnswer): InvokeReport {
  if (!answer.ok) throw failureOf(answer);
  const { data, label, pluginId: plugin_id, tookMs: took_ms } = answer;
  return { plugin_id, label, interface: name, method, ok: true, data: data ?? null, took_ms };
}

/** A call that came to nothing, as what the collector throws. */
export function failureOf({ code, message, hint = "`mimolo logs` has more", reason }: Failed): CollectorError {
  const why = reason ?? code;
  return new CollectorError(codes[code], message, hint, { reason: why });
}

const codes: Readonly<Record<CallFailure, CollectorErrorCode>> = {
  failed: "plugin-failed",
  ended: "plugin-failed",
  "timed-out": "timed-out",
  "unknown-plugin": "not-installed",
  "not-running": "not-running",
  "not-offered": "not-offered",
  "refused-by-trust": "refused-by-trust",
  "invalid-params": "invalid-params",
  "too-large": "too-large",
  "rate-limited": "too-many-requests",
  busy: "too-many-requests",
  loop: "loop",
  "shutting-down": "shutting-down",
};
