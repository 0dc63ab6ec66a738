export { endAdapter } from "./end-adapter";
export { findAdapters, missingAdapters } from "./find-adapters";
export { listAdapters } from "./list-adapters";
export { registerAdapter } from "./register-adapter";
export { rotateAdapterSecret } from "./rotate-secret";
export { updateAdapter } from "./update-adapter";
