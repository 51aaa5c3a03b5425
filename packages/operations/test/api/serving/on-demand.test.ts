import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { ApiOnDemand } from "../../../src/api/serving/on-demand.ts";
import type { Api } from "../../../src/api/route.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));
const asked = (method: string) => ({ method }) as IncomingMessage;
const unanswered = {} as ServerResponse;

function fake() {
  const seen = { made: 0, closed: 0, methods: [] as (string | undefined)[] };
  const api = {
    ready: () => Promise.resolve(),
    routing: ({ method }: IncomingMessage) => void seen.methods.push(method),
    close: () => Promise.resolve(void seen.closed++),
  };
  return { seen, make: () => Promise.resolve(void seen.made++).then(() => api as unknown as Api) };
}

test("the first requests share one API, and are answered in order; a HEAD is asked as a GET", async () => {
  const { seen, make } = fake();
  const api = new ApiOnDemand(make);
  for (const method of ["POST", "HEAD"]) api.handle(asked(method), unanswered);
  expect(seen).toEqual({ made: 1, closed: 0, methods: [] });
  await turn();
  api.handle(asked("DELETE"), unanswered);
  await api.close();
  expect(seen).toEqual({ made: 1, closed: 1, methods: ["POST", "GET", "DELETE"] });
});

test("one that was never asked anything closes without being made", async () => {
  const { seen, make } = fake();
  await new ApiOnDemand(make).close();
  expect(seen).toEqual({ made: 0, closed: 0, methods: [] });
});

test("where it cannot be made whoever asks is told, and it closes all the same", async () => {
  const api = new ApiOnDemand(() => Promise.reject(new Error("a library is missing")));
  const told: unknown[] = [];
  const response = {
    req: asked("GET"),
    writeHead: (status: number) => void told.push(status),
    end: (body: string) => void told.push((JSON.parse(body) as { code: string }).code),
  } as unknown as ServerResponse;
  api.handle(asked("GET"), response);
  await turn();
  expect(told).toEqual([500, "internal"]);
  await api.close();
});
