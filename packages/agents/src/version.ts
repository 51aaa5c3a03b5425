// One version for all packages; a test holds it to package.json.

/** The version of this package and of every agent in it. */
export const AGENTS_VERSION = "0.4.0";
