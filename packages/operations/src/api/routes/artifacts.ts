import { notAvailable } from "../injected/not-available.ts";
import { about, type Api, listOf } from "../route.ts";
import { NoQuery, PageQuery } from "../shapes/asked.ts";
import { AnyBody, ArtifactParams, Content } from "../shapes/page.ts";

const verbs = [
  ["archive", "archiveArtifacts", "Packs artifacts away.", "control"],
  ["restore", "restoreArtifacts", "Takes artifacts out of an archive again.", "control"],
  ["purge/plan", "planPurge", "Says what a purge would take away.", "control"],
  ["purge/execute", "executePurge", "Takes away what a plan says.", "admin"],
] as const;

/** Files that agents keep beside evidence. */
export function artifactRoutes(api: Api): void {
  const nothing = (): never => {
    throw notAvailable("artifacts", "they come with the page");
  };
  api.get(
    "/artifacts",
    {
      config: { scope: "read" },
      schema: {
        querystring: PageQuery,
        ...about({
          id: "listArtifacts",
          summary: "Files that agents keep beside evidence.",
          tag: "page",
          answers: listOf(Content),
          refuses: ["not-available"],
        }),
      },
    },
    nothing,
  );
  api.get(
    "/artifacts/content/:token",
    {
      config: { scope: "read" },
      schema: {
        params: ArtifactParams,
        querystring: NoQuery,
        ...about({
          id: "getArtifactContent",
          summary: "The bytes of an artifact.",
          tag: "page",
          answers: Content,
          refuses: ["not-available"],
        }),
      },
    },
    nothing,
  );
  for (const [path, id, summary, scope] of verbs) {
    api.post(
      `/artifacts/${path}`,
      {
        config: { scope },
        schema: {
          querystring: NoQuery,
          body: AnyBody,
          ...about({ id, summary, tag: "page", answers: Content, refuses: ["not-available"] }),
        },
      },
      nothing,
    );
  }
}
