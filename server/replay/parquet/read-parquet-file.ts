import type { ContainerPart } from '#lib/domain/replay/transform/container/container-part.ts';
import {
  PARQUET_MAGIC,
  type ParquetReader,
} from '#lib/domain/replay/transform/container/parquet.ts';
import { takeRest } from '#lib/domain/replay/transform/container/take-rest.ts';
import { beginsWith } from '#lib/domain/replay/transform/split/bytes.ts';
import { DecodingThread, type ThreadLimits } from './decoding-thread.ts';
import type { RowGroupSpan } from './file-layout.ts';
import { SpooledObject } from './spooled-object.ts';
import type { ParquetAnswer } from './thread-messages.ts';

type Payloads = Extract<ContainerPart, { kind: 'payloads' }>['payloads'];
type Reason = Extract<ContainerPart, { kind: 'quarantined' }>['reason'];

const NOTHING = new Uint8Array();

/** Reads Parquet by the library, in a thread that is killed where it goes too far. */
export const readParquetFile: ParquetReader = (input, options) => parquetReader()(input, options);

/** @param limits of the thread, for tests to set lower ones */
export function parquetReader(limits?: ThreadLimits): ParquetReader {
  return async function* read(input, { recordBytesMax }) {
    const head = await input.peek(PARQUET_MAGIC.length);
    if (head.length === 0) return;
    if (!beginsWith(head, PARQUET_MAGIC)) {
      yield await takeRest(input, 'container-corrupt', recordBytesMax);
      return;
    }
    const spool = await SpooledObject.open();
    const thread = DecodingThread.take(limits);
    try {
      if (await spool.fill(input)) {
        yield* new FileReading(spool, thread, recordBytesMax).parts();
        yield { kind: 'trailing', bytes: spool.trailingBytes };
      } else {
        const end = input.position;
        const bytes = await spool.read(0, Math.min(recordBytesMax, end));
        yield { kind: 'quarantined', reason: 'container-too-large', start: 0, end, bytes };
      }
    } finally {
      thread.release();
      await spool.close();
    }
  };
}

class FileReading {
  readonly #spool: SpooledObject;
  readonly #thread: DecodingThread;
  readonly #recordBytesMax: number;

  constructor(spool: SpooledObject, thread: DecodingThread, recordBytesMax: number) {
    this.#spool = spool;
    this.#thread = thread;
    this.#recordBytesMax = recordBytesMax;
  }

  async *parts(): AsyncGenerator<ContainerPart> {
    const { bytes: end, descriptor } = this.#spool;
    const opened = await this.#thread.ask({ kind: 'open', descriptor, bytes: end });
    if (opened.kind !== 'opened') {
      yield await this.#quarantined(reasonOf(opened), 0, end);
      return;
    }
    let at = 0;
    for (const [number, group] of opened.groups.entries()) {
      if (group.start > at) yield { kind: 'framing', bytes: group.start - at };
      at = group.end;
      yield* this.#group(number, group);
      if (this.#thread.isDead) {
        // How far a thread gets within its limits is no matter of the file alone, so nothing behind may depend on it.
        if (at < end) yield await this.#quarantined('container-too-large', at, end);
        return;
      }
    }
    if (at < end) yield { kind: 'framing', bytes: end - at };
  }

  async *#group(number: number, group: RowGroupSpan): AsyncGenerator<ContainerPart> {
    const { start, end, rows } = group;
    if (rows === 0) yield { kind: 'framing', bytes: end - start };
    const placeOf = (row: number) => start + Math.floor(((end - start) * row) / rows);
    for (let row = 0; row < rows; ) {
      const answer = await this.#thread.ask({
        kind: 'read',
        group: number,
        fromRow: row,
        rowBytesMax: this.#recordBytesMax,
      });
      if (answer.kind !== 'rows') {
        yield await this.#quarantined(reasonOf(answer), placeOf(row), end);
        return;
      }
      const payloads = payloadsOf(answer);
      const next = row + payloads.length;
      yield {
        kind: 'payloads',
        payloads,
        start: placeOf(row),
        end: placeOf(next),
        bytes: NOTHING,
      };
      row = next;
    }
  }

  async #quarantined(reason: Reason, start: number, end: number): Promise<ContainerPart> {
    const bytes = await this.#spool.read(start, Math.min(end, start + this.#recordBytesMax));
    return { kind: 'quarantined', reason, start, end, bytes };
  }
}

function reasonOf(answer: ParquetAnswer): Reason {
  if (answer.kind !== 'refused') throw new Error(`The thread answered with ${answer.kind}.`);
  return answer.reason;
}

function payloadsOf({ bytes, lengths }: Extract<ParquetAnswer, { kind: 'rows' }>): Payloads {
  let at = 0;
  return lengths.map((length) => {
    if (length === null) return 'too-large';
    at += length;
    return bytes.subarray(at - length, at);
  });
}
