import {
  accountOf,
  child,
  childText,
  decodeDataForm,
  type Element,
  el,
  encodeDataForm,
  type Iq,
  MUC_STATUS,
  NS,
  resultOf,
  stanzaError,
} from '@meerkat-chat/xmpp';
import type { Settled } from '../../kernel/hooks.js';
import { applyConfig, configForm, type RoomConfig } from './config.js';
import { fitPolicy, tellConfiguration } from './crowd.js';
import { dissolve, remove } from './leave.js';
import { boundedReason, type MucContext, refuse } from './muc-context.js';
import type { Room } from './room.js';

/** Answers an owner's request about the configuration, or destroys the room (XEP-0045 section 10). */
export function ownerRequest(muc: MucContext, room: Room, iq: Iq, query: Element): Settled {
  const account = accountOf(iq.from);
  if (account === undefined || room.affiliationOf(account) !== 'owner') {
    refuse(muc, iq, stanzaError('forbidden', 'Only owners may do that.'));
    return undefined;
  }
  if (iq.type === 'get') {
    const form = encodeDataForm(configForm(room.config));
    muc.module.outlet.send(resultOf(iq, el('query', NS.mucOwner, {}, form)));
    return undefined;
  }
  const destroy = child(query, 'destroy');
  if (destroy) return answerWhenKept(muc, iq, destroyRoom(muc, room, childText(destroy, 'reason')));
  const x = child(query, 'x', NS.dataForms);
  const form = x && decodeDataForm(x);
  if (!form?.ok) {
    refuse(muc, iq, form ? form.error : stanzaError('bad-request', 'There is no form.'));
    return undefined;
  }
  // A room is never locked, so there is nothing to undo when an owner does not want to configure it.
  if (form.value.type === 'cancel') return answerWhenKept(muc, iq, undefined);
  const config = applyConfig(room.config, form.value);
  if (!config.ok) {
    refuse(muc, iq, config.error);
    return undefined;
  }
  return answerWhenKept(muc, iq, configure(muc, room, config.value));
}

function configure(muc: MucContext, room: Room, config: RoomConfig): Promise<void> | undefined {
  const before = room.config;
  const keys = Object.keys(config) as (keyof RoomConfig)[];
  if (keys.every((key) => config[key] === before[key])) return undefined;
  room.config = config;
  fitPolicy(muc, room, room.size);
  tellConfiguration(muc, room, room.size);
  if (config.membersOnly && !before.membersOnly) {
    for (const occupant of [...room.occupants]) {
      if (occupant.affiliation !== 'none') continue;
      occupant.stand('none', 'none');
      remove(muc, room, occupant, { statuses: [MUC_STATUS.membersOnly] });
    }
  }
  return config.persistent || room.stored ? muc.rooms.save(room) : undefined;
}

function destroyRoom(muc: MucContext, room: Room, given: string | undefined): Promise<void> {
  const reason = boundedReason(muc, given);
  const removed = muc.rooms.remove(room);
  dissolve(muc, room, reason);
  return removed;
}

function answerWhenKept(muc: MucContext, iq: Iq, kept: Promise<void> | undefined): Settled {
  if (!kept) return void muc.module.outlet.send(resultOf(iq));
  return kept.then(
    () => muc.module.outlet.send(resultOf(iq)),
    // Why it was not kept is in the log.
    () => refuse(muc, iq, stanzaError('internal-server-error')),
  );
}
