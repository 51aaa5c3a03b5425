import type { Browser, Page } from "playwright-core";

/** How long the page was busy at a stretch. */
export interface Busy {
  /** The longest task of the page's own thread, by the processor's time: what others do on this machine is not in it. */
  readonly longestMs: number;
  readonly tasks: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Traces `page` while `work` is under way. */
export async function busyDuring(browser: Browser, page: Page, work: () => Promise<unknown>): Promise<Busy> {
  await browser.startTracing(page, { categories: ["toplevel", "disabled-by-default-devtools.timeline", "__metadata"] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: readonly TraceEvent[];
  };
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) => ph === "X" && name.endsWith("RunTask") && mains.has(`${pid} ${tid}`),
  );
  const longest = tasks.reduce((most, { tdur = 0 }) => Math.max(most, tdur), 0);
  return { longestMs: Math.round(longest / 100) / 10, tasks: tasks.length };
}
