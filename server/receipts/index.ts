export { anchorHeads, type AnchorContext } from "./anchor-heads";
export { getReceipt } from "./get-receipt";
export { latestReceipts } from "./latest-receipts";
export { listReceipts } from "./list-receipts";
export { nameReferences } from "./name-references";
export { type ChainsVerdict, headFault, verifyChains } from "./verify-chains";
