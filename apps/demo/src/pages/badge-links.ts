/** A badge of the person behind a status id, with the state in words. */
export function badge(id: string): HTMLElement {
  const element = document.createElement('presence-badge');
  element.setAttribute('user', id);
  element.setAttribute('label', '');
  return element;
}

/** Where a status can be had: as a tag, a picture, for programs, and as a link to send to a friend. */
export function links(origin: string, id: string): HTMLLIElement[] {
  const row = (content: string | HTMLElement) => {
    const item = document.createElement('li');
    item.append(content);
    return item;
  };
  const link = (path: string) => {
    const anchor = document.createElement('a');
    anchor.href = path;
    anchor.textContent = origin + path;
    return anchor;
  };
  return [
    row(`<presence-badge user="${id}"></presence-badge>`),
    ...[`/status/${id}.svg`, `/status/${id}.json`, `/people/#${id}`].map((path) => row(link(path))),
  ];
}
