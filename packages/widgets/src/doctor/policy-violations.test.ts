import { expect, test } from 'vitest';
import { bad, good } from './finding.js';
import { PolicyViolations, type Violation, watchViolations } from './policy-violations.js';

const blocked = (blockedURI: string, effectiveDirective = 'connect-src'): Violation => ({
  disposition: 'enforce',
  effectiveDirective,
  blockedURI,
});

test('what a policy blocks is named, once and not without end; what one only reports is not', () => {
  const violations = new PolicyViolations();
  expect(violations.finding).toEqual(good());
  expect(violations.add({ ...blocked('https://a'), disposition: 'report' })).toBe(false);
  expect(violations.finding).toEqual(good());
  expect(violations.add(blocked('wss://a/xmpp-websocket'))).toBe(true);
  expect(violations.add(blocked('wss://a/xmpp-websocket'))).toBe(false);
  expect(violations.add(blocked('inline', 'style-src-elem'))).toBe(true);
  expect(violations.finding).toEqual(bad('connect-src wss://a/xmpp-websocket, style-src-elem inline'));
  for (const url of ['b', 'c', 'd']) expect(violations.add(blocked(url))).toBe(true);
  expect(violations.add(blocked('e'))).toBe(false);
  expect(violations.finding.detail?.split(', ')).toHaveLength(5);
});

test('what was blocked before the script came is heard of, too, where the browser tells it', () => {
  const heard: Violation[] = [];
  const document = new EventTarget();
  class ReportingObserver {
    readonly #told: (reports: readonly object[]) => void;
    constructor(told: (reports: readonly object[]) => void, options: object) {
      expect(options).toEqual({ buffered: true, types: ['csp-violation'] });
      this.#told = told;
    }
    observe(): void {
      const body = { blockedURL: 'inline', disposition: 'enforce', effectiveDirective: 'style-src-elem' };
      this.#told([{ body }, { body: null }]);
    }
  }
  const view = { document, ReportingObserver } as unknown as Window & typeof globalThis;
  watchViolations(view, (violation) => heard.push(violation));
  expect(heard[0]).toEqual(blocked('inline', 'style-src-elem'));
  const event = Object.assign(new Event('securitypolicyviolation'), blocked('https://a'));
  document.dispatchEvent(event);
  expect(heard.at(-1)).toBe(event);

  const old = { document } as unknown as Window & typeof globalThis;
  expect(() => watchViolations(old, () => {})).not.toThrow();
});
