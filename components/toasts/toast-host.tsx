'use client';

import { Notifications, notifications } from '@mantine/notifications';
import '@mantine/notifications/styles.layer.css';
import IconAlertTriangleFilled from '@tabler/icons-react/dist/esm/icons/IconAlertTriangleFilled.mjs';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import { useEffect } from 'react';
import { PageLink } from '#components/primitives/page-link.tsx';
import classes from './toast-host.module.css';
import { onToast, type Toast, takeToasts } from './toast-queue.ts';

/** Long enough to read two lines twice, milliseconds. */
const SHOWN_MS = 8_000;

export function ToastHost() {
  useEffect(() => {
    const show = () => {
      for (const toast of takeToasts()) {
        const { title, needsSomebody = false } = toast;
        notifications.show({
          title,
          message: <Words toast={toast} />,
          icon: needsSomebody ? (
            <IconAlertTriangleFilled size={16} aria-hidden className={classes.needs} />
          ) : (
            <IconCheck size={16} stroke={1.75} aria-hidden />
          ),
          ...(needsSomebody && { autoClose: false }),
          withBorder: true,
          closeButtonProps: { 'aria-label': 'Dismiss' },
          classNames: {
            root: classes.toast ?? '',
            icon: classes.icon ?? '',
            title: classes.title ?? '',
            description: classes.message ?? '',
          },
        });
      }
    };
    show();
    return onToast(show);
  }, []);
  return <Notifications position="bottom-left" autoClose={SHOWN_MS} limit={3} zIndex={400} />;
}

function Words({ toast: { message, link } }: { readonly toast: Toast }) {
  if (link === undefined) return message;
  return (
    <>
      {message} <PageLink href={link.href}>{link.words}</PageLink>
    </>
  );
}
