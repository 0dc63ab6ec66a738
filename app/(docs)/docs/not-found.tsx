"use client";

import { Missing } from "@/app/_shared/missing";

export default function NotFound() {
  return <Missing what="guide" href="/docs" back="All guides" />;
}
