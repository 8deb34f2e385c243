// Compiled, never run: the tags in JSX as React has it, made by the build. What has to be an error is marked.
import type { ChatSendEvent } from '../dist/chat-room/chat-room.events.js';
import type {} from '../dist/react.js';

const keep = (event: ChatSendEvent) => {
  if (event.text === '') event.preventDefault();
};

export const page = (
  <main>
    <chat-room room="lobby" nick="Mira" theme="dark" density="cosy" className="chat" onchat-send={keep} />
    <chat-room room="lobby" readOnly />
    <presence-badge user="k7Qw" label="Mira" />
  </main>
);

export const wrong = (
  <main>
    {/* @ts-expect-error no such density */}
    <chat-room room="lobby" density="bubbly" />
    {/* @ts-expect-error a room is named, not numbered */}
    <chat-room room={42} />
    {/* @ts-expect-error an event of another class */}
    <chat-room room="lobby" onchat-send={(event: MouseEvent) => event.clientX} />
  </main>
);
