import { once } from 'node:events';
import net from 'node:net';
import { expect, test } from 'vitest';
import { connectTcp } from './tcp-wire.js';

test('a stream over TCP: a header, children both ways, and an end that is told once', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const accepted = once(server, 'connection') as Promise<[net.Socket]>;
  const heard: string[] = [];
  let ended = (_why: string): void => {};
  const end = new Promise<string>((resolve) => {
    ended = resolve;
  });
  const wire = await connectTcp(
    { url: new URL(`xmpp://127.0.0.1:${port}`), localAddress: undefined },
    { frame: (bytes) => heard.push(bytes.toString()), ended: (why) => ended(why) },
  );
  const [socket] = await accepted;
  wire.open('localhost');
  const [header] = (await once(socket, 'data')) as [Buffer];
  expect(header.toString()).toContain('<stream:stream to="localhost" version="1.0"');
  wire.send('<presence/>');
  expect(String((await once(socket, 'data'))[0])).toBe('<presence/>');
  socket.write(`<stream:stream id='1'><stream:features/><message/></stream:stream>`);
  expect(await end).toBe('the server closed the stream');
  expect(heard).toEqual(['<stream:features/>', '<message/>']);
  server.close();
});
