import type { Off } from '@meerkat-chat/xmpp';
import type { Port } from './port.js';

/** What is needed of the platform's `MessagePort`. */
export interface PlatformPort {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  removeEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  /** Messages wait at the platform's port until this is called. */
  start(): void;
  close(): void;
}

/** A port over the platform's: to a worker, or to another tab. Both ends must be of one version of this package. */
export function messagePort<In, Out>(platform: PlatformPort): Port<In, Out> {
  const undo = new Set<Off>();
  let open = true;
  return {
    post(message: Out): void {
      if (open) platform.postMessage(message);
    },
    onMessage(listener: (message: In) => void): Off {
      const hear = (event: { readonly data: unknown }): void => listener(event.data as In);
      const off = (): void => {
        platform.removeEventListener('message', hear);
        undo.delete(off);
      };
      platform.addEventListener('message', hear);
      undo.add(off);
      platform.start();
      return off;
    },
    close(): void {
      open = false;
      for (const off of [...undo]) off();
      platform.close();
    },
  };
}
