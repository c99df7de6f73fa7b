'use client';

import { Notifications, notifications } from '@mantine/notifications';
import '@mantine/notifications/styles.layer.css';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import { useEffect } from 'react';
import classes from './toast-host.module.css';
import { onToast, takeToasts } from './toast-queue.ts';

/** Long enough to read two lines twice, milliseconds. */
const SHOWN_MS = 8_000;

export function ToastHost() {
  useEffect(() => {
    const show = () => {
      for (const { title, message } of takeToasts()) {
        notifications.show({
          title,
          message,
          icon: <IconCheck size={16} stroke={1.75} aria-hidden />,
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
