// Registries: folders of packages with an index, read with suspicion and written with care.
export { checkedPackage, readOffer } from "./checked-package.ts";
export { type Picked, pick, search, versionsOf } from "./choose.ts";
export type { Offer, SourceProblem, SourceProblemCode } from "./offer.ts";
export type { Publisher } from "./package-to-publish.ts";
export { publish, type PublishOptions } from "./publish.ts";
export { type ReadSources, readSources } from "./read-sources.ts";
