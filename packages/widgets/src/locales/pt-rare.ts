import type { Explanations } from './en.js';
import { talk as english, type TalkStrings } from './en-talk.js';

const because = (sentence: string, reason: string | undefined) =>
  reason ? `${sentence}: ${reason}` : `${sentence}.`;
const again = 'Tente de novo daqui a pouco.';
const other = 'Escolha outro.';
const ask = 'Peça ao site a certa.';

/** Why nothing goes on, in Portuguese. */
export const explanations: Explanations = {
  noRoom: { title: 'Este chat não tem sala.', advice: 'A página tem de indicar uma: room="lobby".' },
  closed: { title: 'A sua sessão terminou.', advice: 'Entre de novo para continuar no chat.' },
  proving: {
    title: 'Estão a chegar muitos convidados.',
    advice: 'O seu navegador prova que não é um robô. Demora alguns segundos.',
  },
  refusals: {
    'not-authorized': {
      title: 'Não iniciou sessão.',
      advice: 'Inicie sessão neste site e tente de novo.',
    },
    forbidden: {
      title: 'Este chat não está aberto a este site.',
      advice: 'Quem o administra pode permiti-lo.',
    },
    insecure: {
      title: 'Esta ligação não é segura o bastante para iniciar sessão.',
      advice: 'Abra a página por https.',
    },
    replaced: {
      title: 'Este chat está aberto noutra janela.',
      advice: 'Pode continuar lá ou usá-lo aqui.',
    },
    unreachable: {
      title: 'Não se encontra o servidor do chat.',
      advice: 'Verifique o endereço ou tente de novo daqui a pouco.',
    },
    crowded: {
      title: 'Há muitos convidados aqui neste momento.',
      advice: 'Vai entrar assim que houver lugar.',
    },
    proof: {
      title: 'Estão a chegar muitos convidados.',
      advice: 'Para entrar, mostre que não é uma máquina.',
    },
    unsupported: {
      title: 'Falta a este servidor de chat algo de que a página precisa.',
      advice: 'Quem o administra pode atualizá-lo.',
    },
  },
  roomRefusals: {
    banned: {
      title: 'A sua entrada nesta sala está proibida.',
      advice: 'A moderação pode deixar que volte.',
    },
    destroyed: { title: 'Esta sala foi fechada.', advice: 'Aqui já não há nada para ler.' },
    full: { title: 'A sala está cheia.', advice: 'Tente de novo quando alguém tiver saído.' },
    kicked: { title: 'Foi retirado da sala.', advice: 'Pode entrar de novo.' },
    'members-only': {
      title: 'Esta sala é para membros.',
      advice: 'Inicie sessão ou peça à moderação que o acrescente.',
    },
    'nick-conflict': { title: 'Já há aqui alguém com esse nome.', advice: other },
    'nick-refused': { title: 'Esse nome não pode ser usado aqui.', advice: other },
    'nick-reserved': { title: 'Esse nome está reservado a quem gere este chat.', advice: other },
    'not-allowed': { title: 'Esta sala não pode ser aberta.', advice: ask },
    'not-found': { title: 'Essa sala não existe.', advice: ask },
    password: {
      title: 'Esta sala precisa de uma palavra-passe.',
      advice: 'Peça à moderação que o acrescente como membro.',
    },
    unknown: { title: 'A sala não deixou que entrasse.', advice: again },
  },
  site: {
    signIn: {
      title: 'Inicie sessão para conversar.',
      advice: 'Esta sala é para quem iniciou sessão neste site.',
    },
    down: {
      title: 'Este site não diz agora quem você é.',
      advice: 'Será perguntado de novo. Também pode tentar.',
    },
    refused: {
      title: 'O chat não aceita a sua sessão neste site.',
      advice: 'Tente daqui a pouco. Se continuar assim, avise quem mantém o site.',
    },
    action: 'Iniciar sessão',
  },
  removedBy: (nick) => `${nick} retirou-o da sala.`,
};

/** What is said of people in Portuguese. */
export const talk: TalkStrings = {
  ...english,
  typing: (first, second, more) => {
    if (more) return 'Várias pessoas estão a escrever';
    return second === undefined ? `${first} está a escrever` : `${first} e ${second} estão a escrever`;
  },
  removed: (nick, by, reason) =>
    because(by ? `${by} retirou ${nick} da sala` : `${nick} foi retirado da sala`, reason),
  banned: (nick, by, reason) => because(by ? `${by} baniu ${nick}` : `${nick} foi banido`, reason),
  rowMenu: 'Ações para esta mensagem',
  personMenu: (nick) => `Ações para ${nick}`,
  copyText: 'Copiar o texto',
  copied: 'Copiado',
  notCopied: 'Não foi possível copiar o texto.',
  remove: 'Retirar da sala',
  ban: 'Banir',
  mute: 'Silenciar',
  unmute: 'Deixar de silenciar',
  removeTitle: (nick) => `Retirar ${nick}?`,
  removeHint: 'Poderá voltar.',
  banTitle: (nick) => `Banir ${nick}?`,
  banHint: 'Não poderá voltar até que a moderação o permita.',
  reason: 'Motivo, visível para todos',
  cancel: 'Cancelar',
  denied: 'Não pode fazer isso aqui.',
  failed: `Não funcionou. ${again}`,
  sent: 'Enviada',
  delivered: 'Entregue',
  person: {
    here: 'Está aqui',
    away: 'Ausente',
    empty: (name) => `Diga olá a ${name}.`,
    awayNote: (name) => `${name} não está. Verá a sua mensagem quando voltar.`,
    notAllowed: {
      title: 'Não é possível escrever a esta pessoa.',
      advice: 'Inicie sessão neste site e tente de novo.',
    },
    unknown: { title: 'Não há ninguém com este nome.', advice: 'Peça ao site o nome certo.' },
  },
};
