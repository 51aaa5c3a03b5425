// What the page asks the collector, typed by the API's own document.
import type { Answer, MaybeGiven, Method, PathWith } from "@mimolo/protocol/control-api";
import { addressOf, type Values } from "./address.ts";
import { ApiProblem, problemIn, unreachable } from "./problem.ts";

type Ask<M extends Method> = <Path extends PathWith<M>>(
  path: Path,
  ...given: MaybeGiven<Path, M>
) => Promise<Answer<Path, M>>;

/** Each method throws `ApiProblem` for whatever is not done. */
export interface Api {
  readonly get: Ask<"get">;
  readonly post: Ask<"post">;
  readonly put: Ask<"put">;
  readonly patch: Ask<"patch">;
  readonly delete: Ask<"delete">;
  /** Sends a file as it is, such as a package to `/plugins/{id}/install`; `progress` hears shares from 0 to 1. */
  upload<Path extends PathWith<"post">>(
    path: Path,
    file: Blob,
    given?: { readonly path?: Values | undefined; readonly query?: Values },
    progress?: (share: number) => void,
  ): Promise<Answer<Path, "post">>;
  /** An answer that is not JSON: bytes of an artifact, a report as a file. */
  blob(path: string, given?: { readonly path?: Values | undefined; readonly query?: Values }): Promise<Blob>;
  /** The same of `mostBytes` at most; `null` for a larger one, which is not fetched further than its head. */
  smallBlob(path: string, given: { readonly path: Values }, mostBytes: number): Promise<Blob | null>;
}

export interface ApiParts {
  readonly token: () => string | null;
  /** Hears when a token is good no more. */
  readonly signedOut: () => void;
  readonly fetch?: typeof fetch;
}

interface Given {
  readonly path?: Values | undefined;
  readonly query?: Values | undefined;
  readonly body?: unknown;
}

export function createApi(parts: ApiParts): Api {
  const ask = async (method: string, path: string, { path: names, query, body }: Given = {}): Promise<Response> => {
    const headers: Record<string, string> = { accept: "application/json" };
    // Whether a code is good says nothing of the token: any page could lead here with a code that is none, and sign its reader out.
    const token = path === "/login" ? null : parts.token();
    // In another tab somebody has just signed out.
    if (token === null && path !== "/login") throw new ApiProblem({ code: "unauthorized", status: 401 });
    if (token !== null) headers["authorization"] = `Bearer ${token}`;
    if (body !== undefined) headers["content-type"] = "application/json";
    const init: RequestInit = {
      method,
      headers,
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
    };
    if (body !== undefined) init.body = JSON.stringify(body);
    let response: Response;
    try {
      response = await (parts.fetch ?? fetch)(addressOf(path, names, query), init);
    } catch (error) {
      throw unreachable(error);
    }
    if (response.ok) return response;
    if (response.status === 401 && token !== null && token === parts.token()) parts.signedOut();
    throw await problemIn(response);
  };
  const json =
    (method: string) =>
    async (path: string, given?: Given): Promise<never> =>
      (await (await ask(method, path, given)).json()) as never;
  return {
    get: json("GET"),
    post: json("POST"),
    put: json("PUT"),
    patch: json("PATCH"),
    delete: json("DELETE"),
    upload: (path, file, given, progress) =>
      send(addressOf(path, given?.path, given?.query), file, parts.token(), progress) as Promise<never>,
    blob: async (path, given) => (await ask("GET", path, given)).blob(),
    smallBlob: async (path, given, mostBytes) => {
      const response = await ask("GET", path, given);
      if (Number(response.headers.get("content-length")) <= mostBytes) return await response.blob();
      await response.body?.cancel();
      return null;
    },
  };
}

/** `fetch` does not say how much of a body has gone out. */
function send(address: string, file: Blob, token: string | null, progress?: (share: number) => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("content-type", "application/octet-stream");
    if (token !== null) request.setRequestHeader("authorization", `Bearer ${token}`);
    request.upload.addEventListener("progress", ({ loaded, total }) => progress?.(total === 0 ? 1 : loaded / total));
    request.addEventListener("error", () => reject(unreachable(undefined)));
    request.addEventListener("load", () => {
      const { status, statusText, responseText } = request;
      const response = new Response(responseText, { status, statusText });
      if (response.ok) resolve(response.json());
      else void problemIn(response).then(reject);
    });
    request.send(file);
  });
}
