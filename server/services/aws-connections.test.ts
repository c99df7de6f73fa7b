import { expect, test } from 'vitest';
import { openAws } from '#server/aws/open-aws.ts';
import type { Connection } from '#server/config/config.ts';
import { loadConfig } from '#server/config/load.ts';
import { createAwsConnections } from './aws-connections.ts';

const { connections } = loadConfig({ KINETOSCOPE_REGION: 'eu-central-1' }, '/');
const [configured] = connections;

test('a connection is opened at its first use, once, and closed with the others', () => {
  const opened: string[] = [];
  let closed = 0;
  const open = (connection: Connection) => {
    opened.push(connection.name);
    return { ...openAws(connection), close: () => (closed += 1) };
  };
  const aws = createAwsConnections(connections, open);
  expect(opened).toEqual([]);
  const name = configured?.name ?? '';
  expect(aws.get(name)).toBe(aws.get(name));
  expect(opened).toEqual([name]);
  aws.close();
  expect(closed).toBe(1);
});

test('a connection that is not configured is refused with what to do', () => {
  expect(() => createAwsConnections(connections).get('elsewhere')).toThrow(
    /"elsewhere" is not in this process's configuration/,
  );
});
