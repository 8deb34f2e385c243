/** How long a loader may take to say hello, in ms. */
const PATIENCE = 3000;

/** The origin of the page around us, as far as it is told; undefined where there is none. */
export function originAround(): string | undefined {
  if (parent === window) return undefined;
  const { ancestorOrigins } = location;
  if (ancestorOrigins?.[0]) return ancestorOrigins[0];
  return document.referrer ? new URL(document.referrer).origin : undefined;
}

/** Waits for the loader on the page around us (`/embed/frame.js`), and tells it that all is well. @returns whether it is there */
export function hearLoader(): Promise<boolean> {
  return new Promise((resolve) => {
    if (parent === window) {
      resolve(false);
      return;
    }
    addEventListener('message', ({ data, origin, source }) => {
      const { meerkat, type, nonce } = Object(data);
      if (source !== parent || meerkat !== 1 || type !== 'hello' || typeof nonce !== 'string') return;
      const target = origin === 'null' ? '*' : origin;
      const height = document.documentElement.scrollHeight;
      parent.postMessage({ meerkat: 1, type: 'status', nonce, status: 'online' }, target);
      parent.postMessage({ meerkat: 1, type: 'height', nonce, height }, target);
      resolve(true);
    });
    parent.postMessage({ meerkat: 1, type: 'ready' }, '*');
    AbortSignal.timeout(PATIENCE).addEventListener('abort', () => resolve(false));
  });
}
