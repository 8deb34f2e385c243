import { pageHere } from './follow-page.js';

/** What of a window says that its page has become another one without being loaded again. */
export interface NavigatedView extends EventTarget {
  readonly document: EventTarget & { readonly head: Node };
  readonly history: Pick<History, 'pushState' | 'replaceState'>;
  /** The Navigation API, where there is one. */
  readonly navigation?: EventTarget | undefined;
  readonly MutationObserver: typeof MutationObserver;
}

/** Says so on the window, where the browser has no Navigation API. */
const MOVED = 'meerkat:moved';

/**
 * Calls when the page has become another one: a script has changed its address (`history`, Turbo), or its canonical
 * link, which often comes a little later.
 * @param now which one it was when somebody last looked (`pageHere`)
 * @param signal ends it
 */
export function watchPage(
  now: string,
  changed: () => void,
  signal: AbortSignal,
  view: NavigatedView = window,
  here: () => string = pageHere,
): void {
  let known = now;
  const look = (): void => {
    const page = here();
    if (page === known || signal.aborted) return;
    known = page;
    changed();
  };
  if (view.navigation) view.navigation.addEventListener('currententrychange', look, { signal });
  else {
    tellMoves(view);
    for (const name of [MOVED, 'popstate']) view.addEventListener(name, look, { signal });
  }
  view.document.addEventListener('turbo:load', look, { signal });
  const head = new view.MutationObserver(look);
  head.observe(view.document.head, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['href', 'rel'],
  });
  signal.addEventListener('abort', () => head.disconnect());
  // It may have moved while this was loaded.
  look();
}

/** `pushState` and `replaceState` tell nobody. They stay what they are, and say so afterwards; once for a window. */
function tellMoves(view: NavigatedView): void {
  const { history } = view;
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name];
    if (MOVED in original) continue;
    const telling: typeof original = function (this: History, ...given) {
      original.apply(this, given);
      view.dispatchEvent(new Event(MOVED));
    };
    history[name] = Object.assign(telling, { [MOVED]: true });
  }
}
