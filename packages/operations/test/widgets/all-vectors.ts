import { addressVectors } from "./vectors/addresses.ts";
import { attributeVectors } from "./vectors/attributes.ts";
import { characterVectors } from "./vectors/characters.ts";
import { largeVectors } from "./vectors/large.ts";
import { namespaceVectors } from "./vectors/namespaces.ts";
import { rawTextVectors } from "./vectors/raw-text.ts";
import { structureVectors } from "./vectors/structure.ts";

/** Every attack by its class. */
export const vectorClasses: Readonly<Record<string, readonly string[]>> = {
  namespaces: namespaceVectors,
  "raw text": rawTextVectors,
  structure: structureVectors,
  attributes: attributeVectors,
  addresses: addressVectors,
  characters: characterVectors,
  sizes: largeVectors,
};

export const allVectors: readonly string[] = Object.values(vectorClasses).flat();
