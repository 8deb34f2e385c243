import { describe, expect, test } from 'vitest';
import { nickProblem } from './nick.js';

describe('nicks that nobody can have', () => {
  test.each(['\u200b', '\u3164', 'x\u202ey', 'x\u2066y'])('%j', (nick) => {
    expect(nickProblem(nick, 100)?.condition).toBe('not-acceptable');
  });

  test.each(['Ann', '👩‍👩‍👧', 'نور', '小明'])('%s is fine', (nick) =>
    expect(nickProblem(nick, 100)).toBeUndefined(),
  );

  test('one byte past the bound', () => {
    expect(nickProblem('éé', 4)).toBeUndefined();
    expect(nickProblem('ééx', 4)?.condition).toBe('not-acceptable');
  });
});
