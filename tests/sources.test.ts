import { expect, test } from 'vitest';

// A build that is older than the sources would make every other test here worthless.
test.each(['@meerkat-chat/xmpp', '@meerkat-chat/xmpp/testing'])(
  '%s is read from its sources',
  async (name) => {
    const entry = await import(name);
    expect(Object.keys(entry)).not.toHaveLength(0);
    expect(import.meta.resolve(name)).toMatch(/packages\/xmpp\/src\//);
  },
);
