import type { Page } from '@playwright/test';

/** A picture of docs/screenshots. */
export type Screen = {
  readonly name: string;
  readonly path: string;
  /** What the picture waits for: the page is whole then. */
  readonly whole: (page: Page) => Promise<void>;
  /** Left out: what a person sees without scrolling. */
  readonly fullPage?: boolean;
};

type Whole = Screen['whole'];

export const rates: Whole = (page) =>
  page.getByText('MiB/s').filter({ visible: true }).first().waitFor();

export const heading =
  (name: string): Whole =>
  (page) =>
    page.getByRole('heading', { name }).waitFor();
