import { z } from 'zod';
import { mayActAs } from '#server/auth/role.ts';
import { exportQuarantine } from '#server/services/replays/export-quarantine.ts';
import { getReceipt } from '#server/services/replays/get-receipt.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { respondWithFile } from './export-response.ts';

/** As Next gives what stands in the path. */
type OfReplay = { readonly params: Promise<{ readonly id: string }> };

const idSchema = z.coerce.number().int().positive().max(2_147_483_647);

/** GET: what came of a replay, as JSON. For viewers and above; keys are in it for operators. */
export async function serveReceipt(request: Request, { params }: OfReplay): Promise<Response> {
  return respondWithFile(request, 'viewer', async (ctx) => {
    const id = await idIn(params);
    const showsKeys = mayActAs(ctx.identity.role, 'operator');
    const receipt = await getReceipt({ ctx, input: { id, showsKeys } });
    return {
      name: `receipt-of-replay-${id}.json`,
      contentType: 'application/json; charset=utf-8',
      parts: one(`${JSON.stringify(receipt, null, 2)}\n`),
    };
  });
}

/** GET: all that a replay put into quarantine, a JSON envelope a line. For operators: payloads are in it. */
export async function serveQuarantine(request: Request, { params }: OfReplay): Promise<Response> {
  return respondWithFile(request, 'operator', async (ctx) => {
    const id = await idIn(params);
    return {
      name: `quarantine-of-replay-${id}.jsonl`,
      contentType: 'application/jsonl; charset=utf-8',
      parts: await exportQuarantine({ ctx, actor: ctx.identity, input: { id } }),
    };
  });
}

async function idIn(params: OfReplay['params']): Promise<number> {
  const id = idSchema.safeParse((await params).id);
  if (id.success) return id.data;
  throw new ServiceError('invalid', 'Name the replay by its number.');
}

async function* one(text: string): AsyncGenerator<string, void> {
  yield text;
}
