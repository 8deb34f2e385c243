// A crowd in a room that no server has to hold: stands between a page and a server, and puts presences of people who are
// not there into what the server says. What the page acknowledges is counted back (XEP-0198).

import { createServer } from 'node:http';
import { createRequire } from 'node:module';

// The server's own.
const { WebSocket, WebSocketServer } = createRequire(
  new URL('../../../server/package.json', import.meta.url),
)('ws');

const ROOM = 'bench@rooms.localhost';
/** Milliseconds that a page has until it joins. */
const PATIENCE = 60_000;

const presence = (name, type) =>
  `<presence xmlns="jabber:client" from="${ROOM}/${name}"${type}><x xmlns="http://jabber.org/protocol/muc#user">` +
  `<item affiliation="none" role="${type === '' ? 'participant' : 'none'}"/></x>` +
  `<occupant-id xmlns="urn:xmpp:occupant-id:0" id="id-of-${name}"/></presence>`;

/**
 * Opens it.
 * @param {URL} server
 * @param {number} size how many are there when the page joins
 */
export async function openCrowd(server, size) {
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'xmpp' });
  const links = new Set();
  const http = createServer(async (_request, response) => {
    const known = await fetch(new URL('/.well-known/host-meta.json', server));
    response.writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' });
    response.end((await known.text()).replaceAll(server.host, `127.0.0.1:${http.address().port}`));
  });
  let joining = () => {};
  const waiting = new Promise((resolve) => {
    joining = resolve;
  });
  http.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (page) => {
      const link = new Link(page, server, size, (go) => joining(go));
      links.add(link);
      page.on('close', () => links.delete(link));
    });
  });
  await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: new URL(`http://127.0.0.1:${http.address().port}`),
    /**
     * Fulfils when the page wants to join, with what lets it.
     * @throws Error when it does not within a minute
     */
    joining: () => Promise.race([waiting, late()]),
    /** Half of `rate` people come and half go, a second, for `seconds`. */
    async storm({ rate, seconds }) {
      const begun = performance.now();
      for (let done = 0; done < rate * seconds; ) {
        const due = Math.min(rate * seconds, Math.floor(((performance.now() - begun) / 1000) * rate));
        for (; done < due; done++) {
          const name = `Late${done >> 1}`;
          for (const link of links) link.put(presence(name, done % 2 === 0 ? '' : ' type="unavailable"'));
        }
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async close() {
      for (const link of links) link.close();
      sockets.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

async function late() {
  await new Promise((resolve) => setTimeout(resolve, PATIENCE).unref());
  throw new Error('the page did not join');
}

/** One page's connection. */
class Link {
  #page;
  #server;
  #put = 0;

  constructor(page, server, size, onJoin) {
    this.#page = page;
    const url = new URL('/xmpp-websocket', server);
    url.protocol = 'ws:';
    this.#server = new WebSocket(url, 'xmpp');
    const before = [];
    const say = (frame) => {
      if (this.#server.readyState === WebSocket.OPEN) this.#server.send(frame);
      else before.push(frame);
    };
    this.#server.on('open', () => before.splice(0).forEach(say));
    page.on('message', (data) => {
      const frame = data
        .toString()
        .replace(/(<a\b[^>]*\bh=["'])(\d+)/, (_all, start, h) => start + (h - this.#put));
      if (frame.startsWith('<presence') && frame.includes('http://jabber.org/protocol/muc"')) {
        onJoin(() => say(frame));
      } else say(frame);
    });
    this.#server.on('message', (data) => {
      const frame = data.toString();
      // The own presence ends the list of who is there (XEP-0045 section 7.2.2).
      if (frame.startsWith('<presence') && frame.includes('code="110"') && this.#put === 0) {
        for (let index = 0; index < size; index++) this.put(presence(`Guest${index}`, ''));
      }
      page.send(frame);
    });
    page.on('close', () => this.#server.terminate());
    this.#server.on('close', () => page.close());
    this.#server.on('error', () => page.close());
  }

  put(stanza) {
    this.#put++;
    this.#page.send(stanza);
  }

  close() {
    this.#page.terminate();
  }
}
