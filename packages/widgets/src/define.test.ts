import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { define, type ElementClass } from './define.js';
import { VERSION } from './version.js';

function registry() {
  const tags = new Map<string, CustomElementConstructor>();
  return {
    get: (tag: string) => tags.get(tag),
    define: (tag: string, element: CustomElementConstructor) => void tags.set(tag, element),
  };
}
const element = (version: string) => Object.assign(function Tag() {}, { version }) as unknown as ElementClass;

test('the first one stays: the same version is silent, another one warns once', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const tags = registry();
  const first = element('1.0.0');
  define('chat-x', first, tags);
  define('chat-x', first, tags);
  define('chat-x', element('1.0.0'), tags);
  expect(warn).not.toHaveBeenCalled();
  define('chat-x', element('2.0.0'), tags);
  expect(warn).toHaveBeenCalledTimes(1);
  expect(tags.get('chat-x')).toBe(first);
});

test('does nothing where there is no DOM', () => {
  expect(() => define('chat-x', element('1'), undefined)).not.toThrow();
});

test('the version is that of the package', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(VERSION).toBe(manifest.version);
});
