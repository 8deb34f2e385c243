/** What the page of a framed room loads (`/embed/room/NAME`): its `<chat-room>`, and a word with the page around it. */
import { register } from '../embedded/chat-room.js';
import { browserSurroundings } from '../runtime.js';
import { frameRoom } from './frame-room.js';

// In two steps, since bundlers take `new URL('..', import.meta.url)` for a file to be copied.
const script = new URL(import.meta.url);

frameRoom(document, browserSurroundings.clock);
register(new URL('..', script).href.replace(/\/$/, ''));
