// What changes trust: by the collector, or where none runs by a command.
export { dataDirectory } from "../data-directory.ts";
export { type AuditAction, auditActions, AuditLog, type AuditLogOptions } from "./audit-log.ts";
export type {
  AllowRequest,
  Asked,
  AuditFilter,
  GrantRequest,
  InstallRequest,
  NewKeyRequest,
  RevokeKeyRequest,
  TrustDesk,
  TrustKeyRequest,
} from "./trust-desk.ts";
