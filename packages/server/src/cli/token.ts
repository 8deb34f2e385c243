import type { Command } from 'commander';
import { ownTokenSecret } from '../auth/create-authenticator.js';
import { loadServerKey } from '../auth/server-key.js';
import { readClaims } from '../auth/token/claims.js';
import { mintToken } from '../auth/token/mint-token.js';
import { openDataFolder } from '../data-folder.js';
import { GRANTED_RIGHTS, type GrantedRight } from '../kernel/grant.js';
import { createRuntimeEnv } from '../runtime.js';
import { type CommonOptions, configOf, withCommonOptions } from './common.js';
import { type CliIo, UsageError } from './io.js';
import { noteAct } from './open-storage.js';
import { readSpan } from './span.js';

interface TokenOptions extends CommonOptions {
  readonly life: string;
  readonly name?: string;
  readonly picture?: string;
  readonly origin?: string;
  readonly room?: readonly string[];
}

/** Reads `stream-42=moderate`; without a right it is to write. @throws UsageError */
function readRoom(text: string): [string, GrantedRight] {
  const [name = '', given = 'write'] = text.split('=', 2);
  const right = GRANTED_RIGHTS.find((one) => one === given);
  if (name !== '' && right) return [name, right];
  const ways = GRANTED_RIGHTS.map((one) => `NAME=${one}`).join(', ');
  throw new UsageError(`--room must be a name, or one of ${ways}, not ${text}`);
}

/** `meerkat token`: a token for trying, signed with a secret of this server's own. It is all that goes to stdout. */
export function addToken(program: Command, io: CliIo): void {
  withCommonOptions(program.command('token').description('make a token that signs somebody in, for trying'))
    .argument('<user>', 'whom it signs in')
    .option('--life <time>', 'how long it is good', '1h')
    .option('--name <text>', 'the name to show')
    .option('--picture <url>', 'the picture to show, an https URL')
    .option('--origin <url>', 'the origin of the page that may use it')
    .option(
      '--room <name=right...>',
      `a room that may be entered (${GRANTED_RIGHTS.join(', ')}); all where none is named`,
    )
    .action(async (user: string, options: TokenOptions) => {
      const config = configOf(options, io);
      const env = createRuntimeEnv();
      const life = readSpan(options.life);
      if (life > config.auth.token.maxLife) {
        throw new UsageError('--life must be no longer than auth.token.maxLife, or nobody would take it');
      }
      const { name, origin, picture } = options;
      const wish = {
        user,
        audience: config.auth.token.audience[0] ?? config.domain,
        now: env.clock.now(),
        life,
        name,
        origin,
        picture,
        rooms: options.room && Object.fromEntries(options.room.map(readRoom)),
      };
      const understood = readClaims(
        { sub: user, exp: 0, name, origin, picture, rooms: wish.rooms },
        config.domain,
      );
      if ('problem' in understood) throw new UsageError(understood.problem);
      await openDataFolder(config.data);
      const secret = ownTokenSecret(await loadServerKey(config.data, env.random));
      const { rooms } = wish;
      await noteAct(config, env, 'token', understood.account, { life, ...(rooms ? { rooms } : {}) });
      io.stdout.write(`${await mintToken(secret, wish)}\n`);
    });
}
