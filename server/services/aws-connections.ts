import { type Aws, openAws } from '#server/aws/open-aws.ts';
import type { Connection } from '#server/config/config.ts';
import { ServiceError } from './service-error.ts';

/** A configured connection, and AWS as it reaches it. */
type AwsConnection = { readonly connection: Connection; readonly aws: Aws };

/**
 * What this process may ask of AWS on demand, by connection. Budgets count per process: what a person asks for
 * here comes on top of what the collector reads.
 */
export type AwsConnections = {
  /**
   * Opened at the first use, and kept.
   * @throws ServiceError `not-found` where no such connection is configured
   */
  get(connection: string): AwsConnection;
  /** Ends the sockets of those that were opened. */
  close(): void;
};

export function createAwsConnections(
  connections: readonly Connection[],
  open: (connection: Connection) => Aws = (connection) => openAws(connection, { repeats: false }),
): AwsConnections {
  const opened = new Map<string, AwsConnection>();
  return {
    get(name) {
      const known = opened.get(name);
      if (known !== undefined) return known;
      const connection = connections.find((configured) => configured.name === name);
      if (connection === undefined) {
        throw new ServiceError(
          'not-found',
          `Connection "${name}" is not in this process's configuration, so AWS cannot be asked. Start Kinetoscope again where the configuration was changed.`,
        );
      }
      const made = { connection, aws: open(connection) };
      opened.set(name, made);
      return made;
    },
    close() {
      for (const { aws } of opened.values()) aws.close();
      opened.clear();
    },
  };
}
