import { expect, test } from 'vitest';
import { child, children, childText, el, elements, text, withAttrs } from './element.js';
import { serialize } from './serialize.js';

test('undefined attributes and children are left out', () => {
  const element = el('a', 'urn:a', { x: undefined, n: 1 }, undefined, false, 'text', el('b', 'urn:a'));
  expect(serialize(element)).toBe('<a xmlns="urn:a" n="1">text<b/></a>');
});

test('children are found by name and namespace', () => {
  const parent = el(
    'p',
    'urn:p',
    {},
    'a',
    el('x', 'urn:other'),
    el('x', 'urn:p', {}, '1'),
    'b',
    el('x', 'urn:p'),
  );
  expect(child(parent, 'x')).toMatchObject({ ns: 'urn:p', children: ['1'] });
  expect(children(parent, 'x')).toHaveLength(2);
  expect(child(parent, 'x', 'urn:none')).toBeUndefined();
  expect(elements(parent)).toHaveLength(3);
  expect([text(parent), childText(parent, 'x'), childText(parent, 'y')]).toEqual(['ab', '1', undefined]);
});

test('an attribute of any name is an attribute and nothing else', () => {
  const element = el('a', 'urn:a', JSON.parse('{"__proto__":"p","constructor":"c"}'));
  expect(serialize(element)).toBe('<a xmlns="urn:a" __proto__="p" constructor="c"/>');
  expect(Object.getPrototypeOf(element.attrs)).toBeNull();
});

test('a change is a copy', () => {
  const before = el('a', 'urn:a', { to: 'x', id: '1' });
  const after = withAttrs(before, { to: undefined, from: 'y' });
  expect(serialize(before)).toBe('<a xmlns="urn:a" to="x" id="1"/>');
  expect(serialize(after)).toBe('<a xmlns="urn:a" id="1" from="y"/>');
});
