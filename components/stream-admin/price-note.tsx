import { PRICE_BASIS } from '#lib/stream-admin/setting-words.ts';
import classes from './price-note.module.css';

/** A price, and of what it is one. */
export function PriceNote({ words }: { readonly words: string }) {
  return (
    <p>
      <strong className={classes.price}>{words}</strong>{' '}
      <span className={classes.basis}>{PRICE_BASIS}</span>
    </p>
  );
}
