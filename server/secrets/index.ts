export { changeHosts } from "./change-hosts";
export { deleteSecret } from "./delete-secret";
export { findSecrets, type FoundSecret, type SecretsAsked } from "./find-secrets";
export { forgetEndedSecrets } from "./forget-ended";
export { processSecretKeys, type SecretKeys, secretKeysOf } from "./keys";
export { listSecrets } from "./list-secrets";
export { rotateSecrets } from "./rotate-secrets";
export { seal, type Sealed, unseal, UnsealError } from "./seal";
export { setSecret } from "./set-secret";
