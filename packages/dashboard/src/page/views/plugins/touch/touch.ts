// What a plugin may touch, as people read it.
import type { Answer } from "@mimolo/protocol/control-api";
import type { Plugin } from "../plugin-state.ts";
import { PERMISSION_TEXTS } from "./permission-texts.ts";
import { isRisk, type Risk, RISKS } from "./risk.ts";

/** A capability as `GET /capabilities` tells it. */
export type CapabilityFacts = Answer<"/capabilities", "get">["items"][number];

/** A capability or permission with what people want to know before they agree. */
export interface Touch {
  /** As the API names it. */
  readonly name: string;
  readonly title: string;
  /** An emoji; empty for a permission. */
  readonly icon: string;
  readonly risk: Risk;
  readonly description: string;
}

/** Folders a package says that it reads and writes. */
export interface Roots {
  readonly read: readonly string[];
  readonly write: readonly string[];
  /** Settings that hold more paths it reads. */
  readonly settings_read?: readonly string[] | undefined;
}

/** The facts about each name, the riskiest first. With `roots` files are named, without folders in them it is all files. */
export function touchesOf(names: readonly string[], facts: readonly CapabilityFacts[], roots?: Roots): Touch[] {
  const all = [...new Set(names)].map((name) => touchOf(name, facts, roots));
  return all.toSorted((one, other) => RISKS.indexOf(one.risk) - RISKS.indexOf(other.risk));
}

function touchOf(name: string, facts: readonly CapabilityFacts[], roots: Roots | undefined): Touch {
  const known = facts.find(({ capability }) => capability === name);
  if (known !== undefined) {
    const { name: title, icon, description, risk } = known;
    return {
      name,
      title: textOr(title, name),
      icon: textOr(icon, ""),
      risk: isRisk(risk) ? risk : "high",
      description: name === "filesystem" && roots !== undefined ? filesIn(roots) : textOr(description, ""),
    };
  }
  const title = (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll("-", " ");
  const permission = Object.hasOwn(PERMISSION_TEXTS, name) ? PERMISSION_TEXTS[name] : undefined;
  if (permission !== undefined) return { name, title, icon: "", ...permission };
  return { name, title, icon: "", risk: "high", description: "This page does not know what that is." };
}

/** Without folders named, a grant of files means all that this user can reach. */
function filesIn({ read: named, write, settings_read: settings = [] }: Roots): string {
  const read = [...named, ...settings.map((name) => `what ${name} names`)];
  if (read.length + write.length === 0) return "Reads and writes every file that you can.";
  const told = [
    ...(read.length === 0 ? [] : [`reads ${read.join(", ")}`]),
    ...(write.length === 0 ? [] : [`writes ${write.join(", ")}`]),
  ].join("; ");
  return `${told.charAt(0).toUpperCase()}${told.slice(1)}.`;
}

/** The folders of a plugin that is here; one that asks for files and names none gets all. */
export function rootsOf({ verdict, filesystem }: Pick<Plugin, "verdict" | "filesystem">): Roots | undefined {
  // What cannot be read any more says nothing.
  return filesystem ?? (verdict === "trusted" ? { read: [], write: [] } : undefined);
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
