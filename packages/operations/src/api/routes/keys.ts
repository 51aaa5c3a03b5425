import { AllowReport, KeyReport, NewKeyReport } from "@mimolo/protocol";
import { pageOf } from "../asked/page-of.ts";
import { about, type Api, listOf } from "../route.ts";
import { NoQuery, PageQuery } from "../shapes/asked.ts";
import { AllowBody, KeyParams, NewKeyBody, RevokeKeyBody, TrustKeyBody } from "../shapes/trust.ts";
import type { CollectorView } from "../view.ts";

/** Whom to trust is said at this machine, never by a page. */
const ownersOnly = { scope: "admin", only: "socket" } as const;

/** The keyring, and what is allowed by exactly its bytes. */
export function keyRoutes(api: Api, view: CollectorView): void {
  api.get(
    "/keys",
    {
      config: { scope: "read" },
      schema: {
        querystring: PageQuery,
        ...about({ id: "listKeys", summary: "The keyring: public parts.", tag: "trust", answers: listOf(KeyReport) }),
      },
    },
    ({ query }) => pageOf(view.desk.keys(), query, ({ key_id: id }) => id),
  );
  api.post(
    "/keys",
    {
      config: { ...ownersOnly, cli: "mimolo key new" },
      schema: {
        querystring: NoQuery,
        body: NewKeyBody,
        ...about({
          id: "makeKey",
          summary: "Makes a signing key and pins it for its scope.",
          tag: "trust",
          answers: NewKeyReport,
          status: 201,
          refuses: ["bad-key", "trust-unreadable"],
        }),
      },
    },
    async ({ body, caller }, reply) => {
      const report = await view.desk.newKey({ label: body?.label, scope: body?.scope, by: caller.by });
      void reply.code(201);
      return report;
    },
  );
  api.post(
    "/keys/trust",
    {
      config: { ...ownersOnly, cli: "mimolo key trust FILE" },
      schema: {
        querystring: NoQuery,
        body: TrustKeyBody,
        ...about({
          id: "trustKey",
          summary: "Trusts somebody's key for a scope.",
          tag: "trust",
          answers: KeyReport,
          status: 201,
          refuses: ["bad-key", "trust-unreadable"],
        }),
      },
    },
    async ({ body: { public_key: publicKey, label, scope, source }, caller }, reply) => {
      const report = await view.desk.trustKey({ publicKey, label, scope, source, by: caller.by });
      void reply.code(201);
      return report;
    },
  );
  api.post(
    "/keys/:id/revoke",
    {
      config: { ...ownersOnly, cli: "mimolo key revoke ID" },
      schema: {
        params: KeyParams,
        querystring: NoQuery,
        body: RevokeKeyBody,
        ...about({
          id: "revokeKey",
          summary: "Trusts a key no more; what runs by it ends.",
          tag: "trust",
          answers: KeyReport,
          refuses: ["unknown-key", "trust-unreadable"],
        }),
      },
    },
    ({ params, body, caller }) => view.desk.revokeKey({ keyId: params.id, why: body?.why, by: caller.by }),
  );
  api.post(
    "/allow",
    {
      config: { ...ownersOnly, cli: "mimolo allow PATH" },
      schema: {
        querystring: NoQuery,
        body: AllowBody,
        ...about({
          id: "allow",
          summary: "Allows exactly the bytes that lie at a path now: a script, or a configuration.",
          tag: "trust",
          answers: AllowReport,
          status: 201,
          refuses: ["not-allowable", "bad-grant", "trust-unreadable"],
        }),
      },
    },
    async ({ body: { path, grants }, caller }, reply) => {
      const report = await view.desk.allow({ path, grants, by: caller.by });
      void reply.code(201);
      return report;
    },
  );
}
