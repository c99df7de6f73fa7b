import { sendPatiently } from './patience.ts';

/** The part of an SDK client that cases use. */
export type Sender<C extends { send: unknown }> = Pick<C, 'send'>;

/** The client with each call bound to a deadline. */
export function boundSender<C extends { send: unknown }>(
  client: C,
  signal: AbortSignal,
): Sender<C> {
  return wrap(client, (send) => send({ abortSignal: signal }));
}

/** The same, and a call that meets the account's call rate is sent again until the deadline. */
export function patientSender<C extends { send: unknown }>(
  client: C,
  signal: AbortSignal,
): Sender<C> {
  return wrap(client, (send) => sendPatiently(() => send({ abortSignal: signal }), signal));
}

type SendOne = (options: { abortSignal: AbortSignal }) => Promise<unknown>;

/** The overloads of `send` cannot be written again without naming each operation: the call is handed on as it came. */
function wrap<C extends { send: unknown }>(
  client: C,
  around: (send: SendOne) => Promise<unknown>,
): Sender<C> {
  const { send } = client as { send: (command: unknown, options: unknown) => Promise<unknown> };
  const sender = {
    send: (command: unknown) => around((options) => send.call(client, command, options)),
  };
  return sender as unknown as Sender<C>;
}
