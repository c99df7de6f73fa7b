'use client';

import { Dialog } from '#components/stream-admin/dialog.tsx';
import classes from './palette.module.css';

const KEYS = [
  {
    where: 'Anywhere',
    keys: [
      ['Ctrl K, Cmd K, /', 'go to a stream, page, key, shard or action'],
      ['?', 'this help'],
      ['Esc', 'close what is open; on a stream’s page, the chosen shard'],
    ],
  },
  {
    where: 'On a stream’s page',
    keys: [
      ['D', 'to the details of the chosen shard'],
      ['Space', 'in the recorded past: play and stop'],
    ],
  },
  {
    where: 'On the strip',
    keys: [
      ['← →', 'shard by shard along the ring'],
      ['↑ ↓', 'to the next worse, or less used, shard'],
      ['Home, End', 'first and last shard'],
      ['Enter', 'choose the shard'],
      ['+ − 0', 'zoom in, out, whole ring'],
    ],
  },
  {
    where: 'On the lineage',
    keys: [
      ['← →', 'band by band'],
      ['↑ ↓', 'to a parent, to a child'],
      ['Enter', 'choose the shard'],
    ],
  },
] as const;

/** What can be done by keyboard. */
export function KeyboardHelp(props: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <Dialog title="Keyboard" opened={props.opened} onClose={props.onClose}>
      <div className={classes.help}>
        {KEYS.map(({ where, keys }) => (
          <section key={where}>
            <h3 className={classes.where}>{where}</h3>
            <dl className={classes.keys}>
              {keys.map(([key, what]) => [
                <dt key={key}>
                  <kbd>{key}</kbd>
                </dt>,
                <dd key={`${key} does`}>{what}</dd>,
              ])}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
