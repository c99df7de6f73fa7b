'use client';

import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { mantineTheme, mantineVariables } from './mantine-theme.ts';

/** @param props.nonce of this answer's Content-Security-Policy; Mantine puts it on the styles it makes. */
export function ThemeProvider(props: { readonly nonce: string; readonly children: ReactNode }) {
  return (
    <MantineProvider
      theme={mantineTheme}
      cssVariablesResolver={mantineVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => props.nonce}
    >
      {props.children}
    </MantineProvider>
  );
}
