"use client";

import { MissingHere } from "@/app/_shared/missing-here";

export default function NotFound() {
  return <MissingHere what="receipt" list="receipts" back="Go to the receipts" />;
}
