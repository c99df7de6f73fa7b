import type { ComponentProps } from 'react';
import classes from './icon-button.module.css';

type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'className'> & {
  /** What the picture means. */
  readonly label: string;
};

/** A button that is a picture alone. */
export function IconButton({ label, ...rest }: IconButtonProps) {
  return <button type="button" className={classes.button} aria-label={label} {...rest} />;
}
