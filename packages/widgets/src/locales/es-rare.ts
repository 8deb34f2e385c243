import type { Explanations } from './en.js';
import { talk as english, type TalkStrings } from './en-talk.js';

const because = (sentence: string, reason: string | undefined) =>
  reason ? `${sentence}: ${reason}` : `${sentence}.`;
const again = 'Inténtalo de nuevo en un momento.';
const other = 'Elige otro.';
const ask = 'Pide al sitio la correcta.';

/** Why nothing goes on, in Spanish. */
export const explanations: Explanations = {
  noRoom: { title: 'Este chat no tiene sala.', advice: 'La página debe indicar una: room="lobby".' },
  closed: { title: 'Has cerrado la sesión.', advice: 'Vuelve a entrar para seguir en el chat.' },
  proving: {
    title: 'Ahora mismo llegan muchos invitados.',
    advice: 'Tu navegador demuestra que no es un robot. Tarda unos segundos.',
  },
  refusals: {
    'not-authorized': {
      title: 'No has iniciado sesión.',
      advice: 'Inicia sesión en este sitio y vuelve a intentarlo.',
    },
    forbidden: {
      title: 'Este chat no está abierto a este sitio.',
      advice: 'Quien lo administra puede permitirlo.',
    },
    insecure: {
      title: 'Esta conexión no es lo bastante segura para iniciar sesión.',
      advice: 'Abre la página por https.',
    },
    replaced: {
      title: 'Este chat está abierto en otra ventana.',
      advice: 'Puedes seguir allí o usarlo aquí.',
    },
    unreachable: {
      title: 'No se encuentra el servidor del chat.',
      advice: 'Comprueba la dirección o inténtalo de nuevo en un momento.',
    },
    crowded: {
      title: 'Ahora mismo hay muchos invitados.',
      advice: 'Entrarás en cuanto haya sitio.',
    },
    proof: {
      title: 'Ahora mismo llegan muchos invitados.',
      advice: 'Para entrar, demuestra que no eres una máquina.',
    },
    unsupported: {
      title: 'A este servidor de chat le falta algo que la página necesita.',
      advice: 'Quien lo administra puede actualizarlo.',
    },
  },
  roomRefusals: {
    banned: {
      title: 'Tienes prohibida la entrada a esta sala.',
      advice: 'La moderación puede volver a dejarte entrar.',
    },
    destroyed: { title: 'Esta sala se ha cerrado.', advice: 'Aquí ya no hay nada que leer.' },
    full: { title: 'La sala está llena.', advice: 'Inténtalo de nuevo cuando alguien se haya ido.' },
    kicked: { title: 'Te han expulsado de la sala.', advice: 'Puedes volver a entrar.' },
    'members-only': {
      title: 'Esta sala es para miembros.',
      advice: 'Inicia sesión o pide a la moderación que te añada.',
    },
    'nick-conflict': { title: 'Ya hay alguien aquí con ese nombre.', advice: other },
    'nick-refused': { title: 'Ese nombre no se puede usar aquí.', advice: other },
    'nick-reserved': { title: 'Ese nombre está reservado para quienes llevan este chat.', advice: other },
    'not-allowed': { title: 'Esta sala no se puede abrir.', advice: ask },
    'not-found': { title: 'Esa sala no existe.', advice: ask },
    password: {
      title: 'Esta sala necesita una contraseña.',
      advice: 'Pide a la moderación que te añada como miembro.',
    },
    unknown: { title: 'La sala no te ha dejado entrar.', advice: again },
  },
  site: {
    signIn: {
      title: 'Inicia sesión para chatear.',
      advice: 'Esta sala es para quienes han iniciado sesión en este sitio.',
    },
    down: {
      title: 'Este sitio no dice ahora quién eres.',
      advice: 'Se le volverá a preguntar. También puedes intentarlo tú.',
    },
    refused: {
      title: 'El chat no acepta tu sesión de este sitio.',
      advice: 'Inténtalo en un momento. Si sigue igual, avisa a quienes llevan el sitio.',
    },
    action: 'Iniciar sesión',
  },
  removedBy: (nick) => `${nick} te ha expulsado de la sala.`,
};

/** What is said of people in Spanish. */
export const talk: TalkStrings = {
  ...english,
  typing: (first, second, more) => {
    if (more) return 'Varias personas están escribiendo';
    return second === undefined ? `${first} está escribiendo` : `${first} y ${second} están escribiendo`;
  },
  removed: (nick, by, reason) =>
    because(by ? `${by} ha expulsado a ${nick}` : `Se ha expulsado a ${nick}`, reason),
  banned: (nick, by, reason) =>
    because(by ? `${by} ha prohibido la entrada a ${nick}` : `Se ha prohibido la entrada a ${nick}`, reason),
  rowMenu: 'Acciones para este mensaje',
  personMenu: (nick) => `Acciones para ${nick}`,
  copyText: 'Copiar el texto',
  copied: 'Copiado',
  notCopied: 'No se ha podido copiar el texto.',
  remove: 'Expulsar de la sala',
  ban: 'Prohibir la entrada',
  mute: 'Silenciar',
  unmute: 'Dejar de silenciar',
  removeTitle: (nick) => `¿Expulsar a ${nick}?`,
  removeHint: 'Podrá volver.',
  banTitle: (nick) => `¿Prohibir la entrada a ${nick}?`,
  banHint: 'No podrá volver hasta que la moderación lo permita.',
  reason: 'Motivo, visible para todos',
  cancel: 'Cancelar',
  denied: 'Aquí no puedes hacer eso.',
  failed: `No ha funcionado. ${again}`,
  sent: 'Enviado',
  delivered: 'Entregado',
  person: {
    here: 'Está aquí',
    away: 'Ausente',
    empty: (name) => `Saluda a ${name}.`,
    awayNote: (name) => `${name} no está. Verá tu mensaje cuando vuelva.`,
    notAllowed: {
      title: 'No puedes escribir a esta persona.',
      advice: 'Inicia sesión en este sitio y vuelve a intentarlo.',
    },
    unknown: { title: 'No hay nadie con ese nombre.', advice: 'Pide al sitio el nombre correcto.' },
  },
};
