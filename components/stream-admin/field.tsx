import { TextInput } from '@mantine/core';

/** A number that is typed. `value` is the text, so that what is half written stays as it is written. */
export function NumberField(props: {
  readonly label: string;
  readonly unit: string;
  readonly value: string;
  readonly fault: string | null;
  readonly onChange: (text: string) => void;
  readonly autoFocus?: boolean;
}) {
  return (
    <TextInput
      label={`${props.label}, ${props.unit}`}
      value={props.value}
      error={props.fault}
      inputMode="numeric"
      autoComplete="off"
      data-autofocus={props.autoFocus || undefined}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      w={186}
    />
  );
}
