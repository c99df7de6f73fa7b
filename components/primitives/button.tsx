import type { ComponentProps } from 'react';
import classes from './button.module.css';

/** A quiet button with a border; the accent belongs to links and focus. */
export function Button({ className, type = 'button', ...rest }: ComponentProps<'button'>) {
  const names = className === undefined ? classes.button : `${classes.button} ${className}`;
  return <button type={type} className={names} {...rest} />;
}
