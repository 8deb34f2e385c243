import {
  type DataForm,
  failed,
  formValue,
  ok,
  PRESENCE_POLICY_FIELD,
  parseFormBoolean,
  type Result,
  type StanzaError,
  stanzaError,
} from '@meerkat-chat/xmpp';
import { PRESENCE_CHOICES, type PresenceChoice } from './presence-policy.js';

/** What an owner can set of a room (XEP-0045 section 10.2). Only what is in force is here. */
export interface RoomConfig {
  readonly name: string;
  readonly description: string;
  /** Listed by disco#items of the host. */
  readonly isPublic: boolean;
  /** Who is not affiliated comes in without voice. */
  readonly moderated: boolean;
  readonly membersOnly: boolean;
  /** Occupants with voice may change the subject, not only moderators. */
  readonly changeSubject: boolean;
  /** Outlives its last occupant: kept with its lists and its subject. */
  readonly persistent: boolean;
  /** Messages are kept in its archive; what is not kept is told all the same, and joiners get the last of it. */
  readonly archived: boolean;
  /** Of whom occupants are told; `auto` leaves it to the server's settings. */
  readonly presence: PresenceChoice;
}

const CONFIG_FORM = 'http://jabber.org/protocol/muc#roomconfig';
/** The longest name or description, in characters. */
export const MAX_CONFIG_TEXT = 500;

type TextKey = 'description' | 'name';
type FlagKey = Exclude<keyof RoomConfig, TextKey | 'presence'>;
const TEXTS: readonly { key: TextKey; field: string; label: string }[] = [
  { key: 'name', field: 'muc#roomconfig_roomname', label: 'Name' },
  { key: 'description', field: 'muc#roomconfig_roomdesc', label: 'Description' },
];
const FLAGS: readonly { key: FlagKey; field: string; label: string }[] = [
  { key: 'isPublic', field: 'muc#roomconfig_publicroom', label: 'List the room publicly' },
  { key: 'moderated', field: 'muc#roomconfig_moderatedroom', label: 'Only those with voice may speak' },
  { key: 'membersOnly', field: 'muc#roomconfig_membersonly', label: 'Only members may enter' },
  { key: 'changeSubject', field: 'muc#roomconfig_changesubject', label: 'Occupants may change the subject' },
  { key: 'persistent', field: 'muc#roomconfig_persistentroom', label: 'Keep the room when nobody is in it' },
  // XEP-0045 has no field for it; the name is Prosody's.
  { key: 'archived', field: 'muc#roomconfig_enablearchiving', label: 'Keep messages in the archive' },
];

const CHOICE_LABELS: Readonly<Record<PresenceChoice, string>> = {
  auto: 'As many as the size of the room allows',
  all: 'Everybody',
  active: 'Moderators, and who has spoken',
  count: 'Nobody, only how many there are',
};

function choiceOf(value: unknown): PresenceChoice | undefined {
  return PRESENCE_CHOICES.find((choice) => choice === value);
}

/** How a room is when nobody has said otherwise. */
export function defaultConfig(name: string, persistent: boolean, archived: boolean): RoomConfig {
  return {
    name,
    description: '',
    isPublic: true,
    moderated: false,
    membersOnly: false,
    changeSubject: false,
    persistent,
    archived,
    presence: 'auto',
  };
}

/** Reads what the storage has kept; what is missing or of another type is as by default. */
export function readConfig(kept: Readonly<Record<string, unknown>>, defaults: RoomConfig): RoomConfig {
  const config: { -readonly [Key in keyof RoomConfig]: RoomConfig[Key] } = { ...defaults };
  for (const { key } of TEXTS) {
    const value = kept[key];
    if (typeof value === 'string') config[key] = value;
  }
  for (const { key } of FLAGS) {
    const value = kept[key];
    if (typeof value === 'boolean') config[key] = value;
  }
  config.presence = choiceOf(kept.presence) ?? defaults.presence;
  return config;
}

/** The form that an owner gets. */
export function configForm(config: RoomConfig): DataForm {
  return {
    type: 'form',
    formType: CONFIG_FORM,
    title: 'Configuration of the room',
    fields: [
      ...TEXTS.map(({ key, field, label }) => ({
        var: field,
        label,
        type: 'text-single' as const,
        values: [config[key]],
      })),
      ...FLAGS.map(({ key, field, label }) => ({
        var: field,
        label,
        type: 'boolean' as const,
        values: [config[key] ? '1' : '0'],
      })),
      {
        var: PRESENCE_POLICY_FIELD,
        label: 'Whom occupants see',
        type: 'list-single',
        values: [config.presence],
        options: PRESENCE_CHOICES.map((value) => ({ value, label: CHOICE_LABELS[value] })),
      },
    ],
  };
}

/**
 * Applies what an owner submits. Fields that we do not know are ignored, those that are missing stay as they are.
 * @returns `bad-request` for another kind of form, `not-acceptable` for a value that a field cannot have
 */
export function applyConfig(config: RoomConfig, form: DataForm): Result<RoomConfig, StanzaError> {
  if (form.fields.length === 0) return ok(config);
  if (form.formType !== CONFIG_FORM)
    return failed(stanzaError('bad-request', 'The form is of another kind.'));
  const changed: { -readonly [Key in keyof RoomConfig]: RoomConfig[Key] } = { ...config };
  for (const { key, field } of TEXTS) {
    const value = formValue(form, field);
    if (value === undefined) continue;
    if (value.length > MAX_CONFIG_TEXT) return failed(stanzaError('not-acceptable', `${field} is too long.`));
    changed[key] = value;
  }
  for (const { key, field } of FLAGS) {
    const value = formValue(form, field);
    if (value === undefined) continue;
    const flag = parseFormBoolean(value);
    if (flag === undefined) return failed(stanzaError('not-acceptable', `${field} is not a boolean.`));
    changed[key] = flag;
  }
  const chosen = formValue(form, PRESENCE_POLICY_FIELD);
  const presence = chosen === undefined ? config.presence : choiceOf(chosen);
  if (presence === undefined) {
    return failed(stanzaError('not-acceptable', `${PRESENCE_POLICY_FIELD} is none of its options.`));
  }
  changed.presence = presence;
  return ok(changed);
}
