// A package on its way in: read here, sent, installed or refused. Pure; the file and the request stay outside.
import type { Answer } from "@mimolo/protocol/control-api";
import type { Refusal } from "../grants/grant-dialog.ts";
import type { PackageFacts } from "./package-facts.ts";

export type InstallReport = Answer<"/plugins/{id}/install", "post">;

export type UploadState =
  | { readonly name: "empty"; readonly why: string | null }
  | { readonly name: "reading"; readonly fileName: string }
  /** It was read and waits for a word. `refusal`: why the last try came to nothing. */
  | {
      readonly name: "ready";
      readonly fileName: string;
      readonly facts: PackageFacts;
      readonly acceptDowngrade: boolean;
      readonly refusal: Refusal | null;
    }
  | {
      readonly name: "sending";
      readonly fileName: string;
      readonly facts: PackageFacts;
      readonly acceptDowngrade: boolean;
      /** How much has gone out, from 0 to 1. */
      readonly share: number;
    }
  | { readonly name: "installed"; readonly facts: PackageFacts; readonly report: InstallReport };

export type UploadEvent =
  | { readonly type: "chosen"; readonly fileName: string }
  | { readonly type: "read"; readonly facts: PackageFacts }
  | { readonly type: "unreadable"; readonly why: string }
  | { readonly type: "sent"; readonly acceptDowngrade: boolean }
  | { readonly type: "progressed"; readonly share: number }
  | { readonly type: "answered"; readonly report: InstallReport }
  | { readonly type: "refused"; readonly refusal: Refusal }
  | { readonly type: "cleared" };

export const NO_PACKAGE: UploadState = { name: "empty", why: null };

/** What becomes of it. While it is sent nothing else is chosen. */
export function step(state: UploadState, event: UploadEvent): UploadState {
  if (state.name === "sending") return whileSending(state, event);
  switch (event.type) {
    case "cleared":
      return NO_PACKAGE;
    case "chosen":
      return { name: "reading", fileName: event.fileName };
    case "read":
      return state.name === "reading"
        ? { name: "ready", fileName: state.fileName, facts: event.facts, acceptDowngrade: false, refusal: null }
        : state;
    case "unreadable":
      return state.name === "reading" ? { name: "empty", why: `${state.fileName}: ${event.why}` } : state;
    case "sent": {
      if (state.name !== "ready") return state;
      const { fileName, facts } = state;
      return { name: "sending", fileName, facts, acceptDowngrade: event.acceptDowngrade, share: 0 };
    }
    case "progressed":
    case "answered":
    case "refused":
      return state;
  }
}

function whileSending(state: Extract<UploadState, { name: "sending" }>, event: UploadEvent): UploadState {
  const { fileName, facts, acceptDowngrade } = state;
  if (event.type === "progressed") return { ...state, share: Math.min(1, Math.max(state.share, event.share)) };
  if (event.type === "answered") return { name: "installed", facts, report: event.report };
  if (event.type === "refused") return { name: "ready", fileName, facts, acceptDowngrade, refusal: event.refusal };
  return state;
}

/** Whether the same package could come in if somebody agreed to an older version. */
export function isDowngrade(state: UploadState): boolean {
  return state.name === "ready" && (state.refusal?.reason === "downgrade" || state.refusal?.code === "downgrade");
}
