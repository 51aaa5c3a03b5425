import { getContext, setContext } from "svelte";
import { ApiProblem } from "../api/index.ts";

export interface ToastContent {
  readonly id: number;
  readonly tone: "ok" | "bad";
  readonly text: string;
  /** What to do next. */
  readonly hint: string | undefined;
}

const OK_FOR_MS = 5_000;
const MOST = 4;
const KEY = Symbol("toasts");

/** What just happened, said in a corner and to screen readers. What went wrong stays until it is put away. */
export class Toasts {
  #shown = $state.raw<readonly ToastContent[]>([]);
  #next = 1;

  get shown(): readonly ToastContent[] {
    return this.#shown;
  }

  ok(text: string): void {
    const id = this.#add({ tone: "ok", text, hint: undefined });
    setTimeout(() => this.dismiss(id), OK_FOR_MS);
  }

  /** An `ApiProblem` in its own words; anything else is a fault of the page, and is thrown on. */
  problem(error: unknown): void {
    if (!(error instanceof ApiProblem)) throw error;
    this.#add({ tone: "bad", text: error.message, hint: error.hint });
  }

  bad(text: string, hint?: string): void {
    this.#add({ tone: "bad", text, hint });
  }

  dismiss(id: number): void {
    this.#shown = this.#shown.filter((toast) => toast.id !== id);
  }

  #add(content: Omit<ToastContent, "id">): number {
    const id = this.#next++;
    this.#shown = [...this.#shown, { id, ...content }].slice(-MOST);
    return id;
  }
}

export function provideToasts(toasts: Toasts): void {
  setContext(KEY, toasts);
}

export function getToasts(): Toasts {
  return getContext<Toasts>(KEY);
}
