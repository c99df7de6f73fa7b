import { ColorSchemeScript, mantineHtmlProps } from '@mantine/core';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import '#components/theme/mantine-styles.ts';
import '#components/theme/tokens.css';
import './globals.css';
import { Shell } from '#components/shell/shell.tsx';
import { monoFont, sansFont } from '#components/theme/fonts.ts';
import { ThemeProvider } from '#components/theme/theme-provider.tsx';
import { LiveProvider } from '#lib/live/live-provider.tsx';
import { readZoneChoice, ZONE_COOKIE } from '#lib/time/zone-choice.ts';
import { ZoneProvider } from '#lib/time/zone-provider.tsx';
import { ApiProvider } from '#lib/trpc/api-provider.tsx';
import { readFirstSnapshot } from './read-first-snapshot.ts';

export const metadata: Metadata = {
  title: { default: 'Kinetoscope', template: '%s – Kinetoscope' },
  description:
    'Streams, shards and hash-key ranges of Amazon Kinesis Data Streams against their limits',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  colorScheme: 'dark light',
  themeColor: [
    { media: '(prefers-color-scheme: dark)', color: '#17191c' },
    { media: '(prefers-color-scheme: light)', color: '#fbfaf6' },
  ],
};

/** Everything that outlives a change of page: theme, API, the one live subscription, the bar. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  // Set by proxy.ts for each answer; reading it makes every page dynamic, which a nonce needs.
  const nonce = (await headers()).get('x-nonce') ?? '';
  const zone = readZoneChoice((await cookies()).get(ZONE_COOKIE)?.value);
  const snapshot = await readFirstSnapshot();
  return (
    <html lang="en" {...mantineHtmlProps} className={`${sansFont.variable} ${monoFont.variable}`}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" nonce={nonce} suppressHydrationWarning />
      </head>
      <body>
        <ThemeProvider nonce={nonce}>
          <ApiProvider>
            <LiveProvider initial={snapshot}>
              <NuqsAdapter>
                <ZoneProvider initial={zone}>
                  <Shell>{children}</Shell>
                </ZoneProvider>
              </NuqsAdapter>
            </LiveProvider>
          </ApiProvider>
        </ThemeProvider>
      </body>
    </html>
  );
}
