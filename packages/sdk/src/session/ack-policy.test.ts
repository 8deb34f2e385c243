import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { AckPolicy, type AckTimes } from './ack-policy.js';

const times: AckTimes = {
  everyStanzas: 5,
  afterStanza: 2000,
  whenQuiet: 25_000,
  deadline: 10_000,
  hiddenDeadline: 30_000,
};

function scene({ visible = true } = {}) {
  const clock = new FakeClock();
  const said: string[] = [];
  const page = { visible };
  const policy = new AckPolicy(clock, times, {
    ask: () => said.push('ask'),
    dead: () => said.push('dead'),
    visible: () => page.visible,
  });
  return { clock, said, page, policy };
}

test('a link that is quiet for the span is asked, and not before', () => {
  const { clock, said } = scene();
  clock.advance(24_999);
  expect(said).toEqual([]);
  clock.advance(1);
  expect(said).toEqual(['ask']);
});

test('whatever is heard begins the span anew, however often, with one timer for all of it', () => {
  const { clock, said, policy } = scene();
  for (let frame = 0; frame < 100; frame++) {
    clock.advance(500);
    policy.heard();
  }
  expect(clock.pending).toBe(1);
  clock.advance(24_999);
  expect(said).toEqual([]);
  clock.advance(1);
  expect(said).toEqual(['ask']);
});

test('an answer begins the span again, silence is death', () => {
  const { clock, said, policy } = scene();
  clock.advance(25_000);
  policy.heard();
  clock.advance(25_000);
  expect(said).toEqual(['ask', 'ask']);
  clock.advance(9999);
  expect(said).toEqual(['ask', 'ask']);
  clock.advance(1);
  expect(said).toEqual(['ask', 'ask', 'dead']);
  clock.advance(100_000);
  expect(said).toHaveLength(3);
});

test('a hidden page does not ask; shown again, it does with the next span', () => {
  const { clock, said, page } = scene({ visible: false });
  clock.advance(100_000);
  expect(said).toEqual([]);
  page.visible = true;
  clock.advance(25_000);
  expect(said).toEqual(['ask']);
});
