export type { BuiltBundle } from "./build-bundle";
export { type ExportAsk, type ExportContext, exportBundle } from "./export-bundle";
export { sealingKeys, signerOf } from "./sealing-keys";
