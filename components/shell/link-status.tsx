'use client';

import { DropPanel } from '#components/primitives/drop-panel.tsx';
import { useLink, usePause, useRowsOfNow, useServerNow } from '#lib/live/live-provider.tsx';
import { describeConnection, describeLink } from '#lib/shell/link-words.ts';
import classes from './link-status.module.css';

/** Whether what you see is of now: a dot and a word, and on a click how each connection is read. */
export function LinkStatus() {
  const link = useLink();
  const { rows, connections } = useRowsOfNow();
  const nowMs = useServerNow();
  const lines = connections.map((connection) => describeConnection(connection, nowMs, rows));
  const paused = usePause().pausedAtMs !== null;
  const { tone, word } = describeLink(link, lines, nowMs, paused);

  return (
    <DropPanel
      position="bottom-end"
      width={340}
      isOnlyRead
      label="Where figures come from"
      className={classes.panel}
      button={
        <button type="button" className={classes.status} data-tone={tone}>
          <span className={classes.dot} aria-hidden="true" />
          <span className={classes.word}>{word}</span>
        </button>
      }
    >
      {() => (
        <>
          <h2 className={classes.title}>Where figures come from</h2>
          {lines.length === 0 && <p className={classes.none}>No connection has been read yet.</p>}
          <ul className={classes.list}>
            {lines.map((line) => (
              <li key={line.connection} className={classes.connection}>
                <p className={classes.head}>
                  <span className={classes.dot} data-tone={line.tone} aria-hidden="true" />
                  <strong>{line.connection}</strong>
                  <span className={classes.age}>{line.word}</span>
                </p>
                <p className={classes.facts}>{line.facts}</p>
                {line.failure !== null && <p className={classes.failure}>{line.failure}</p>}
              </li>
            ))}
          </ul>
          <p className={classes.server}>
            {link.state === 'lost'
              ? 'This page has lost its server; it tries again by itself.'
              : (link.problem ?? 'This page hears from its server as things happen.')}
          </p>
        </>
      )}
    </DropPanel>
  );
}
