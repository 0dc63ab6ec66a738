"use client";

export { ErrorView as default } from "./_shared/error-view";
