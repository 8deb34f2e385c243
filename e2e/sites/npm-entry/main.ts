import { createChat } from '@meerkat-chat/sdk';
import '@meerkat-chat/widgets/chat-room';

// For tests that are a script of this page.
Object.assign(globalThis, { createChat });
