export { rehearsalDue } from "./events";
export { findRehearsalsDue, rehearseRestore, type RehearsingContext } from "./rehearse-restore";
export type { Rehearsal } from "./domain/rehearsal";
export { type BackupKeys, deploymentKeys, PASSPHRASE_CHARS_MIN } from "./keys";
export { backUpDeployment, backUpTenant } from "./write-backup";
export { restoreBackup } from "./restore-backup";
export { type Backup, verifyBackup } from "./verify-backup";
