import { el, encodePing, NS, type Off } from '@meerkat-chat/xmpp';
import type { ChatAuth, ChatStatus } from '../chat.js';
import type { XmppSession } from '../session/xmpp-session.js';
import type { Owner } from './owner.js';
import { SignInError } from './sign-in-error.js';

/** How long the session before may take to say that it has done all that it was asked. */
const GOODBYE_TIME = 3_000;

/**
 * Makes somebody with an account of the guest who is here: another session is signed in first, and takes the place of
 * the guest's when that is there. The rooms stay, with what is said in them and what waits to be said; the others see one
 * leave and another come.
 */
export async function signIn(owner: Owner, auth: ChatAuth): Promise<void> {
  if (owner.session.me.value?.guest === false) throw new TypeError('only a guest can sign in');
  const next = owner.succession?.open(auth);
  if (!next) throw new TypeError('there is nothing to sign in with');
  const status = await settled(next);
  const before = owner.session;
  // Somebody else may have signed in meanwhile, and is not pushed aside.
  const taken = before.status.value.state === 'closed' || before.me.value?.guest === false;
  if (status.state !== 'online' || taken) {
    void next.signOut();
    throw new SignInError(status);
  }
  owner.between = true;
  const wasOnline = before.status.value.state === 'online';
  next.succeed(before);
  owner.session = next;
  owner.succession?.done(auth);
  // Behind its answer all that the guest has said is in the rooms, and the guest is not.
  for (const presence of owner.rooms.farewells()) before.send(presence);
  const unsaid = wasOnline && (await isDone(owner, before)) ? [] : before.abandon();
  void before.signOut();
  owner.rooms.become(auth);
  const me = next.me.value;
  // A cookie does not say to us who it is, the server has.
  if (me) owner.rooms.located(me);
  owner.between = false;
  owner.fresh(unsaid);
}

/** Waits until it is known what comes of signing in. */
function settled(session: XmppSession): Promise<ChatStatus> {
  return new Promise((resolve) => {
    let off: Off | undefined;
    const look = (status: ChatStatus): void => {
      if (status.state !== 'online' && status.state !== 'refused' && status.state !== 'closed') return;
      off?.();
      resolve(status);
    };
    off = session.status.subscribe(look);
    session.start();
  });
}

/** Whether the server has said in time that it has done everything of that session. */
function isDone({ env }: Owner, session: XmppSession): Promise<boolean> {
  return new Promise((resolve) => {
    const off = env.clock.after(GOODBYE_TIME, () => resolve(false));
    const answered = (): void => {
      off();
      resolve(true);
    };
    // An error is an answer too.
    session.request(el('iq', NS.client, { type: 'get' }, encodePing())).then(answered, answered);
  });
}
