import type { Permission } from "@mimolo/protocol";
import type { z } from "zod";
import type { CollectedAgent } from "../agents/agent.ts";
import type { Cause } from "../causes/cause.ts";
import type { Answer } from "./answer.ts";

/** Who asks, and what led to it. */
export interface Asking {
  readonly agent: CollectedAgent;
  /** Only of methods that lead on. */
  readonly cause: Cause | undefined;
}

type Params = Readonly<Record<string, unknown>>;

/** One method of the request table. */
export interface RequestMethod {
  /** What these params need; `null`: nothing. Asked before anything else is read of them. */
  permission(params: Params, agent: CollectedAgent): Permission | null;
  readonly params: z.ZodObject;
  /** Whether other plugins hear of it: then it has a cause, and loops are cut. */
  readonly leadsOn: boolean;
  /** `params` have been checked. */
  run(params: Params, asking: Asking): Answer | Promise<Answer>;
}

export interface MethodDefinition<Shape extends z.ZodObject> {
  readonly permission: Permission | null | RequestMethod["permission"];
  readonly params: Shape;
  readonly leadsOn?: boolean;
  run(params: z.infer<Shape>, asking: Asking): Answer | Promise<Answer>;
}

/** Puts a method together, its params typed by their schema. */
export function method<Shape extends z.ZodObject>(definition: MethodDefinition<Shape>): RequestMethod {
  const { permission, params, leadsOn = false, run } = definition;
  return {
    permission: typeof permission === "function" ? permission : () => permission,
    params,
    leadsOn,
    run: (checked, asking) => run(checked as z.infer<Shape>, asking),
  };
}
