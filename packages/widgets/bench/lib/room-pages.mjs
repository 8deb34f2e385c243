// Pages that somebody opens who wants to be in a room: with ours, and with converse.js.

import { ACCOUNT, ROOM } from './room-server.mjs';

const head = (title) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>`;

/** Ours, as README.md says. */
export const meerkatPage = {
  /** @param {URL} server @param {URL} [socket] where the connection goes, when not there */
  html: (server, socket = server) => `${head('chat-room')}
<script type="module" src="${server.origin}/embed.js"></script>
<chat-room src="${socket.origin}" room="${ROOM}" nick="Reader" style="display: block; width: 360px; height: 600px"></chat-room>`,
  /** Whether somebody can read and write now; runs in the page. */
  isIn: () => {
    const root = document.querySelector('chat-room')?.shadowRoot;
    return root?.querySelector('.people-button') != null && root.querySelector('textarea') != null;
  },
  /** How many people it says are there; runs in the page. */
  people: () => {
    const said = document
      .querySelector('chat-room')
      .shadowRoot.querySelector('.people-button span')?.textContent;
    return Number(said?.replace(/\D/g, '') ?? 0);
  },
  /** How many messages have a row; runs in the page. */
  rows: () => document.querySelector('chat-room')?.shadowRoot?.querySelectorAll('.row').length ?? 0,
  /** Whether a text is in a row; runs in the page. */
  shows: (text) =>
    [...document.querySelector('chat-room').shadowRoot.querySelectorAll('.row')].some((row) =>
      row.textContent.includes(text),
    ),
};

/** converse.js, as its documentation says, as small as it can be made by settings. */
export const conversePage = {
  html: (server, socket = server) => `${head('converse.js')}
<link rel="stylesheet" href="/peers/converse.js/dist/converse.min.css">
<div style="position: relative; width: 360px; height: 600px; overflow: hidden"><converse-root></converse-root></div>
<script type="module">
  import converse from '/peers/converse.js/dist/converse.min.js';
  converse.initialize({
    assets_path: '/peers/converse.js/dist/',
    websocket_url: '${socket.origin.replace(/^http/, 'ws')}/xmpp-websocket',
    discover_connection_methods: false,
    authentication: 'login',
    auto_login: true,
    jid: '${ACCOUNT.jid}',
    password: '${ACCOUNT.password}',
    auto_join_rooms: [{ jid: '${ROOM}@rooms.localhost', nick: 'Reader' }],
    view_mode: 'embedded',
    singleton: true,
    play_sounds: false,
    show_desktop_notifications: 'never',
    allow_non_roster_messaging: true,
    loglevel: 'fatal',
    blacklisted_plugins: ['converse-omemo'],
    i18n: 'en',
  });
</script>`,
  isIn: () => document.querySelector('converse-muc-message-form textarea, converse-muc textarea') !== null,
  people: () =>
    Number(/\d+/.exec(document.querySelector('converse-muc-sidebar')?.textContent ?? '')?.[0] ?? 0),
  rows: () => document.querySelectorAll('.chat-msg').length,
  shows: (text) => [...document.querySelectorAll('.chat-msg')].some((row) => row.textContent.includes(text)),
};
