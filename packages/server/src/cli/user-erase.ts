import type { Command } from 'commander';
import { administer } from './administer.js';
import { type CommonOptions, configOf, withCommonOptions } from './common.js';
import type { CliIo } from './io.js';

interface EraseOptions extends CommonOptions {
  readonly room?: string;
  readonly occupant?: string;
}

const WORDS = new Map([
  ['accounts', 'account'],
  ['tokens', 'tokens for coming back'],
  ['affiliations', 'places in the lists of rooms'],
  ['statuses', 'shared status'],
  ['ownMessages', 'messages of their own archive'],
  ['roomMessages', 'messages in rooms'],
  ['sentMessages', 'messages in archives of others'],
  ['auditLines', 'names in the audit log'],
]);

/** `meerkat user erase`: removes all that is kept of a person, and says how much of what that was. */
export function addUserErase(user: Command, io: CliIo): void {
  withCommonOptions(
    user.command('erase').description('erase all that is kept of a person, what they said too'),
  )
    .argument('[name]', 'their name or whole address, a guest’s too')
    .option('--room <address>', 'the room in which somebody is known by --occupant')
    .option('--occupant <id>', 'their occupant-id there, for guests of whom only messages are left')
    .action(async (name: string | undefined, options: EraseOptions) => {
      const { occupant, room } = options;
      const { erased = {} } = await administer(configOf(options, io), {
        command: 'user-erase',
        ...(name === undefined ? {} : { name }),
        ...(room === undefined ? {} : { room }),
        ...(occupant === undefined ? {} : { occupant }),
      });
      for (const [what, count] of Object.entries(erased)) {
        if (count > 0) io.stdout.write(`erased: ${count} ${WORDS.get(what) ?? what}\n`);
      }
    });
}
