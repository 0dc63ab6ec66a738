export { listReceipts, receiptDto } from "./list-receipts";
