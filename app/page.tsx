import type { Metadata } from 'next';
import { StreamsPage } from '#components/streams/streams-page.tsx';

export const metadata: Metadata = { title: 'Streams' };

/** The layout has read the snapshot; this page only names what shows it. */
export default function Page() {
  return <StreamsPage />;
}
