/**
 * What `<script type="module" src="https://chat.example/embed/frame.js">` loads on a page with framed rooms: it sizes
 * each `<iframe data-meerkat>`, tells it what the soft keyboard covers, and dispatches its events (`FrameEventMap`).
 */
import { watchFrames } from './watch-frames.js';

watchFrames(document);
