import localFont from 'next/font/local';

// From npm, not from a font host: the build and the browser need no network. next/font measures them, so that
// the fallback takes the same room and nothing moves when they arrive. Kinesis names are ASCII: Latin is enough.

export const sansFont = localFont({
  src: '../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  variable: '--k-font-inter',
  weight: '100 900',
  display: 'swap',
});

export const monoFont = localFont({
  src: '../../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
  variable: '--k-font-jetbrains-mono',
  weight: '100 800',
  display: 'swap',
  adjustFontFallback: false,
  fallback: ['ui-monospace', 'SF Mono', 'Menlo', 'monospace'],
});
