// What is read: frames, and addresses.

import { encodeSm, parseJid, serialize } from '@meerkat-chat/xmpp';
import { SaxesParser } from 'saxes';
import { FrameParser } from '../../dist/link/xml-parser.js';
import { DEFAULT_STREAM_LIMITS } from '../../dist/stream/limits.js';
import { acknowledging, signIn, startServer } from './crowd.mjs';
import { GROUPCHAT } from './samples.mjs';

const ADDRESSES = Array.from({ length: 1000 }, (_, at) => `user-${at}@chat${at % 7}.example/page-${at * 7}`);
const SPLIT = /^(?:([^@/]+)@)?([^/]+)(?:\/(.+))?$/;

/** Reads a text with saxes and builds nothing. */
function scanner(text) {
  const saxes = new SaxesParser({ xmlns: true, position: false });
  return () => void saxes.write(text).close();
}

export async function* readingCases() {
  const parser = new FrameParser();
  const limits = { ...DEFAULT_STREAM_LIMITS, bytes: DEFAULT_STREAM_LIMITS.stanzaBytes };
  yield {
    name: 'parse a message of 300 bytes',
    reference: 'saxes, nothing built',
    operations: 1,
    ours() {
      if (!parser.parse(GROUPCHAT, limits).ok) throw new Error('the message was refused');
    },
    bare: scanner(GROUPCHAT),
  };

  const server = await startServer('count');
  const link = await signIn(server, true);
  const frames = { "hear <a h='…'/>": acknowledging(link), 'hear <r/>': serialize(encodeSm({ kind: 'r' })) };
  for (const [name, frame] of Object.entries(frames)) {
    yield {
      name,
      reference: 'saxes, nothing built',
      operations: 1,
      ours: () => link.say(frame),
      bare: scanner(frame),
    };
  }
  await server.stop();

  yield {
    name: 'parse an address',
    reference: 'a regular expression',
    operations: ADDRESSES.length,
    ours() {
      for (const address of ADDRESSES) if (parseJid(address) === undefined) throw new Error(address);
    },
    bare() {
      for (const address of ADDRESSES) if (!SPLIT.test(address)) throw new Error(address);
    },
  };
}
