import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  reactStrictMode: true,
  // A link to a page that does not exist is found by the journeys; `typedRoutes` would ask for a cast at every dynamic one.
  typedRoutes: false,
  // `npm run check` holds the types; a build on somebody's machine need not wait for them again.
  typescript: { ignoreBuildErrors: true },
  // Loaded by Node itself: they read their own files, patch modules, or choose a driver at run time.
  serverExternalPackages: [
    "pg",
    "pino",
    "nodemailer",
    "pdfmake",
    "@napi-rs/canvas",
    "inngest",
    "@neondatabase/serverless",
    "unleash-client",
    "stripe",
  ],
  // No image of another host is ever drawn, and none of ours needs resizing.
  images: { unoptimized: true, remotePatterns: [] },
  // The address that RFC 8615 has for it; a folder whose name begins with a dot is passed over by most tools.
  rewrites: () =>
    Promise.resolve([{ source: "/.well-known/conductor-evidence-keys.json", destination: "/api/evidence-keys" }]),
  experimental: { optimizePackageImports: ["@mantine/core", "@mantine/hooks", "lucide-react"] },
};

export default config;
