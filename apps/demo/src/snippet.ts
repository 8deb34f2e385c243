/** The five lines that put the room `lobby` of a server into a page. */
export function snippet(server: string): string {
  return [
    '<!doctype html>',
    '<meta charset="utf-8">',
    '<title>My page</title>',
    `<script type="module" src="${server}/embed.js"></script>`,
    '<chat-room room="lobby"></chat-room>',
  ].join('\n');
}
