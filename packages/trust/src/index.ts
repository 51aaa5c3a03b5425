export { incompatibility, type Surroundings } from "./judgement/incompatibility.ts";
export { type AllowAdvice, type FoundFile, judgeConfig, judgeScript } from "./judgement/judge-file.ts";
export {
  type FilesCheck,
  judgePackage,
  type PackageFacts,
  type PackageSurroundings,
} from "./judgement/judge-package.ts";
export type { Judgement } from "./judgement/judgement.ts";
export { signAllow } from "./keyring/allow-message.ts";
export { highWaterOf, raiseHighWater, withAllow, withGrants, withoutAllow } from "./keyring/change-allow.ts";
export { revokeKey, withKey, withoutScope, withScope } from "./keyring/change-keys.ts";
export { createKey, newestSecretKey, newestSelfKey } from "./keyring/key-files.ts";
export { isPluginId, isScope, scopeCovers } from "./keyring/scope.ts";
export { type AllowEntry, type KeySource, NO_TRUST, type TrustData, type TrustedKey } from "./keyring/trust-data.ts";
export { readTrust, writeTrust } from "./keyring/trust-file.ts";
export {
  type KeyRefusal,
  type Parsed,
  type PublicKey,
  parsePublicKey,
  parsePublicKeyFile,
  parseSecretKeyFile,
  type SecretKey,
} from "./minisign/key.ts";
export { parseSignature, type SignatureParts, type SignatureRefusal } from "./minisign/signature.ts";
export { type Verified, type VerifyRefusal, verifyFile, verifyRaw } from "./minisign/verify.ts";
export { shellWord } from "./shell-word.ts";
export { type KeyFiles, loadOrCreateKey, type SigningKey } from "./signing-key.ts";
export { TrustError, type TrustErrorCode } from "./trust-error.ts";
export { type Candidate, mayRun, verdictOf } from "./verdict.ts";
