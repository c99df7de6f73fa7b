'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { PageLink } from '#components/primitives/page-link.tsx';
import classes from './nav-link.module.css';

/**
 * A place of the product.
 * @param props.under path of the pages that belong to it, besides `href` itself
 * @param props.onGo when it is followed, also to where one is
 */
export function NavLink(props: {
  readonly href: string;
  readonly under: string;
  readonly onGo?: () => void;
  readonly children: ReactNode;
}) {
  const path = usePathname();
  const here = path === props.href;
  const within = here || path.startsWith(`${props.under}/`);
  return (
    <PageLink
      href={props.href}
      className={classes.link}
      data-within={within || undefined}
      aria-current={here ? 'page' : undefined}
      {...(props.onGo !== undefined && { onClick: props.onGo })}
    >
      {props.children}
    </PageLink>
  );
}
