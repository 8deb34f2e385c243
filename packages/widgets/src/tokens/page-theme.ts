import type { LitElement } from 'lit';
import type { Surroundings } from '../runtime.js';
import { isLight } from './ground.js';

/** How long the colours of a page may take to fade into others, in ms. */
const FADED = 500;
/** What browsers give to links that nobody has given a colour. */
const NO_COLOUR = /^rgb\((0, 0, 238|158, 158, 255|140, 140, 255)\)$/;

/** An element that stands on a page and is to look like it. */
export type ThemedElement = LitElement & { readonly surroundings: Pick<Surroundings, 'clock'> };

/**
 * Makes an element fit its page, as far as the page has not said by `theme` and `--chat-accent` how it is to be:
 * - the scheme: `color-scheme` is inherited; but where the ground that the element lies on is of the other one, or the
 *   text around it where no ground is known (a picture), that counts;
 * - the accent: the page's `accent-color`, else the colour of the first link in a paragraph, unless that has none.
 *
 * It looks when the element comes into the page, and again when the colour of the text around it or `accent-color` has
 * changed, whatever changed them: an empty element beside the content inherits both and tells by a transition of its own.
 * So nothing outside is observed, and nothing has to be let go of.
 */
export function fitPage(host: ThemedElement): void {
  const sheet = new CSSStyleSheet();
  const probe = host.ownerDocument.createElement('i');
  const look = (): void => {
    if (probe.isConnected) sheet.replaceSync(`:host{${differences(host, probe)}}`);
  };
  probe.className = 'page';
  // The second when it was not displayed, and now is.
  for (const name of ['transitionend', 'animationstart']) {
    probe.addEventListener(name, () => {
      look();
      host.surroundings.clock.after(FADED, look);
    });
  }
  host.addController({
    hostConnected: () => {
      const root = host.shadowRoot;
      if (root && !probe.isConnected) {
        root.append(probe);
        root.adoptedStyleSheets.push(sheet);
      }
      look();
    },
  });
}

/** In what the page differs from what the styles take by themselves, as declarations. */
function differences(host: Element, probe: Element): string {
  const style = (element: Element) => getComputedStyle(element);
  const { accentColor, color } = style(probe);
  let light: boolean | undefined;
  for (let at: Element | undefined = probe; at && light === undefined; at = around(at)) {
    light = isLight(style(at).backgroundColor);
  }
  light ??= !isLight(color);
  const { colorScheme } = style(around(host) ?? host);
  const inherited =
    colorScheme.includes('dark') &&
    (!colorScheme.includes('light') || matchMedia('(prefers-color-scheme:dark)').matches)
      ? 'dark'
      : 'light';
  const scheme = light ? 'light' : 'dark';

  const wanted = style(probe).getPropertyValue('--chat-accent');
  const usable = CSS.supports('color', wanted) && !/current/i.test(wanted);
  // What the page wants is not usable, and the probe has what comes after it.
  const accent = usable ? '' : accentColor === 'auto' ? linkColour(host.ownerDocument) : accentColor;
  return (
    (scheme === inherited ? '' : `color-scheme:${scheme};`) + (accent ? `--_page-accent:${accent};` : '')
  );
}

/** The element that one is shown in. */
function around(element: Element): Element | undefined {
  return element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host;
}

function linkColour(document: Document): string | undefined {
  const link = document.querySelector('p a[href]');
  const colour = link ? getComputedStyle(link).color : '';
  const text = link?.parentElement && getComputedStyle(link.parentElement).color;
  return colour === text || NO_COLOUR.test(colour) ? undefined : colour;
}
