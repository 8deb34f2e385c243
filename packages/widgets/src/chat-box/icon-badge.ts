const BADGE = 'data-meerkat-badge';
/** On an icon of the page that stands aside: its `rel`. */
const ASIDE = 'data-meerkat-rel';
/** In px: what tabs of today's screens show. */
const SIZE = 32;

/**
 * A number drawn over a page's icon. All it does is written into the head, so that `count` 0 restores what any copy
 * of it has done. An icon of another site cannot be drawn over: it is left alone.
 */
export class IconBadge {
  readonly #document: Document;
  /** The page's icon by its address; undefined where it cannot be drawn over. */
  #icon:
    | { readonly href: string; readonly image: Promise<HTMLImageElement | 'foreign' | 'none'> }
    | undefined;
  #count = 0;

  constructor(document: Document) {
    this.#document = document;
  }

  show(count: number): void {
    const { head, defaultView } = this.#document;
    this.#count = count;
    // The icon of a tab is that of its outermost page.
    if (defaultView !== defaultView?.top) return;
    if (count > 0) void this.#draw(count);
    else {
      head.querySelector(`link[${BADGE}]`)?.remove();
      for (const link of head.querySelectorAll(`link[${ASIDE}]`)) {
        link.setAttribute('rel', link.getAttribute(ASIDE) ?? 'icon');
        link.removeAttribute(ASIDE);
      }
    }
  }

  async #draw(count: number): Promise<void> {
    const { head } = this.#document;
    const text = count > 9 ? '9+' : String(count);
    const own = [
      ...head.querySelectorAll<HTMLLinkElement>(`link[rel~="icon" i]:not([${BADGE}]), link[${ASIDE}]`),
    ];
    const href = own.at(-1)?.href || new URL('/favicon.ico', this.#document.baseURI).href;
    if (this.#icon?.href !== href) this.#icon = { href, image: this.#load(href, own.length > 0) };
    const image = await this.#icon.image;
    // Meanwhile there may be another count, or none.
    if (this.#count !== count || image === 'foreign') return;
    const badge =
      head.querySelector<HTMLLinkElement>(`link[${BADGE}]`) ?? this.#document.createElement('link');
    const drawn = `${text} ${href}`;
    if (badge.getAttribute(BADGE) !== drawn) {
      const url = this.#picture(text, image === 'none' ? undefined : image);
      if (url === undefined) return;
      badge.setAttribute(BADGE, drawn);
      badge.rel = 'icon';
      badge.href = url;
    }
    for (const link of own) {
      if (link.hasAttribute(ASIDE)) continue;
      link.setAttribute(ASIDE, link.rel);
      link.setAttribute('rel', '');
    }
    if (!badge.isConnected) head.append(badge);
  }

  /** @param named whether the page names its icon: if not, there may well be none, and the number stands alone */
  #load(href: string, named: boolean): Promise<HTMLImageElement | 'foreign' | 'none'> {
    const image = this.#document.createElement('img');
    image.crossOrigin = 'anonymous';
    image.src = href;
    return image.decode().then(
      () => image,
      () => (named ? 'foreign' : 'none'),
    );
  }

  #picture(text: string, image: HTMLImageElement | undefined): string | undefined {
    const canvas = this.#document.createElement('canvas');
    canvas.width = SIZE;
    canvas.height = SIZE;
    const pen = canvas.getContext('2d');
    if (!pen) return undefined;
    try {
      if (image) pen.drawImage(image, 0, 0, SIZE, SIZE);
      const radius = image ? 11 : SIZE / 2;
      pen.fillStyle = '#c4262e';
      pen.beginPath();
      pen.arc(SIZE - radius, SIZE - radius, radius, 0, 2 * Math.PI);
      pen.fill();
      pen.fillStyle = '#fff';
      pen.font = `bold ${Math.round(radius * (text.length > 1 ? 1.1 : 1.5))}px system-ui, sans-serif`;
      pen.textAlign = 'center';
      pen.textBaseline = 'middle';
      pen.fillText(text, SIZE - radius, SIZE - radius + 1);
      return canvas.toDataURL('image/png');
    } catch {
      // Protection against fingerprinting, or an icon that taints the canvas.
      return undefined;
    }
  }
}
