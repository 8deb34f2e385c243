import type { ChatMessageEvent } from '@meerkat-chat/widgets/chat-room';
import type { HTMLAttributes } from 'react';

/** A tag with attributes of its own. React 19 sets properties where the element has them, attributes elsewhere. */
type Tag<Own> = HTMLAttributes<HTMLElement> & Own;

declare module 'react' {
  // biome-ignore lint/style/noNamespace: React looks for its tags in this namespace.
  namespace JSX {
    interface IntrinsicElements {
      'chat-room': Tag<{ room: string; 'onchat-message'?: (event: ChatMessageEvent) => void }>;
      'chat-box': Tag<{ room: string; label?: string }>;
    }
  }
}
