import type { Browser, Page } from "playwright-core";

/** How long the page was busy at a stretch. */
export interface Busy {
  /** The longest task of the page's own thread, by the processor's time: what others do on this machine is not in it. */
  readonly longestMs: number;
  readonly tasks: number;
  /** What it did in the longest task, the longest of that first: `Layout 12.1`. */
  readonly longest: readonly string[];
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: {
    readonly name?: string;
    readonly data?: { readonly type?: string; readonly functionName?: string };
  };
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
  const most = tasks.reduce<TraceEvent | null>((one, other) => (timeOf(other) > timeOf(one) ? other : one), null);
  return {
    longestMs: inMs(timeOf(most)),
    tasks: tasks.length,
    longest: most === null ? [] : partsOf(most, traceEvents),
  };
}

/** Does the same work `rounds` times over and tells of the round whose longest task was the shortest. What the page does, it does
 *  in each round; what the machine puts in between, such as finding memory for it, or keeping a virtual machine from its processor, counts as the thread's own time too, but it does
 *  not come every time. */
export async function busyInEach(
  rounds: number,
  browser: Browser,
  page: Page,
  work: (round: number) => Promise<unknown>,
): Promise<Busy & { readonly rounds: readonly number[] }> {
  const all: Busy[] = [];
  for (let round = 0; round < rounds; round++) all.push(await busyDuring(browser, page, () => work(round)));
  const [least] = all.toSorted((one, other) => one.longestMs - other.longestMs);
  if (least === undefined) throw new Error("nothing was done");
  return { ...least, rounds: all.map(({ longestMs }) => longestMs) };
}

function partsOf(task: TraceEvent, all: readonly TraceEvent[]): string[] {
  const isIn = ({ ts, ph, pid, tid }: TraceEvent) =>
    ph === "X" && pid === task.pid && tid === task.tid && ts > task.ts && ts < task.ts + (task.dur ?? 0);
  return all
    .filter(isIn)
    .toSorted((one, other) => timeOf(other) - timeOf(one))
    .slice(0, 8)
    .map((event) => `${event.args?.data?.type ?? event.args?.data?.functionName ?? event.name} ${inMs(timeOf(event))}`);
}

function timeOf(event: TraceEvent | null): number {
  return event?.tdur ?? 0;
}

function inMs(microseconds: number): number {
  return Math.round(microseconds / 100) / 10;
}
