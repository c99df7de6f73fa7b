import { PageLink } from '#components/primitives/page-link.tsx';

/** In the place of an archive: what another replay put into quarantine, with its keys, as it is stored here. */
export function QuarantineSource({ of }: { readonly of: number }) {
  return (
    <p>
      What is replayed lies in the quarantine of{' '}
      <PageLink href={`/replays/${of}`}>replay {of}</PageLink>: its bytes and keys are kept here, so
      there is neither an archive nor a format to choose.
    </p>
  );
}
