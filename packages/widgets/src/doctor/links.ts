import { bad, type Finding, good, wordOf } from './finding.js';

/** How long a connection may take, in ms. */
const PATIENCE = 8000;

/** Opens a WebSocket to the server, as a chat does (RFC 7395). */
export function tryWebSocket(): Promise<Finding> {
  return new Promise((resolve) => {
    try {
      const url = new URL('/xmpp-websocket', location.href);
      url.protocol = url.protocol.replace('http', 'ws');
      const socket = new WebSocket(url, 'xmpp');
      const end = (finding: Finding): void => {
        resolve(finding);
        socket.close();
      };
      socket.addEventListener('open', () => end(socket.protocol === 'xmpp' ? good() : bad('protocol')));
      socket.addEventListener('error', () => end(bad()));
      AbortSignal.timeout(PATIENCE).addEventListener('abort', () => end(bad('TimeoutError')));
    } catch (error) {
      resolve(bad(wordOf(error)));
    }
  });
}

/** Asks the server for a session over HTTP (XEP-0124) and gives it back. @param domain of the accounts */
export async function tryBosh(domain: string): Promise<Finding> {
  const rid = 1_000_001;
  const post = async (attributes: string): Promise<string> => {
    const body = `<body xmlns="http://jabber.org/protocol/httpbind" ${attributes}/>`;
    const headers = { 'content-type': 'text/xml; charset=utf-8' };
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(new URL('/http-bind', location.href), {
      method: 'POST',
      body,
      headers,
      signal,
    });
    return answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)));
  };
  try {
    const made = await post(`rid="${rid}" to="${domain}" ver="1.11" wait="5" hold="1" xml:lang="en"`);
    const sid = / sid=["']([\w-]+)["']/.exec(made)?.[1];
    if (sid === undefined) return bad();
    void post(`rid="${rid + 1}" sid="${sid}" type="terminate"`).catch(() => {});
    return good();
  } catch (error) {
    return bad(error instanceof Error && /^\d+$/.test(error.message) ? error.message : wordOf(error));
  }
}
