/** Places of the product besides streams and applications, in the order of the bar. */
export const MORE_PLACES = [
  { href: '/replays', name: 'Replays' },
  { href: '/operations', name: 'Operations' },
  { href: '/costs', name: 'Cost & quotas' },
] as const;
