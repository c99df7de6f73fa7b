import { Message } from '#components/primitives/message.tsx';

/** Nobody reads, or nobody was found: what is looked for, and how one appears here. */
export function NoApplications({ heading }: { readonly heading: 1 | 2 }) {
  return (
    <Message title="No consumer has been found" heading={heading}>
      <p>
        Looked for are lease tables of the Kinesis Client Library and state tables of lifion-kinesis
        in DynamoDB, event source mappings of Lambda, delivery streams of Firehose, and registered
        consumers of enhanced fan-out.
      </p>
      <p>
        A new application appears within a round of the search, as soon as its table holds leases of
        a stream that is read here. What calls GetRecords and keeps its place nowhere that can be
        asked leaves no trace but the stream’s own iterator age.
      </p>
    </Message>
  );
}
