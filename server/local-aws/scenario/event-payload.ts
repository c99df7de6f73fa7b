import { screenName, sentence } from './names.ts';
import { ID_SLOT, type Payload, payloadOf, TIME_SLOT } from './payload.ts';
import { pick, type Random } from './seeded-random.ts';

/** A change of a document in an editor, about 1.2 kB. */
export function documentChangedPayload(random: Random, documentId: string): Payload {
  return payloadOf(
    JSON.stringify({
      eventId: ID_SLOT,
      eventTime: TIME_SLOT,
      eventType: pick(random, ['DocumentCreated', 'DocumentChanged', 'DocumentShared']),
      documentId,
      // Larger than a double can hold: whoever parses and writes it again changes it.
      revision: `${Math.floor(random() * 1e9)}12345678901234567890`,
      workspace: pick(random, ['north', 'harbour', 'atelier', 'foundry']),
      actor: { name: screenName(random), device: pick(random, ['web', 'ios', 'android', 'api']) },
      quota: { usedBytes: Math.floor(random() * 5e9), limitBytes: 5_368_709_120 },
      change: {
        path: `/sections/${Math.floor(random() * 40)}/blocks/${Math.floor(random() * 200)}`,
        before: sentence(random, 70),
        after: sentence(random, 75),
      },
    }),
  );
}

/** A page view or a click, about 700 bytes. */
export function clickPayload(random: Random, visitor: string): Payload {
  return payloadOf(
    JSON.stringify({
      id: ID_SLOT,
      at: TIME_SLOT,
      visitor,
      event: pick(random, ['page_view', 'click', 'scroll', 'search', 'add_to_basket']),
      page: `/${sentence(random, 3).replaceAll(' ', '/')}`,
      referrer: 'https://search.example.com/',
      userAgent: `Mozilla/5.0 (X11; Linux x86_64) ${sentence(random, 20)}`,
      timings: { ttfbMs: Math.floor(random() * 400), lcpMs: Math.floor(random() * 4_000) },
      experiment: { name: sentence(random, 2), arm: pick(random, ['a', 'b']) },
      attributes: sentence(random, 35),
    }),
  );
}

/** An order with its lines, about 2 kB. */
export function orderPayload(random: Random, customer: string): Payload {
  return payloadOf(
    JSON.stringify({
      orderId: ID_SLOT,
      placedAt: TIME_SLOT,
      customer,
      currency: pick(random, ['EUR', 'USD', 'GBP']),
      lines: Array.from({ length: 8 }, () => ({
        sku: `SKU-${Math.floor(random() * 1e6)}`,
        title: sentence(random, 14),
        quantity: 1 + Math.floor(random() * 4),
        unitPrice: Math.round(random() * 20_000) / 100,
      })),
      shipTo: { name: screenName(random), street: sentence(random, 3), city: sentence(random, 1) },
    }),
  );
}

/** A line of an audit log, about 400 bytes. */
export function auditPayload(random: Random, principal: string): Payload {
  return payloadOf(
    JSON.stringify({
      id: ID_SLOT,
      at: TIME_SLOT,
      principal,
      action: pick(random, ['login', 'logout', 'grant', 'revoke', 'export', 'delete']),
      resource: `urn:app:${sentence(random, 2).replace(' ', ':')}`,
      allowed: random() > 0.04,
      reason: sentence(random, 24),
    }),
  );
}
