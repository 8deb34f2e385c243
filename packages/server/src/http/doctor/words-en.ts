import type { DoctorWords } from './words.js';

export const en: DoctorWords = {
  title: 'Embedding check',
  about: 'Put this address into the frame where the chat is to be: it tells what the page around it allows.',
  states: { waiting: 'Checking', good: 'Works', limited: 'Limited', bad: 'Blocked', skipped: 'Not tried' },
  noScript:
    'Scripts are blocked, so there can be no chat. Add allow-scripts to the sandbox of the frame, or switch JavaScript on.',
  noCode:
    "The script of this page does not arrive, so neither will the chat. Something on the way adds a Content-Security-Policy, or blocks files: the chat server’s own header is to stand alone, with script-src 'self'.",
  summary: {
    waiting: 'Checking what works here',
    good: 'Everything works here.',
    limited: 'The chat works here, with limits.',
    bad: 'Something here stops the chat. What to change stands below.',
  },
  copy: 'Copy the report',
  copied: 'Copied',
  copyByHand: 'The clipboard is blocked. Here is the report, to be copied by hand.',
  again: 'Check again',
  click: 'Check these too',
  clickAbout: 'Browsers allow the last three only after a press.',
  checks: {
    frame: [
      'Inside a frame',
      'This page stands by itself. Open it in the frame of the page that is to be checked.',
    ],
    ancestors: [
      'This page may frame the chat',
      'Add its origin to the server’s setting embed.ancestors, or sign an address for it with meerkat embed.',
    ],
    secure: [
      'Safe connection',
      'Serve the page and the chat over https; without it the browser holds back encryption and cookies.',
    ],
    origin: [
      'An origin of its own',
      'Add allow-same-origin to the sandbox of the frame. Without it nothing is kept and nobody can be signed in.',
    ],
    forms: ['Forms', 'Add allow-forms to the sandbox of the frame, so that guests can give a name.'],
    storage: [
      'Storage',
      'The browser blocks storage in frames of other sites: each visit begins anew. Signing in by a token of the page helps.',
    ],
    cookies: [
      'Cookies of the chat server',
      'The browser blocks cookies of other sites. Sign in by a token of the page, or host the chat on the same site.',
    ],
    partitioned: [
      'Cookies for this page alone',
      'Partitioned cookies do not arrive: they need https and a current browser. A reload signs in anew by the page’s token.',
    ],
    websocket: [
      'WebSocket',
      'No connection by WebSocket. Let the proxy pass upgrades of /xmpp-websocket, and look at the setting origins.',
    ],
    bosh: [
      'HTTP in place of WebSocket',
      'POST to /http-bind fails. Let the proxy pass it, and look at the setting origins.',
    ],
    csp: [
      'Content policies',
      'Something on the way, such as a proxy, adds a Content-Security-Policy that blocks what stands here. Let the chat server’s own header stand alone, or allow it there, too.',
    ],
    policy: ['Permissions of the frame', 'Add allow="clipboard-write; storage-access" to the frame.'],
    referrer: [
      'The page says where it is',
      'It sends no referrer. The chat works; the server cannot tell which page it is on. referrerpolicy="origin" is enough.',
    ],
    loader: [
      'Loader on the page',
      'Give the frame data-meerkat and load /embed/frame.js, for its height, the soft keyboard and unread counts.',
    ],
    tokens: [
      'This page may say who signs in',
      'Add its origin to the setting embed.tokenOrigins, if its visitors are to be signed in by a token.',
    ],
    access: [
      'Access to cookies on request',
      'The browser or the frame refuses it: add allow-storage-access-by-user-activation to the sandbox.',
    ],
    clipboard: ['Clipboard', 'Add allow="clipboard-write" to the frame, so that texts can be copied.'],
    popups: [
      'Links in a new window',
      'Add allow-popups to the sandbox of the frame, or links in messages open nothing.',
    ],
  },
};
