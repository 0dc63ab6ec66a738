export { answerEvidenceKeys } from "./answer-keys";
export type { BuiltBundle } from "./build-bundle";
export { buildRequested, giveUpBundle } from "./build-requested";
export { bundleRequested } from "./events";
export { type ExportAsk, type ExportContext, exportBundle } from "./export-bundle";
export { getBundle, getBundleFile, keepRequest, listBundles, requestBundle } from "./request-bundle";
export { sealingKeys, signerOf, verifyingKeys } from "./sealing-keys";
