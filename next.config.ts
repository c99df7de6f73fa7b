import type { NextConfig } from 'next';

const config: NextConfig = {
  // Types are checked by TypeScript 7 in `npm test`, tests and all; a build on somebody's machine need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // These reach for files and native parts of their own at run time.
  serverExternalPackages: ['pg', 'pino'],
  poweredByHeader: false,
  reactStrictMode: true,
  // Answers go over loopback: compressing them costs time and gains nothing.
  compress: false,
};

export default config;
