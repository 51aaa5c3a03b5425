// A purge, from what is chosen to what is gone: nothing is taken away that was not shown before, with consent said and the offer of
// an archive answered.
import type { PurgePlan, PurgeReport } from "@mimolo/protocol";

export type { PurgePlan, PurgeReport };

/** What to look for. Absent: whichever. */
export interface PurgeChoice {
  readonly label?: string;
  readonly artifactIds?: readonly string[];
  /** ISO-8601: only what was captured before it. */
  readonly before?: string;
  readonly retentionClass?: "ephemeral" | "retained" | "archived";
  readonly reason?: string;
}

export type PurgeState =
  | { readonly name: "choosing"; readonly choice: PurgeChoice; readonly refusal: Error | null }
  | { readonly name: "planning"; readonly choice: PurgeChoice }
  | {
      readonly name: "asking";
      readonly choice: PurgeChoice;
      readonly plan: PurgePlan;
      /** Archive first? `null`: not answered. */
      readonly archive: boolean | null;
      readonly consent: boolean;
      readonly refusal: Error | null;
    }
  | { readonly name: "purging"; readonly choice: PurgeChoice; readonly plan: PurgePlan; readonly archive: boolean }
  | { readonly name: "done"; readonly report: PurgeReport };

export type PurgeEvent =
  | { readonly type: "chosen"; readonly choice: PurgeChoice }
  | { readonly type: "plan-asked" }
  | { readonly type: "planned"; readonly plan: PurgePlan }
  | { readonly type: "archive-answered"; readonly archive: boolean }
  | { readonly type: "consent-given"; readonly consent: boolean }
  | { readonly type: "purge-asked" }
  | { readonly type: "purged"; readonly report: PurgeReport }
  | { readonly type: "refused"; readonly refusal: Error }
  | { readonly type: "turned-back" };

export function beginPurge(choice: PurgeChoice): PurgeState {
  return { name: "choosing", choice, refusal: null };
}

/** What comes after `event`; one that does not belong to the state changes nothing. */
export function stepPurge(state: PurgeState, event: PurgeEvent): PurgeState {
  switch (state.name) {
    case "choosing":
      if (event.type === "chosen") return { ...state, choice: event.choice };
      if (event.type === "plan-asked") return { name: "planning", choice: state.choice };
      return state;
    case "planning":
      if (event.type === "planned") {
        const { plan } = event;
        return { name: "asking", choice: state.choice, plan, archive: null, consent: false, refusal: null };
      }
      if (event.type === "refused") return { name: "choosing", choice: state.choice, refusal: event.refusal };
      return state;
    case "asking":
      if (event.type === "archive-answered" && (!event.archive || canArchive(state.plan)))
        return { ...state, archive: event.archive };
      if (event.type === "consent-given") return { ...state, consent: event.consent };
      if (event.type === "purge-asked" && mayPurge(state) && state.archive !== null)
        return { name: "purging", choice: state.choice, plan: state.plan, archive: state.archive };
      if (event.type === "turned-back") return { name: "choosing", choice: state.choice, refusal: null };
      return state;
    case "purging":
      if (event.type === "purged") return { name: "done", report: event.report };
      // A plan is good for one try: what was refused is planned anew.
      if (event.type === "refused") return { name: "choosing", choice: state.choice, refusal: event.refusal };
      return state;
    case "done":
      return state;
  }
}

/** Can whatever it takes away be archived first? */
export function canArchive({ can_archive }: PurgePlan): boolean {
  return Object.values(can_archive).every((can) => can);
}

/** Was everything said that has to be? */
export function mayPurge(state: PurgeState): boolean {
  return state.name === "asking" && state.consent && state.archive !== null && state.plan.artifacts.length > 0;
}
