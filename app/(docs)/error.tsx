"use client";

export { ErrorView as default } from "@/app/_shared/error-view";
