// Makes the tags known, and their types.
import '@meerkat-chat/widgets/chat-box';
import '@meerkat-chat/widgets/chat-room';
import type {} from '@meerkat-chat/widgets/react';
import { type ReactElement, useState } from 'react';

const ROOMS = [
  ['lobby', 'Lobby'],
  ['workshop', 'Workshop'],
] as const;

/** Two rooms to choose from, and how many messages came while one looked. */
export function Rooms(): ReactElement {
  const [room, setRoom] = useState<string>('lobby');
  const [heard, setHeard] = useState(0);
  return (
    <section className="rooms" aria-label="Rooms">
      <div className="tabs">
        {ROOMS.map(([name, label]) => (
          <button key={name} type="button" aria-pressed={name === room} onClick={() => setRoom(name)}>
            {label}
          </button>
        ))}
      </div>
      <chat-room room={room} onchat-message={() => setHeard((count) => count + 1)} />
      <p>{heard === 1 ? 'One message' : `${heard} messages`} since you came.</p>
    </section>
  );
}

/** The café of every page, rendered by React on this one. */
export function Cafe(): ReactElement {
  return <chat-box id="cafe" room="cafe" label="Café" />;
}
