import { type Api, ApiProblem } from "../../../api/index.ts";
import { pictureAddress } from "./data-address.ts";
import { LARGEST_PICTURE, pictureTokens } from "./pictures.ts";

/** The pictures of a widget by token, as `data:` addresses; those that `known` has are not fetched again. One that cannot be had is
 *  left out. */
export async function fetchPictures(
  api: Api,
  html: string,
  known: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const pictures = await Promise.all(
    pictureTokens(html).map(async (token) => [token, known.get(token) ?? (await pictureOf(api, token))] as const),
  );
  return new Map(pictures.filter((picture): picture is readonly [string, string] => picture[1] !== null));
}

/** The picture that a token opens; `null` for what is none, is too large, or cannot be had. */
export async function pictureOf(api: Api, token: string): Promise<string | null> {
  try {
    const blob = await api.smallBlob("/artifacts/content/{token}", { path: { token } }, LARGEST_PICTURE);
    if (blob === null || blob.size > LARGEST_PICTURE) return null;
    return pictureAddress(new Uint8Array(await blob.arrayBuffer()), blob.type);
  } catch (error) {
    if (error instanceof ApiProblem) return null;
    throw error;
  }
}
