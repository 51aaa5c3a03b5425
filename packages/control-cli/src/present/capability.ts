import { CAPABILITIES, type Capability, PERMISSIONS, type Permission, type Risk } from "@mimolo/protocol";
import type { Colour } from "./colour.ts";
import { printable, widthOf, wrap } from "./width.ts";

/** A capability or permission as people read it. */
export interface Touch {
  readonly name: string;
  readonly risk: Risk;
  readonly title: string;
  readonly description: string;
}

/** What a plugin may read and write, where its manifest says so. */
export interface Roots {
  readonly read?: readonly string[] | undefined;
  readonly write?: readonly string[] | undefined;
  /** Settings that hold more paths it reads. */
  readonly settings_read?: readonly string[] | undefined;
}

/** The facts about each name, the riskiest first. `roots` make `filesystem` say which folders. */
export function touches(names: readonly string[], roots: Roots = {}): Touch[] {
  const order: readonly Risk[] = ["high", "medium", "low"];
  return names
    .map((name) => touchOf(name, roots))
    .toSorted((one, other) => order.indexOf(one.risk) - order.indexOf(other.risk));
}

/** One line each: risk in its colour, name and icon, what it means; `mark` says more about some. */
export function touchLines(
  all: readonly Touch[],
  colour: Colour,
  columns: number,
  mark: (name: string) => string = () => "",
): string[] {
  const titleWidth = Math.max(0, ...all.map(({ title }) => widthOf(title)));
  const room = Math.max(24, columns - titleWidth - 13);
  return all.flatMap(({ name, risk, title, description }) => {
    const more = mark(name);
    const [first = "", ...rest] = wrap(more === "" ? description : `${description} ${more}`, room);
    const padding = " ".repeat(titleWidth - widthOf(title));
    return [
      `  ${colour(COLOURS[risk], risk.padEnd(6))}  ${title}${padding}  ${first}`,
      ...rest.map((line) => `${" ".repeat(titleWidth + 12)}${line}`),
    ];
  });
}

const COLOURS = { high: "red", medium: "yellow", low: "green" } as const;

function touchOf(name: string, roots: Roots): Touch {
  if (isCapability(name)) {
    const { risk, name: words, icon, description } = CAPABILITIES[name];
    const told = name === "filesystem" ? filesIn(roots) : description;
    return { name, risk, title: `${words} ${icon}`, description: told };
  }
  if (isPermission(name)) return { name, title: name, ...PERMISSIONS[name] };
  return { name, risk: "high", title: name, description: "This version does not know what that is." };
}

/** Without folders named, a grant of files means all that this user can reach. */
function filesIn({ read: named = [], write = [], settings_read: settings = [] }: Roots): string {
  const read = [...named, ...settings.map((name) => `what ${name} names`)];
  if (read.length + write.length === 0) return "Reads and writes every file that you can.";
  const reads = read.length === 0 ? [] : [`reads ${read.map(printable).join(", ")}`];
  const writes = write.length === 0 ? [] : [`writes ${write.map(printable).join(", ")}`];
  const told = `${[...reads, ...writes].join("; ")}.`;
  return `${told.charAt(0).toUpperCase()}${told.slice(1)}`;
}

function isCapability(name: string): name is Capability {
  return Object.hasOwn(CAPABILITIES, name);
}

function isPermission(name: string): name is Permission {
  return Object.hasOwn(PERMISSIONS, name);
}
