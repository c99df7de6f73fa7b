/** A past period that is looked at; null stands for the newest. */
export type PeriodAt = { readonly periodStartMs: number; readonly periodSeconds: number };

/** The period that figures are of, and when they were read, on the database's clock. */
export type FigurePeriod = PeriodAt & { readonly collectedAtMs: number };
