// Which version of each plugin to take so that all ranges hold: newest first, and back where that leads nowhere.
import type { Offer } from "@mimolo/trust/registry";
import satisfies from "semver/functions/satisfies.js";
import type { PluginNeeds } from "../dependencies/index.ts";
import type { OfferLook } from "./offer-facts.ts";

/** A plugin as it would be then; `offer` null: as it is now. */
export interface Choice {
  readonly needs: PluginNeeds;
  readonly offer: Offer | null;
}

/** What may be taken of a plugin, best first. Null instead of an offer: what is here. */
export type Candidates = (id: string) => readonly (Offer | null)[];

export interface VersionSearch {
  readonly rootId: string;
  readonly candidates: Candidates;
  readonly here: ReadonlyMap<string, PluginNeeds>;
  readonly look: Pick<OfferLook, "at" | "count">;
  /** Told of every offer that was passed over for what it is itself. */
  passed(offer: Offer, reason: string): void;
  /** Whether a choice that holds in itself suits everything else, too. */
  suits(choices: ReadonlyMap<string, Choice>): boolean;
}

/** Nobody's plugins need more; an index that is made to be hard to solve stops here. */
const MAX_LOOKS = 500;
const MAX_STEPS = 20_000;

/** The first choice in the order of candidates that holds; null when there is none, or none was found in time. */
export async function chooseVersions(search: VersionSearch): Promise<ReadonlyMap<string, Choice> | null> {
  const choices = new Map<string, Choice>();
  let steps = 0;
  const choose = async (open: readonly string[]): Promise<boolean> => {
    const [id, ...later] = open.filter((one) => !choices.has(one));
    if (id === undefined) return search.suits(choices);
    for (const candidate of search.candidates(id)) {
      steps += 1;
      if (steps > MAX_STEPS || search.look.count > MAX_LOOKS) return false;
      const version = candidate?.version ?? search.here.get(id)?.version ?? "";
      if (!wantedBy(choices, id, version)) continue;
      const choice = await choiceOf(search, id, candidate);
      if (choice === null || !fitsChosen(choice.needs, choices)) continue;
      choices.set(id, choice);
      if (await choose([...later, ...Object.keys(choice.needs.dependencies)])) return true;
      choices.delete(id);
    }
    return false;
  };
  return (await choose([search.rootId])) ? choices : null;
}

async function choiceOf(search: VersionSearch, id: string, candidate: Offer | null): Promise<Choice | null> {
  if (candidate === null) {
    const needs = search.here.get(id);
    return needs === undefined ? null : { needs, offer: null };
  }
  const facts = await search.look.at(candidate);
  if (!facts.ok) {
    search.passed(candidate, facts.reason);
    return null;
  }
  const { version, dependencies } = facts.manifest;
  return { needs: { id, version, dependencies }, offer: candidate };
}

/** Whether a version is in the range of everyone chosen so far. */
function wantedBy(choices: ReadonlyMap<string, Choice>, id: string, version: string): boolean {
  return [...choices.values()].every(({ needs }) => {
    const range = Object.hasOwn(needs.dependencies, id) ? needs.dependencies[id] : undefined;
    return range === undefined || satisfies(version, range);
  });
}

function fitsChosen(needs: PluginNeeds, choices: ReadonlyMap<string, Choice>): boolean {
  return Object.entries(needs.dependencies).every(([id, range]) => {
    const chosen = id === needs.id ? needs : choices.get(id)?.needs;
    return chosen === undefined || satisfies(chosen.version, range);
  });
}
