'use client';

import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './dialog.module.css';

/** A dialog: holds the focus, closes by Escape, and fills a narrow screen. */
export function Dialog(props: {
  readonly title: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Modal.Root
      opened={props.opened}
      onClose={props.onClose}
      size={640}
      closeOnClickOutside={false}
      transitionProps={{ transition: 'fade', duration: 100 }}
      // Not className of Modal.Content: Mantine gives that to the box around it too, which covers the whole page.
      classNames={{ content: classes.content ?? '' }}
    >
      <Modal.Overlay />
      <Modal.Content>
        {/* Not Modal.Header: its <header> would be a second banner of the page. */}
        <div className={classes.header}>
          <Modal.Title className={classes.title ?? ''}>{props.title}</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </div>
        <Modal.Body>{props.children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
