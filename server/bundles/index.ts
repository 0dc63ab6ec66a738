export { answerEvidenceKeys } from "./answer-keys";
export type { BuiltBundle } from "./build-bundle";
export { buildRequested, giveUpBundle } from "./build-requested";
export { deleteBundle } from "./delete-bundle";
export { bundleDeleted, bundleRequested } from "./events";
export { type ExportAsk, type ExportContext, exportBundle } from "./export-bundle";
export { BUNDLES_KEPT_DAYS, forgetBundles, removeUnnamedFiles } from "./forget-bundles";
export { getBundle, getBundleFile, keepRequest, listBundles, requestBundle } from "./request-bundle";
export { sealingKeys, signerOf, verifyingKeys } from "./sealing-keys";
