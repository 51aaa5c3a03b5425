// The one address a picture may have.

const ARTIFACT_ADDRESS = /^mimolo:\/\/artifact\/([A-Za-z0-9_-]{1,128})$/;

/** The token in `mimolo://artifact/<token>`; `null` for any other address. Whether the token is good is for others to say. */
export function artifactToken(address: string): string | null {
  return ARTIFACT_ADDRESS.exec(address)?.[1] ?? null;
}
