// What reads a data directory and finds its collector, without the collector itself: a command that only reads loads no more.
export { allowCommand, type AllowPlace } from "../allow-command.ts";
export { type Address, findRunning, holderOf } from "../control/address.ts";
export { type DataDirectory, dataDirectory, resolveDataDirectory } from "../data-directory.ts";
export { explainFault, type FaultReason } from "@mimolo/ledger";
export { openKeptArtifacts } from "./kept-artifacts.ts";
export { type Archive, type EvidenceFilter, openArchive } from "./archive.ts";
export { shellWord } from "@mimolo/trust";
