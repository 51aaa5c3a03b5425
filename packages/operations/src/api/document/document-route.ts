import { z } from "zod";
import { about, type Api } from "../route.ts";
import { NoQuery } from "../shapes/asked.ts";

/** The API as it describes itself. */
export function documentRoute(api: Api, document: () => Promise<object>): void {
  let made: Promise<object> | undefined;
  api.get(
    "/openapi.json",
    {
      config: { scope: "open" },
      schema: {
        querystring: NoQuery,
        ...about({
          id: "getOpenApi",
          summary: "This document.",
          tag: "collector",
          answers: z.looseObject({ openapi: z.string() }),
        }),
      },
    },
    () => (made ??= document()) as Promise<{ openapi: string }>,
  );
}
