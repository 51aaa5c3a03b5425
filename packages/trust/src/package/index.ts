// Packages: what an author writes, what is packed and signed, and what is read with suspicion.
export { authorFault, withPlainPaths } from "./author.ts";
export { checkFolder, type FolderCheck } from "./check-folder.ts";
export type { FilesCheck } from "../judgement/judge-package.ts";
export { MANIFEST_NAME, SIGNATURE_NAME } from "./limits.ts";
export { type OpenPackage, openPackage } from "./open-package.ts";
export { PackageError, type PackageErrorCode } from "./package-error.ts";
export { type PackedPlugin, packPlugin } from "./pack-plugin.ts";
export { type PluginFile, type PluginFileProblem, readPluginFile } from "./plugin-file.ts";
export { type ReadManifest, readManifest } from "./read-manifest.ts";
export { type SignedPackage, signPackage } from "./sign-package.ts";
export { tomlLine } from "./toml-lines.ts";
