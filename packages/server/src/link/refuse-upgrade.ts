import type { Duplex } from 'node:stream';

/** Answers a request for another protocol with a status, and lets the connection go. @param status `404 Not Found` */
export function refuseUpgrade(socket: Duplex, status: string): void {
  // Nobody else listens for what goes wrong here, and an unheard error would end the process.
  socket.on('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
