"use client";

import { MissingHere } from "@/app/_shared/missing-here";

export default function NotFound() {
  return <MissingHere what="decision" list="policy/decisions" back="Go to the decisions" />;
}
