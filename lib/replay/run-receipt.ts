import { settledUnits } from '#lib/domain/replay/job/ledger.ts';
import { formatAge } from '#lib/format/age.ts';
import { formatBytes } from '#lib/format/bytes.ts';
import { formatCount } from '#lib/format/count.ts';
import { formatBytesPerSecond, formatRecordsPerSecond } from '#lib/format/rate.ts';
import type { ReceiptView } from './view/receipt.ts';

type ReceiptFact = { readonly name: string; readonly value: string; readonly detail?: string };

/** What is asked for first of what came of a replay. */
export function receiptFacts(receipt: ReceiptView): readonly ReceiptFact[] {
  const { ledger, meanRates, elapsedMs, order } = receipt;
  return [
    {
      name: 'Sent',
      value: `${formatCount(ledger.emitted)} of ${formatCount(settledUnits(ledger))} in the archive, ${formatBytes(ledger.emittedBytes)}`,
    },
    { name: 'Took', value: elapsedMs === null ? 'it never began' : formatAge(elapsedMs) },
    {
      name: 'On average',
      value:
        meanRates === null
          ? 'nothing was sent'
          : `${formatBytesPerSecond(meanRates.bytesPerSecond)}, ${formatRecordsPerSecond(meanRates.recordsPerSecond)}`,
      detail: 'From its start to its end, pauses included',
    },
    { name: 'Possible duplicates', value: formatCount(receipt.possibleDuplicates) },
    { name: 'Quarantined', value: formatCount(ledger.quarantined) },
    { name: 'Throttled', value: formatCount(receipt.throttledRecords) },
    { name: 'Order', value: order === null ? 'none was decided' : order.words },
    { name: 'Out of order', ...inversionFact(receipt.orderInversions) },
  ];
}

/** How many records came behind a later one of their key, and of which records that can be said. */
export function inversionFact({
  records,
  isWithinSlicesOnly,
  takeovers,
}: ReceiptView['orderInversions']): Pick<ReceiptFact, 'value' | 'detail'> {
  if (records === null) {
    return {
      value: 'unknown',
      detail: 'Some of it was sent by a version of Kinetoscope that did not count this.',
    };
  }
  const limits = [
    ...(isWithinSlicesOnly ? ['slices are sent side by side and not compared'] : []),
    ...(takeovers > 0
      ? [`records from before and after a change of worker (${formatCount(takeovers)}) neither`]
      : []),
  ];
  return {
    value: takeovers > 0 ? `${formatCount(records)} at least` : formatCount(records),
    detail: `Records acknowledged after a later one of their key${limits.length > 0 ? `; ${limits.join(', ')}` : ''}.`,
  };
}
