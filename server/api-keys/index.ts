export { createApiKey } from "./create-api-key";
export type { ApiKeyDto } from "./dto";
export { endKey } from "./end-key";
export { listApiKeys } from "./list-api-keys";
export { revokeApiKey } from "./revoke-api-key";
export { rotateApiKey } from "./rotate-api-key";
