/**
 * Puts somebody's picture over the first letter of their name, once it has come; where it does not come the letter stays.
 * Loaded with the first one.
 * @param url from whoever the site believes: the host that it names is not told from which page it is asked
 */
export function showPicture(place: HTMLElement, url: string): void {
  const picture = document.createElement('img');
  picture.alt = '';
  picture.decoding = 'async';
  picture.loading = 'lazy';
  picture.draggable = false;
  picture.referrerPolicy = 'no-referrer';
  // By the object model: a strict content policy forbids style attributes.
  place.style.position = 'relative';
  Object.assign(picture.style, {
    position: 'absolute',
    inset: '0',
    inlineSize: '100%',
    blockSize: '100%',
    objectFit: 'cover',
    borderRadius: 'inherit',
    opacity: '0',
  });
  picture.onload = () => {
    // What can be seen through the picture is not the letter.
    picture.style.background = 'var(--_bg)';
    picture.style.opacity = '1';
  };
  picture.onerror = () => picture.remove();
  picture.src = url;
  place.querySelector('img')?.remove();
  place.append(picture);
}
