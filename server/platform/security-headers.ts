export interface HeaderFacts {
  /** Random per request; scripts and style tags without it do not run. */
  nonce: string;
  /** True when people reach the deployment over https. */
  isHttps: boolean;
  /** True under `next dev`, whose error overlay evaluates text. */
  isDevelopment: boolean;
}

/**
 * The Content Security Policy of every page (CSP level 3). Style attributes stay open, as Mantine and drawn charts
 * write them; scripts and style tags need the nonce.
 */
export function contentSecurityPolicy({ nonce, isHttps, isDevelopment }: HeaderFacts): string {
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    // The development server injects style tags without a nonce.
    `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    ...(isHttps ? ["upgrade-insecure-requests"] : []),
  ];
  return directives.join("; ");
}

/** The headers that every answer carries, pages and API alike. HSTS only over https, as plain http must ignore it. */
export function securityHeaders(facts: HeaderFacts): Readonly<Record<string, string>> {
  return {
    "content-security-policy": contentSecurityPolicy(facts),
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    ...(facts.isHttps ? { "strict-transport-security": "max-age=63072000; includeSubDomains" } : {}),
  };
}
