import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';

// Made for this proxy alone, signed by itself, good for `localhost` until 2126.
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgd9rJOiVenzZe7Bxg
MhgAgU/5170Bvl3QJ+w/xAqbt/+hRANCAAQAWFgN8EQu4Zg81chLWBwTHgET0zkQ
Oqjb8L7swMkhfRiN4dSW6mtDfbv2FupGXiNrDwID6bkcCpHFnu0MDXHH
-----END PRIVATE KEY-----`;
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBgDCCASWgAwIBAgIUZjklFkPTv8R7chSlf74/E9Sa9eYwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTEyMzQ1NFoYDzIxMjYxMDI4
MTIzNDU0WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQAWFgN8EQu4Zg81chLWBwTHgET0zkQOqjb8L7swMkhfRiN4dSW6mtD
fbv2FupGXiNrDwID6bkcCpHFnu0MDXHHo1MwUTAdBgNVHQ4EFgQUNW7PugBFwxOc
VLVugqDhb0DejvUwHwYDVR0jBBgwFoAUNW7PugBFwxOcVLVugqDhb0DejvUwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEA1i2sYwdxFyPfSDWqD40Y
6JV0Jx59pedlbfqhwMgYFvMCIQCcIbyzevGa1se4UknPrNhZYO3yAQrDUfTfVDPy
mN/AuA==
-----END CERTIFICATE-----`;

/** What stands before a server for TLS, with a certificate that nobody trusts. */
export interface TlsProxy {
  readonly port: number;
  close(): void;
}

/** Takes TLS connections and passes what they carry on to a port of this machine. */
export async function startTlsProxy(to: number): Promise<TlsProxy> {
  const sockets = new Set<net.Socket>();
  const server = tls.createServer({ key: KEY, cert: CERTIFICATE }, (outside) => {
    const inside = net.connect(to, '127.0.0.1');
    for (const [socket, other] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      sockets.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    port: address.port,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
