import { CloseButton, TextInput } from '@mantine/core';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useEnteredEarly } from './use-entered-early.ts';

/** What narrows a list while it is typed, and clears with one click. */
export function SearchField(props: {
  readonly label: string;
  /** Names what is looked at. */
  readonly placeholder: string;
  readonly value: string;
  readonly onSearch: (text: string) => void;
}) {
  const field = useEnteredEarly<HTMLInputElement>(props.value, props.onSearch);
  return (
    <TextInput
      ref={field}
      aria-label={props.label}
      placeholder={props.placeholder}
      leftSection={<IconSearch size={14} stroke={1.75} />}
      rightSection={
        props.value !== '' && (
          <CloseButton size="xs" aria-label="Clear the search" onClick={() => props.onSearch('')} />
        )
      }
      value={props.value}
      onChange={(event) => props.onSearch(event.currentTarget.value)}
    />
  );
}
