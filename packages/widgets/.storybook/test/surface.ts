import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page, TestInfo } from '@playwright/test';
import type { Entry } from './static-build.js';

interface Declaration {
  readonly tagName?: string;
  readonly attributes?: readonly { readonly name: string; readonly fieldName?: string }[];
  readonly events?: readonly { readonly name: string }[];
  readonly cssParts?: readonly { readonly name: string }[];
  readonly slots?: readonly { readonly name: string }[];
}

const MANIFEST: { readonly modules: readonly { readonly declarations?: readonly Declaration[] }[] } =
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../dist/custom-elements.json'), 'utf8'));
const ELEMENTS = MANIFEST.modules.flatMap(({ declarations = [] }) =>
  declarations.filter((one) => one.tagName),
);

/** What the elements promise to a page, each as `chat-room part row`. */
export function documented(): readonly string[] {
  return ELEMENTS.flatMap(({ tagName, attributes = [], events = [], cssParts = [], slots = [] }) => [
    ...attributes.map(({ name }) => `${tagName} attribute ${name}`),
    ...events.map(({ name }) => `${tagName} event ${name}`),
    ...cssParts.map(({ name }) => `${tagName} part ${name}`),
    ...slots.map(({ name }) => `${tagName} slot ${name}`),
  ]);
}

/** Hears which of the documented events the elements of a page send; before it is opened. */
export async function hearEvents(page: Page): Promise<void> {
  const names = [...new Set(ELEMENTS.flatMap(({ events = [] }) => events.map(({ name }) => name)))];
  await page.addInitScript((all) => {
    const heard: string[] = [];
    Object.assign(globalThis, { heardEvents: heard });
    for (const name of all) {
      window.addEventListener(
        name,
        (event) => {
          const sender = event.composedPath()[0];
          if (sender instanceof Element) heard.push(`${sender.localName} event ${name}`);
        },
        { capture: true },
      );
    }
  }, names);
}

/** What of it a story uses: attributes that are not as they are by default, parts in sight, events that were sent. */
export async function usedBy(page: Page): Promise<readonly string[]> {
  const attributes = ELEMENTS.map(({ tagName, attributes: all = [] }) => ({ tag: tagName ?? '', all }));
  return page.evaluate((elements) => {
    const used = new Set<string>((globalThis as { heardEvents?: readonly string[] }).heardEvents);
    const look = (root: ParentNode, host: Element | undefined): void => {
      for (const element of root.querySelectorAll('*')) {
        const known = elements.find(({ tag }) => tag === element.localName);
        if (host && element.checkVisibility()) {
          for (const part of element.part) used.add(`${host.localName} part ${part}`);
        }
        if (known && element instanceof HTMLElement) {
          const plain = document.createElement(known.tag);
          for (const { name, fieldName = name } of known.all) {
            const [is, was] = [element, plain].map((one) => Reflect.get(one, fieldName));
            if (element.hasAttribute(name) || is !== was) used.add(`${known.tag} attribute ${name}`);
          }
          for (const { slot } of element.children) used.add(`${known.tag} slot ${slot}`);
        }
        if (element.shadowRoot) look(element.shadowRoot, element);
      }
    };
    look(document, undefined);
    return [...used];
  }, attributes);
}

/** Where the runs of the stories leave what each has used, for `surface.spec.ts` after all of them. */
const folderOf = ({ project }: TestInfo) => path.join(project.outputDir, 'surface');

/** Leaves what a story has used. */
export function keepUsed(info: TestInfo, { id }: Entry, used: readonly string[]): void {
  mkdirSync(folderOf(info), { recursive: true });
  writeFileSync(path.join(folderOf(info), `${id}.json`), JSON.stringify(used));
}

/** By story, what was kept in this run. */
export function keptUsed(info: TestInfo): ReadonlyMap<string, readonly string[]> {
  const folder = folderOf(info);
  return new Map(
    readdirSync(folder).map((file) => [
      path.basename(file, '.json'),
      JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as readonly string[],
    ]),
  );
}
