import type { LoaderPage } from './loader.js';

/** Copies of the loader, of whatever version, find each other's tags on the document under this name. */
const TAKEN = Symbol.for('meerkat.tags');

/** A document as the loader sees it, watched by one observer. It does not look into shadow roots. */
export function loaderPage(document: Document & { [TAKEN]?: Map<string, string> }): LoaderPage {
  document[TAKEN] ??= new Map();
  return {
    taken: document[TAKEN],
    defined: (tag) => {
      const present: (CustomElementConstructor & { defaultServer?(): string }) | undefined =
        customElements.get(tag);
      return present && (present.defaultServer?.() ?? '');
    },
    warn: (text) => console.warn(text),
    onSight: (tags, seen) => {
      const any = tags.join();
      const look = (within: ParentNode): void => {
        for (const { localName } of within.querySelectorAll(any)) seen(localName);
      };
      const observer = new MutationObserver((records) => {
        for (const { addedNodes } of records) {
          for (const node of addedNodes) {
            if (!(node instanceof Element)) continue;
            if (node.matches(any)) seen(node.localName);
            look(node);
          }
        }
      });
      observer.observe(document, { childList: true, subtree: true });
      look(document);
      return () => observer.disconnect();
    },
    onOnline: (run) => {
      addEventListener('online', run);
      return () => removeEventListener('online', run);
    },
  };
}
