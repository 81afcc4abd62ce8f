import { describe, expect, it, vi } from 'vitest';
import { endInTime } from '#app/platform/shutdown.ts';

const done = async (): Promise<void> => undefined;
const never = (): Promise<void> => new Promise(() => undefined);

describe('ending the parts of a console', () => {
  it('ends the others where one fails, and logs which', async () => {
    const error = vi.fn();
    const gone = new Error('the database is gone');
    const ended = vi.fn(done);
    const open = await endInTime(
      [
        { name: 'clocks', end: () => Promise.reject(gone) },
        { name: 'requests', end: ended },
      ],
      60_000,
      { error },
    );
    expect(open).toEqual([]);
    expect(ended).toHaveBeenCalledOnce();
    expect(error).toHaveBeenCalledExactlyOnceWith(
      { err: gone, part: 'clocks' },
      'a part of the console ended with an error',
    );
  });

  it('does not wait for one that never ends, and names it', async () => {
    const endings = [
      { name: 'money', end: never },
      { name: 'sweep', end: done },
    ];
    expect(await endInTime(endings, 1, { error: vi.fn() })).toEqual(['money']);
  });
});
