import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';

const main = path.resolve(import.meta.dirname, '../../packages/server/dist/main.js');

/** Runs the command line. */
export const meerkat = (...args: readonly string[]) => promisify(execFile)(process.execPath, [main, ...args]);

/** Somebody with an account, who needs no element of ours. */
export interface Account {
  readonly webSocketUrl: string;
  readonly name: string;
  readonly password: string;
}

/**
 * Signs in over a bare WebSocket (RFC 6120, PLAIN) in a page, sends a stanza, and stays there until the page closes.
 *
 * @param until what an answer contains that is waited for; without it nothing is
 * @returns sends one more stanza
 */
export async function signIn(
  page: Page,
  { webSocketUrl, name, password }: Account,
  stanza: string,
  until?: string,
): Promise<(stanza: string) => Promise<void>> {
  await page.evaluate(
    ({ url, secret, first, answer }) =>
      new Promise<void>((resolve, reject) => {
        const socket = new WebSocket(url, 'xmpp');
        const open = '<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="localhost" version="1.0"/>';
        let signedIn = false;
        socket.onopen = () => socket.send(open);
        socket.onmessage = ({ data }: MessageEvent<string>) => {
          if (data.includes('features') && !signedIn) {
            socket.send(`<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="PLAIN">${secret}</auth>`);
          } else if (data.startsWith('<success')) {
            signedIn = true;
            socket.send(open);
          } else if (data.includes('features')) {
            socket.send(
              '<iq xmlns="jabber:client" type="set" id="bind"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>',
            );
          } else if (data.includes('<jid>')) {
            socket.send(first);
            if (answer === undefined) resolve();
          } else if (answer !== undefined && data.includes(answer)) resolve();
          else if (data.includes('<failure')) reject(new Error(data));
        };
        Object.assign(window, { sendStanza: (more: string) => socket.send(more) });
      }),
    {
      url: webSocketUrl,
      secret: Buffer.from(`\0${name}\0${password}`).toString('base64'),
      first: stanza,
      answer: until,
    },
  );
  return (more) => page.evaluate(`sendStanza(${JSON.stringify(more)})`);
}
