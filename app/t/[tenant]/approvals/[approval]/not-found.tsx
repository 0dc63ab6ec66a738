"use client";

import { MissingHere } from "@/app/_shared/missing-here";

export default function NotFound() {
  return <MissingHere what="request for approval" list="approvals" back="Go to the approvals" />;
}
