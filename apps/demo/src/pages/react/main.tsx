import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Cafe, Rooms } from './rooms.js';

for (const [id, content] of [
  ['app', <Rooms key="rooms" />],
  ['corner', <Cafe key="cafe" />],
] as const) {
  const place = document.getElementById(id);
  if (place) createRoot(place).render(<StrictMode>{content}</StrictMode>);
}
