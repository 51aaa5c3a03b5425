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
export { type KeyFiles, loadOrCreateKey, type SigningKey } from "./signing-key.ts";
export { TrustError, type TrustErrorCode } from "./trust-error.ts";
export { type Candidate, mayRun, verdictOf } from "./verdict.ts";
