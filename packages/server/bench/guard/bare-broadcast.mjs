// What the server is compared with: WebSockets on bare sockets. For every frame that somebody sends, all get one and the
// same frame, which was built at the start. No parsing, no addresses, no acknowledgement, no archive: the least that Node
// and the kernel ask for a delivery. It uses no package, so that it stays what it is: change it, and every recorded ratio
// is void.
// Usage: node bare-broadcast.mjs BYTES     the length of the text that everybody gets

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

/** RFC 6455 section 1.3. */
const ACCEPT = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

const bytes = Number(process.argv[2]);
if (!(bytes > 125 && bytes <= 0xffff)) throw new RangeError('a length from 126 to 65535 is needed');
const frame = Buffer.alloc(4 + bytes, 'x');
frame[0] = 0x81;
frame[1] = 126;
frame.writeUInt16BE(bytes, 2);

const sockets = new Set();

/** Counts the masked frames that a client sends; they may be cut anywhere. */
function frameCounter(heard) {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    for (;;) {
      if (data.length - at < 8) break;
      const short = data[at + 1] & 127;
      const end = at + (short < 126 ? 6 + short : 8 + data.readUInt16BE(at + 2));
      if (data.length < end) break;
      at = end;
      heard();
    }
    rest = data.subarray(at);
  };
}

const server = createServer((_request, response) => response.writeHead(404).end());
server.on('upgrade', (request, socket) => {
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key']}${ACCEPT}`)
    .digest('base64');
  socket.setNoDelay(true);
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Protocol: xmpp\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  sockets.add(socket);
  socket.on(
    'data',
    frameCounter(() => {
      for (const each of sockets) each.write(frame);
    }),
  );
  socket.on('error', () => {});
  socket.on('close', () => sockets.delete(socket));
});
server.listen(0, '127.0.0.1', () => console.log(`ready on http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit());
