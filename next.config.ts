import type { NextConfig } from 'next';

const config: NextConfig = {
  typescript: {
    // Types are checked by TypeScript 7 in `npm test`, tests and all; a build on somebody's machine need not wait for it.
    ignoreBuildErrors: true,
    // Next writes what it misses into the file that it is given: not into the one that we check by.
    tsconfigPath: 'tsconfig.next.json',
  },
  // These reach for files and native parts of their own at run time.
  serverExternalPackages: [
    'pg',
    'pino',
    '@aws-sdk/client-cloudwatch',
    '@aws-sdk/client-kinesis',
    '@aws-sdk/credential-providers',
    // A client's protocol is known by its class (server/aws/cbor): bundled, that class would be another copy of it.
    '@smithy/core',
    '@smithy/node-http-handler',
  ],
  poweredByHeader: false,
  reactStrictMode: true,
  // Pages, scripts, answers and live events shrink to a fourth and less; each event goes out at once all the same.
  compress: true,
};

export default config;
