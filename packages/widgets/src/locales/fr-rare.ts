import type { Explanations } from './en.js';
import { talk as english, type TalkStrings } from './en-talk.js';

const because = (sentence: string, reason: string | undefined) =>
  reason ? `${sentence} : ${reason}` : `${sentence}.`;
const again = 'Réessayez dans un instant.';
const other = 'Choisissez-en un autre.';
const ask = 'Demandez le bon au site.';

/** Why nothing goes on, in French. */
export const explanations: Explanations = {
  noRoom: { title: 'Ce chat n’a pas de salon.', advice: 'La page doit en nommer un : room="lobby".' },
  closed: { title: 'Vous êtes déconnecté.', advice: 'Entrez de nouveau pour continuer.' },
  proving: {
    title: 'Beaucoup d’invités arrivent en ce moment.',
    advice: 'Votre navigateur prouve qu’il n’est pas un robot. Cela prend quelques secondes.',
  },
  refusals: {
    'not-authorized': {
      title: 'Vous n’êtes pas connecté.',
      advice: 'Connectez-vous sur ce site, puis réessayez.',
    },
    forbidden: {
      title: 'Ce chat n’est pas ouvert à ce site.',
      advice: 'La personne qui l’administre peut l’autoriser.',
    },
    insecure: {
      title: 'Cette connexion n’est pas assez sûre pour s’identifier.',
      advice: 'Ouvrez la page par https.',
    },
    replaced: {
      title: 'Ce chat est ouvert dans une autre fenêtre.',
      advice: 'Vous pouvez continuer là-bas ou l’utiliser ici.',
    },
    unreachable: {
      title: 'Le serveur de chat est introuvable.',
      advice: 'Vérifiez l’adresse ou réessayez dans un instant.',
    },
    crowded: {
      title: 'Il y a beaucoup d’invités en ce moment.',
      advice: 'Vous entrerez dès qu’une place se libère.',
    },
    proof: {
      title: 'Beaucoup d’invités arrivent en ce moment.',
      advice: 'Pour entrer, montrez que vous n’êtes pas une machine.',
    },
    unsupported: {
      title: 'Il manque à ce serveur de chat quelque chose dont la page a besoin.',
      advice: 'La personne qui l’administre peut le mettre à jour.',
    },
  },
  roomRefusals: {
    banned: {
      title: 'Vous êtes banni de ce salon.',
      advice: 'La modération peut vous laisser revenir.',
    },
    destroyed: { title: 'Ce salon a été fermé.', advice: 'Il n’y a plus rien à lire ici.' },
    full: { title: 'Le salon est plein.', advice: 'Réessayez quand quelqu’un sera parti.' },
    kicked: { title: 'Vous avez été retiré du salon.', advice: 'Vous pouvez entrer de nouveau.' },
    'members-only': {
      title: 'Ce salon est réservé aux membres.',
      advice: 'Connectez-vous ou demandez à la modération de vous ajouter.',
    },
    'nick-conflict': { title: 'Quelqu’un porte déjà ce nom ici.', advice: other },
    'nick-refused': { title: 'Ce nom ne peut pas être utilisé ici.', advice: other },
    'nick-reserved': { title: 'Ce nom est réservé aux responsables de ce chat.', advice: other },
    'not-allowed': { title: 'Ce salon ne peut pas être ouvert.', advice: ask },
    'not-found': { title: 'Ce salon n’existe pas.', advice: ask },
    password: {
      title: 'Ce salon demande un mot de passe.',
      advice: 'Demandez à la modération de vous ajouter comme membre.',
    },
    unknown: { title: 'Le salon ne vous a pas laissé entrer.', advice: again },
  },
  site: {
    signIn: {
      title: 'Connectez-vous pour discuter.',
      advice: 'Ce salon est réservé aux personnes connectées à ce site.',
    },
    down: {
      title: 'Ce site ne dit pas qui vous êtes pour le moment.',
      advice: 'La question lui sera posée de nouveau. Vous pouvez aussi réessayer.',
    },
    refused: {
      title: 'Le chat n’accepte pas votre connexion à ce site.',
      advice: 'Réessayez dans un instant. Si cela dure, prévenez les responsables du site.',
    },
    action: 'Se connecter',
  },
  removedBy: (nick) => `${nick} vous a retiré du salon.`,
};

/** What is said of people in French. */
export const talk: TalkStrings = {
  ...english,
  typing: (first, second, more) => {
    if (more) return 'Plusieurs personnes écrivent';
    return second === undefined ? `${first} écrit` : `${first} et ${second} écrivent`;
  },
  removed: (nick, by, reason) =>
    because(by ? `${by} a retiré ${nick} du salon` : `${nick} a été retiré du salon`, reason),
  banned: (nick, by, reason) => because(by ? `${by} a banni ${nick}` : `${nick} a été banni`, reason),
  rowMenu: 'Actions pour ce message',
  personMenu: (nick) => `Actions pour ${nick}`,
  copyText: 'Copier le texte',
  copied: 'Copié',
  notCopied: 'Le texte n’a pas pu être copié.',
  remove: 'Retirer du salon',
  ban: 'Bannir',
  mute: 'Rendre muet',
  unmute: 'Rendre la parole',
  removeTitle: (nick) => `Retirer ${nick} ?`,
  removeHint: 'Un retour reste possible.',
  banTitle: (nick) => `Bannir ${nick} ?`,
  banHint: 'Aucun retour n’est possible tant que la modération ne l’autorise pas.',
  reason: 'Motif, visible par tous',
  cancel: 'Annuler',
  denied: 'Vous ne pouvez pas faire cela ici.',
  failed: `Cela n’a pas fonctionné. ${again}`,
  sent: 'Envoyé',
  delivered: 'Remis',
  person: {
    here: 'En ligne',
    away: 'Absent',
    empty: (name) => `Dites bonjour à ${name}.`,
    awayNote: (name) => `${name} est absent et verra votre message à son retour.`,
    notAllowed: {
      title: 'Vous ne pouvez pas écrire à cette personne.',
      advice: 'Connectez-vous sur ce site, puis réessayez.',
    },
    unknown: { title: 'Personne ne porte ce nom.', advice: 'Demandez le bon nom au site.' },
  },
};
