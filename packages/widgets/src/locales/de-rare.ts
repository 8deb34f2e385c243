import type { Explanations } from './en.js';
import { talk as english, type TalkStrings } from './en-talk.js';

const because = (sentence: string, reason: string | undefined) =>
  reason ? `${sentence}: ${reason}` : `${sentence}.`;
const again = 'Versuche es gleich noch einmal.';
const other = 'Wähle einen anderen.';

/** Why nothing goes on, in German. */
export const explanations: Explanations = {
  noRoom: {
    title: 'Dieser Chat hat keinen Raum.',
    advice: 'Die Seite muss einen nennen: room="lobby".',
  },
  closed: { title: 'Du bist abgemeldet.', advice: 'Tritt wieder ein, um weiter zu chatten.' },
  proving: {
    title: 'Gerade kommen viele Gäste.',
    advice: 'Dein Browser weist nach, dass er kein Roboter ist. Das dauert ein paar Sekunden.',
  },
  refusals: {
    'not-authorized': {
      title: 'Du bist nicht angemeldet.',
      advice: 'Melde dich auf dieser Website an und versuche es dann erneut.',
    },
    forbidden: {
      title: 'Dieser Chat ist für diese Website nicht offen.',
      advice: 'Wer ihn betreibt, kann es erlauben.',
    },
    insecure: {
      title: 'Diese Verbindung ist zum Anmelden nicht sicher genug.',
      advice: 'Öffne die Seite über https.',
    },
    replaced: {
      title: 'Dieser Chat ist in einem anderen Fenster offen.',
      advice: 'Du kannst dort weitermachen oder ihn hier verwenden.',
    },
    unreachable: {
      title: 'Der Chatserver ist nicht zu finden.',
      advice: 'Prüfe die Adresse oder versuche es gleich noch einmal.',
    },
    crowded: {
      title: 'Gerade sind viele Gäste hier.',
      advice: 'Du kommst herein, sobald ein Platz frei ist.',
    },
    proof: {
      title: 'Gerade kommen viele Gäste.',
      advice: 'Zeige, dass du keine Maschine bist, um hereinzukommen.',
    },
    unsupported: {
      title: 'Diesem Chatserver fehlt etwas, das die Seite braucht.',
      advice: 'Wer ihn betreibt, kann ihn aktualisieren.',
    },
  },
  roomRefusals: {
    banned: {
      title: 'Du bist aus diesem Raum ausgeschlossen.',
      advice: 'Wer moderiert, kann dich wieder einlassen.',
    },
    destroyed: { title: 'Dieser Raum wurde geschlossen.', advice: 'Hier gibt es nichts mehr zu lesen.' },
    full: { title: 'Der Raum ist voll.', advice: 'Versuche es wieder, wenn jemand gegangen ist.' },
    kicked: { title: 'Du wurdest aus dem Raum entfernt.', advice: 'Du darfst wieder eintreten.' },
    'members-only': {
      title: 'Dieser Raum ist für Mitglieder.',
      advice: 'Melde dich an, oder bitte die Moderation um Aufnahme.',
    },
    'nick-conflict': { title: 'Hier heißt schon jemand so.', advice: other },
    'nick-refused': { title: 'Dieser Name geht hier nicht.', advice: other },
    'nick-reserved': { title: 'Dieser Name ist denen vorbehalten, die den Chat betreuen.', advice: other },
    'not-allowed': {
      title: 'Dieser Raum kann nicht geöffnet werden.',
      advice: 'Frage die Website nach dem richtigen.',
    },
    'not-found': { title: 'Diesen Raum gibt es nicht.', advice: 'Frage die Website nach dem richtigen.' },
    password: {
      title: 'Dieser Raum braucht ein Passwort.',
      advice: 'Bitte die Moderation, dich als Mitglied aufzunehmen.',
    },
    unknown: { title: 'Der Raum hat dich nicht eingelassen.', advice: again },
  },
  site: {
    signIn: {
      title: 'Melde dich an, um zu chatten.',
      advice: 'Dieser Raum ist für alle, die auf dieser Website angemeldet sind.',
    },
    down: {
      title: 'Diese Website sagt gerade nicht, wer du bist.',
      advice: 'Sie wird noch einmal gefragt. Du kannst es auch selbst versuchen.',
    },
    refused: {
      title: 'Der Chat nimmt deine Anmeldung auf dieser Website nicht an.',
      advice: 'Versuche es gleich noch einmal. Bleibt es dabei, sage es denen, die sie betreiben.',
    },
    action: 'Anmelden',
  },
  removedBy: (nick) => `${nick} hat dich aus dem Raum entfernt.`,
};

/** What is said of people in German. */
export const talk: TalkStrings = {
  ...english,
  typing: (first, second, more) => {
    if (more) return 'Mehrere schreiben';
    return second === undefined ? `${first} schreibt` : `${first} und ${second} schreiben`;
  },
  removed: (nick, by, reason) =>
    because(by ? `${by} hat ${nick} entfernt` : `${nick} wurde entfernt`, reason),
  banned: (nick, by, reason) =>
    because(by ? `${by} hat ${nick} ausgeschlossen` : `${nick} wurde ausgeschlossen`, reason),
  rowMenu: 'Aktionen für diese Nachricht',
  personMenu: (nick) => `Aktionen für ${nick}`,
  copyText: 'Text kopieren',
  copied: 'Kopiert',
  notCopied: 'Der Text konnte nicht kopiert werden.',
  remove: 'Aus dem Raum entfernen',
  ban: 'Ausschließen',
  mute: 'Stummschalten',
  unmute: 'Stummschaltung aufheben',
  removeTitle: (nick) => `${nick} entfernen?`,
  removeHint: 'Eine Rückkehr ist möglich.',
  banTitle: (nick) => `${nick} ausschließen?`,
  banHint: 'Eine Rückkehr ist erst möglich, wenn die Moderation sie erlaubt.',
  reason: 'Grund, für alle sichtbar',
  cancel: 'Abbrechen',
  denied: 'Das darfst du hier nicht.',
  failed: `Das hat nicht geklappt. ${again}`,
  sent: 'Gesendet',
  delivered: 'Zugestellt',
  person: {
    here: 'Ist da',
    away: 'Abwesend',
    empty: (name) => `Sag ${name} hallo.`,
    awayNote: (name) => `${name} ist nicht da und sieht deine Nachricht später.`,
    notAllowed: {
      title: 'Du kannst dieser Person nicht schreiben.',
      advice: 'Melde dich auf dieser Website an und versuche es dann erneut.',
    },
    unknown: { title: 'Niemand heißt hier so.', advice: 'Frage die Website nach dem richtigen Namen.' },
  },
};
