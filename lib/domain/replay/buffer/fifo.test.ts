import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Fifo } from './fifo.ts';

it('does what a list does, however many have gone through it', () => {
  const anyStep = fc.record({
    do: fc.constantFrom('push', 'push', 'shift', 'shift', 'giveBack'),
    times: fc.nat(700),
  });
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 30 }), (steps) => {
      const fifo = new Fifo<number>();
      const list: number[] = [];
      let next = 0;
      for (const { do: what, times } of steps) {
        for (let i = 0; i < times; i += 1) {
          if (what === 'shift') {
            if (fifo.shift() !== list.shift()) expect.unreachable('another one came out');
          } else if (what === 'push') {
            fifo.push(next);
            list.push(next);
          } else if (i < 5) {
            fifo.giveBack(next);
            list.unshift(next);
          }
          next += 1;
        }
        expect([fifo.size, fifo.peek()]).toEqual([list.length, list[0]]);
      }
      expect(list.map(() => fifo.shift())).toEqual(list);
      expect(fifo.shift()).toBeUndefined();
    }),
  );
});
