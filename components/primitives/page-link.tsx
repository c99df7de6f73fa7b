import Link from 'next/link';
import type { ComponentProps } from 'react';
import { LinkPending } from './link-pending.tsx';

/**
 * The way to another page. Each page is made anew when it is asked for, so that nothing is fetched ahead: that would
 * only be work for the server, while the page that somebody looks at waits for it. Where the next page is late, a
 * line says that it is on its way.
 */
export function PageLink({ children, ...props }: Omit<ComponentProps<typeof Link>, 'prefetch'>) {
  return (
    <Link {...props} prefetch={false}>
      {children}
      <LinkPending />
    </Link>
  );
}
