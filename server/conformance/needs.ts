import type { ClientKind } from './client-kind.ts';

/** What a case cannot be tried without. */
export interface Needs {
  readonly endpoint?: 'cloudwatch' | 'dynamodb' | 's3';
  /** Those clients by which it can be tried. */
  readonly clients?: readonly ClientKind[];
  /** So long it takes at least: it is tried only where --deadline allows for it. */
  readonly seconds?: number;
  /** Why it must not be tried on an account at AWS; it is tried where the endpoint is on this machine. */
  readonly emulatorBecause?: string;
}

/** What a run has. */
export interface Offered {
  readonly client: ClientKind;
  /** Kinesis is on this machine. */
  readonly loopback: boolean;
  readonly cloudwatch: boolean;
  readonly dynamodb: boolean;
  readonly s3: boolean;
  readonly deadlineSeconds: number;
}

/** Why a case does not apply to this run, or undefined where it does. */
export function reasonNotToRun(needs: Needs | undefined, offered: Offered): string | undefined {
  if (needs?.endpoint !== undefined && !offered[needs.endpoint]) {
    return `no --${needs.endpoint} was given`;
  }
  if (needs?.clients !== undefined && !needs.clients.includes(offered.client)) {
    return `is tried by ${needs.clients.join(' or ')} only`;
  }
  if (needs?.seconds !== undefined && offered.deadlineSeconds < needs.seconds) {
    return `takes long: is tried with --deadline ${needs.seconds} or more`;
  }
  if (needs?.emulatorBecause !== undefined && !offered.loopback) {
    return `is tried on this machine only: ${needs.emulatorBecause}`;
  }
  return undefined;
}
