import { type FramedRoom, FrameLink } from './frame-link.js';
import { insetsOf } from './insets.js';
import type { PageEventMap } from './protocol.js';
import { after, makeNonce } from './runtime.js';

const FRAMES = 'iframe[data-meerkat]';
/** The most that a frame with `data-meerkat="auto"` grows to, in px, where no `max-height` says it. */
const TALLEST = 600;

const BLOCKED = 'The framed chat does not answer: see /embed/doctor';

/** Serves the framed rooms of a page, those that come later too, as long as the page lives. */
export function watchFrames(document: Document): void {
  const view = document.defaultView;
  if (!view) return;
  const links = new Map<HTMLIFrameElement, { readonly link: FrameLink; readonly off: () => void }>();
  const add = (frame: HTMLIFrameElement): void => {
    if (links.has(frame)) return;
    const link = new FrameLink(framedRoom(frame, view), makeNonce, after);
    const onLoad = () => link.loaded();
    const onTell = ({ detail }: PageEventMap['meerkat:tell']) => link.tell(detail);
    frame.addEventListener('load', onLoad);
    frame.addEventListener('meerkat:tell', onTell);
    links.set(frame, {
      link,
      off: () => {
        frame.removeEventListener('load', onLoad);
        frame.removeEventListener('meerkat:tell', onTell);
        link.close();
      },
    });
    // It may have loaded before us.
    link.greet();
  };
  const refresh = (): void => {
    for (const [frame, { off }] of links) {
      if (frame.matches(FRAMES) && frame.isConnected) continue;
      off();
      links.delete(frame);
    }
    for (const frame of document.querySelectorAll<HTMLIFrameElement>(FRAMES)) add(frame);
  };
  const onMessage = (event: MessageEvent): void => {
    for (const { link } of links.values()) link.hear(event);
  };
  let painting = false;
  const onMove = (): void => {
    if (painting) return;
    painting = true;
    view.requestAnimationFrame(() => {
      painting = false;
      for (const { link } of links.values()) link.moved();
    });
  };
  new MutationObserver(refresh).observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: ['data-meerkat'],
  });
  view.addEventListener('message', onMessage);
  for (const name of ['resize', 'scroll']) view.visualViewport?.addEventListener(name, onMove);
  refresh();
}

function framedRoom(frame: HTMLIFrameElement, view: Window): FramedRoom {
  return {
    isSource: (source) => source !== null && source === frame.contentWindow,
    origin: () => {
      const opaque = frame.hasAttribute('sandbox') && !frame.sandbox.contains('allow-same-origin');
      // What is in a sandboxed page is sandboxed like it.
      return opaque || view.origin === 'null' ? 'null' : new URL(frame.src, document.baseURI).origin;
    },
    post: (message, target) => frame.contentWindow?.postMessage(message, target),
    insets: () => {
      const shown = view.visualViewport;
      return shown ? insetsOf(frame.getBoundingClientRect(), shown, view.innerHeight) : { top: 0, bottom: 0 };
    },
    tell: (name, detail) => {
      if ('status' in detail && detail.status === 'blocked') console.warn(BLOCKED);
      frame.dispatchEvent(new CustomEvent(name, { detail }));
    },
    giveToken: (origin, nonce) =>
      void import('./give-token.js').then(({ giveToken }) => giveToken(frame, origin, nonce)),
    resize: (height) => {
      if (frame.dataset.meerkat !== 'auto') return;
      const { boxSizing, maxHeight } = view.getComputedStyle(frame);
      const border = boxSizing === 'border-box' ? frame.offsetHeight - frame.clientHeight : 0;
      const most = Number.parseFloat(maxHeight) || TALLEST;
      frame.style.height = `${Math.min(height + border, most)}px`;
    },
  };
}
