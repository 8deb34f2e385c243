import type { Command } from 'commander';
import { type ApiCommand, addApiCommand } from './api-command.js';
import type { CliIo } from './io.js';

/** The commands that are operations of the API: what each needs and may be told is in its operation. */
export const API_COMMANDS: readonly ApiCommand[] = [
  {
    usage: 'room list',
    operation: 'rooms.list',
    show: { kind: 'table', of: 'rooms', columns: ['jid', 'name', 'isPublic'] },
  },
  {
    usage: 'room show <room>',
    operation: 'rooms.show',
    summary: 'show how a room is set',
    show: { kind: 'fields', without: ['occupants', 'affiliations'] },
  },
  { usage: 'room create <room>', operation: 'rooms.create' },
  { usage: 'room delete <room>', operation: 'rooms.destroy' },
  {
    usage: 'room occupants <room>',
    operation: 'rooms.show',
    summary: 'list who is in a room, the first 1,000',
    show: { kind: 'table', of: 'occupants', columns: ['nick', 'account', 'role', 'affiliation'] },
  },
  {
    usage: 'room affiliation list <room>',
    operation: 'rooms.show',
    summary: 'list who may what in a room, the first 1,000',
    show: { kind: 'table', of: 'affiliations', columns: ['account', 'affiliation'] },
  },
  { usage: 'room affiliation set <room> <user> <affiliation>', operation: 'rooms.affiliate' },
  { usage: 'room kick <room> <nick>', operation: 'rooms.kick' },
  {
    usage: 'room ban <room> <user>',
    operation: 'rooms.affiliate',
    summary: 'keep a person out of a room; "affiliation set ROOM USER none" lets them in again',
    fixed: { affiliation: 'outcast' },
  },
  { usage: 'room say <room> <text>', operation: 'rooms.say' },
  { usage: 'message send <name> <text>', operation: 'users.notify' },
  {
    usage: 'session list <name>',
    operation: 'sessions.list',
    show: { kind: 'table', of: 'sessions', columns: ['jid', 'guest', 'transport', 'address', 'connected'] },
  },
  { usage: 'session end <name>', operation: 'sessions.end' },
  {
    usage: 'audit list',
    operation: 'audit.list',
    show: { kind: 'table', of: 'entries', columns: ['id', 'at', 'actor', 'action', 'target', 'details'] },
  },
];

/** What the words are about that commands begin with. */
const GROUPS: Readonly<Record<string, string>> = {
  room: 'manage rooms and who is in them',
  affiliation: 'who may what in a room',
  message: 'send messages to people',
  session: 'see and end the sessions of people',
  audit: 'read who did what',
};

/** Every command that is an operation of the API. */
export function addApiCommands(program: Command, io: CliIo): void {
  for (const command of API_COMMANDS) addApiCommand(program, command, GROUPS, io);
}
