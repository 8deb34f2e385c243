// Makes the tag known; the next line its type.
import { en } from '@meerkat-chat/widgets/chat-room';
import type {} from '@meerkat-chat/widgets/react';
import { useState } from 'react';

const server = import.meta.env.VITE_CHAT_SERVER ?? 'http://127.0.0.1:5280';
const themes = ['auto', 'light', 'dark'] as const;
/** An object is made once: a new one at each render would be a new set of words each time. */
const strings = { ...en, empty: 'Nobody has said anything about storks yet.' };

export function App() {
  const [theme, setTheme] = useState<(typeof themes)[number]>('auto');
  const [readOnly, setReadOnly] = useState(false);
  const [heard, setHeard] = useState(0);
  return (
    <>
      <h1>Storks, in React</h1>
      <form>
        <label>
          Theme{' '}
          <select value={theme} onChange={(event) => setTheme(themes[event.target.selectedIndex] ?? 'auto')}>
            {themes.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          <input type="checkbox" checked={readOnly} onChange={() => setReadOnly(!readOnly)} /> Read only
        </label>
      </form>
      <chat-room
        src={server}
        room="storks"
        theme={theme}
        readOnly={readOnly}
        strings={strings}
        onchat-message={(event) => {
          if (!event.message.own) setHeard((count) => count + 1);
        }}
      />
      <p role="status">{heard} heard since you came</p>
    </>
  );
}
