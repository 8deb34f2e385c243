export { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
export { parseFrame } from '../session/frame.js';
export type { FakeChatOptions } from './fake-chat.js';
export { FakeChat, fakeChat } from './fake-chat.js';
export type { FakeRoomOptions } from './fake-room.js';
export { FAKE_HISTORY_LIMIT, FakeRoom } from './fake-room.js';
export { FAKE_START, mkMessage } from './mk-message.js';
export type { TestBrowserOptions } from './test-browser.js';
export { TestBrowser } from './test-browser.js';
