import { z } from "zod";
import type { Artifacts } from "../../artifacts/artifacts.ts";
import { answered } from "../answer.ts";
import { text } from "../check-params.ts";
import { method, type RequestMethod } from "../request-method.ts";

/** What an agent may ask about its own artifacts; those of others it cannot even name. */
export function artifactMethods(artifacts: Artifacts): Record<string, RequestMethod> {
  return {
    "artifact.token": method({
      permission: null,
      params: z.strictObject({ artifact_id: text(128) }),
      async run({ artifact_id: artifactId }, { agent: { instanceId } }) {
        return answered(await artifacts.token(artifactId, instanceId, instanceId));
      },
    }),
  };
}
