export { anchorHeads, type AnchorContext } from "./anchor-heads";
export { listReceipts, receiptDto } from "./list-receipts";
export { type ChainsVerdict, verifyChains } from "./verify-chains";
