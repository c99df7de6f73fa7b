import {
  type CheckboxProps,
  type CSSVariablesResolver,
  createTheme,
  type MenuProps,
  type NativeSelectProps,
  type PopoverProps,
  type RadioProps,
  type SelectProps,
  type TextareaProps,
  type TextInputProps,
  type TooltipProps,
} from '@mantine/core';
import classes from './mantine.module.css';

const quick = { transition: 'fade', duration: 100 } as const;

/** Mantine's components in our sizes. Colours come from `mantineVariables`, never from Mantine's palette. */
export const mantineTheme = createTheme({
  fontFamily: 'var(--k-font-sans)',
  fontFamilyMonospace: 'var(--k-font-mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '15px', xl: '20px' },
  radius: { xs: '2px', sm: '3px', md: '3px', lg: '4px', xl: '6px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  // Our controls draw their own pressed state; a shift by a pixel is movement without data.
  activeClassName: '',
  focusClassName: 'k-focus',
  // By name and not by `extend`, which would bring every one of them into the first script of every page.
  components: {
    Tooltip: {
      defaultProps: {
        openDelay: 250,
        transitionProps: quick,
        multiline: true,
        maw: 360,
      } satisfies Partial<TooltipProps>,
      vars: () => ({
        tooltip: { '--tooltip-bg': 'var(--k-raised)', '--tooltip-color': 'var(--k-ink)' },
      }),
    },
    Popover: {
      defaultProps: { transitionProps: quick, shadow: 'md' } satisfies Partial<PopoverProps>,
      classNames: { dropdown: classes.dropdown ?? '' },
    },
    Menu: {
      defaultProps: { transitionProps: quick, shadow: 'md' } satisfies Partial<MenuProps>,
      classNames: { dropdown: classes.dropdown ?? '', item: classes.option ?? '' },
    },
    TextInput: {
      defaultProps: { size: 'xs' } satisfies Partial<TextInputProps>,
      classNames: { input: classes.input ?? '' },
    },
    Textarea: {
      defaultProps: { size: 'xs' } satisfies Partial<TextareaProps>,
      classNames: { input: classes.input ?? '' },
    },
    NativeSelect: {
      defaultProps: { size: 'xs' } satisfies Partial<NativeSelectProps>,
      classNames: { input: classes.input ?? '' },
    },
    Select: {
      defaultProps: {
        size: 'xs',
        comboboxProps: { transitionProps: quick, shadow: 'md' },
      } satisfies Partial<SelectProps>,
      classNames: {
        input: classes.input ?? '',
        dropdown: classes.dropdown ?? '',
        option: classes.option ?? '',
      },
    },
    Checkbox: {
      defaultProps: { size: 'xs' } satisfies Partial<CheckboxProps>,
      classNames: { input: classes.checkbox ?? '' },
    },
    Radio: {
      defaultProps: { size: 'xs' } satisfies Partial<RadioProps>,
      classNames: {
        root: classes.radio ?? '',
        radio: classes.checkbox ?? '',
        description: classes.radioDescription ?? '',
      },
    },
  },
});

/**
 * Mantine's variables in terms of our tokens. Its own defaults fail AA contrast (dimmed text, placeholders,
 * coloured text on tints), so every one that colours text or a border is given here; the tokens change with
 * the colour scheme, so both schemes take the same list.
 */
const colours = {
  '--mantine-color-body': 'var(--k-ground)',
  '--mantine-color-text': 'var(--k-ink)',
  '--mantine-color-bright': 'var(--k-ink)',
  '--mantine-color-dimmed': 'var(--k-ink-2)',
  '--mantine-color-placeholder': 'var(--k-ink-2)',
  '--mantine-color-anchor': 'var(--k-accent)',
  '--mantine-color-error': 'var(--k-danger-ink)',
  '--mantine-color-success': 'var(--k-ok-ink)',
  '--mantine-color-default': 'var(--k-surface)',
  '--mantine-color-default-hover': 'var(--k-raised)',
  '--mantine-color-default-color': 'var(--k-ink)',
  '--mantine-color-default-border': 'var(--k-line-strong)',
  '--mantine-color-disabled': 'var(--k-surface)',
  '--mantine-color-disabled-color': 'var(--k-ink-2)',
  '--mantine-color-disabled-border': 'var(--k-line)',
  '--mantine-primary-color-filled': 'var(--k-accent)',
  '--mantine-primary-color-filled-hover': 'var(--k-accent)',
  '--mantine-primary-color-contrast': 'var(--k-accent-ink)',
  '--mantine-primary-color-light': 'var(--k-raised)',
  '--mantine-primary-color-light-hover': 'var(--k-raised)',
  '--mantine-primary-color-light-color': 'var(--k-accent)',
} as const;

export const mantineVariables: CSSVariablesResolver = () => ({
  variables: { '--mantine-shadow-md': 'var(--k-shadow)' },
  light: colours,
  dark: colours,
});
