import { type Browser, chromium } from '@playwright/test';
import { chromiumArguments, findChromium } from '#server/testing/chromium.ts';

export function openChromium(args: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  return chromium.launch({
    args: [...chromiumArguments(), ...args],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
}
