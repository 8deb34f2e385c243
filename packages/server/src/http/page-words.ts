import type { WebStatus } from './status-picture.js';

/** A sentence of what is the matter, and one of what to do. */
export interface Reason {
  readonly title: string;
  readonly advice: string;
}

/** Every word that the pages for frames say by themselves. What a function is given may stand anywhere in it. */
export interface PageWords {
  readonly direction: 'ltr' | 'rtl';
  /** No script runs. */
  readonly noScript: Reason;
  /** The script does not arrive. */
  readonly notLoaded: (host: string) => Reason;
  /** It has, and reaches nobody. */
  readonly heldUp: (host: string) => string;
  readonly tryAgain: string;
  readonly openAlone: string;
  /** `/embed/room/page` */
  readonly noRoom: Reason;
  /** A name that no room can have. */
  readonly badName: Reason;
  /** An address that this server has not signed, or that was changed. */
  readonly badConfig: Reason;
  /** One whose time is over. */
  readonly oldConfig: Reason;
  /** The browser holds back the cookie by which one is signed in: what a press of a button may bring, and if it does not. */
  readonly access: { readonly ask: string; readonly button: string; readonly refused: string };
  /** The title of a page that shows somebody's status. */
  readonly status: string;
  readonly statuses: Readonly<Record<WebStatus, string>>;
}

const SANDBOX = 'sandbox="allow-scripts"';
const ADDRESS = '/embed/room/NAME';

const en: PageWords = {
  direction: 'ltr',
  noScript: {
    title: 'This chat needs JavaScript',
    advice: `It is switched off in your browser, or the page around the chat does not let it run. Its author can allow it with ${SANDBOX}.`,
  },
  notLoaded: (host) => ({
    title: 'The chat could not be loaded',
    advice: `Its code did not arrive from ${host}. The network, a content blocker or the page around the chat may hold it up.`,
  }),
  heldUp: (host) =>
    `There is no connection to ${host} yet. The network, a content blocker or the page around this chat may hold it up. It keeps trying.`,
  tryAgain: 'Try again',
  openAlone: 'Open it by itself',
  noRoom: {
    title: 'This address is no room',
    advice: `A frame does not know the page around it. Name a room: ${ADDRESS}.`,
  },
  badName: {
    title: 'There can be no such room',
    advice: 'The name has characters in it that no room can have. Ask whoever put the chat here.',
  },
  badConfig: {
    title: 'This chat cannot be shown here',
    advice:
      'Its address is not complete, or has been changed. Whoever put the chat here can get a new one from its operator.',
  },
  oldConfig: {
    title: 'The address of this chat has expired',
    advice: 'Whoever put the chat here can get a new one from its operator.',
  },
  access: {
    ask: 'Your browser keeps your sign-in from chats inside other pages.',
    button: 'Continue as you',
    refused:
      'Your browser did not allow it. You can open the chat by itself, or allow its cookies on this page.',
  },
  status: 'Status',
  statuses: {
    online: 'Online',
    away: 'Away',
    dnd: 'Do not disturb',
    offline: 'Offline',
    unknown: 'Unknown',
  },
};

const de: PageWords = {
  direction: 'ltr',
  noScript: {
    title: 'Dieser Chat braucht JavaScript',
    advice: `Es ist in deinem Browser ausgeschaltet, oder die Seite um den Chat herum lässt es nicht zu. Wer sie betreibt, kann es mit ${SANDBOX} erlauben.`,
  },
  notLoaded: (host) => ({
    title: 'Der Chat konnte nicht geladen werden',
    advice: `Sein Code ist von ${host} nicht angekommen. Das Netz, ein Inhaltsblocker oder die Seite um den Chat herum halten ihn vielleicht auf.`,
  }),
  heldUp: (host) =>
    `Noch gibt es keine Verbindung zu ${host}. Das Netz, ein Inhaltsblocker oder die Seite um den Chat herum halten sie vielleicht auf. Es wird weiter versucht.`,
  tryAgain: 'Erneut versuchen',
  openAlone: 'Für sich allein öffnen',
  noRoom: {
    title: 'Unter dieser Adresse ist kein Raum',
    advice: `Ein Rahmen kennt die Seite nicht, in der er steht. Nenne einen Raum: ${ADDRESS}.`,
  },
  badName: {
    title: 'So einen Raum kann es nicht geben',
    advice:
      'Der Name enthält Zeichen, die kein Raum haben kann. Frage die Person, die den Chat hier eingebaut hat.',
  },
  badConfig: {
    title: 'Dieser Chat kann hier nicht gezeigt werden',
    advice:
      'Seine Adresse ist nicht vollständig oder wurde verändert. Wer den Chat hier eingebaut hat, bekommt von seinem Betreiber eine neue.',
  },
  oldConfig: {
    title: 'Die Adresse dieses Chats ist abgelaufen',
    advice: 'Wer den Chat hier eingebaut hat, bekommt von seinem Betreiber eine neue.',
  },
  access: {
    ask: 'Dein Browser hält deine Anmeldung von Chats in anderen Seiten fern.',
    button: 'Als du selbst weitermachen',
    refused:
      'Dein Browser hat es nicht erlaubt. Du kannst den Chat für sich allein öffnen oder seine Cookies auf dieser Seite erlauben.',
  },
  status: 'Status',
  statuses: {
    online: 'Online',
    away: 'Abwesend',
    dnd: 'Bitte nicht stören',
    offline: 'Offline',
    unknown: 'Unbekannt',
  },
};

const es: PageWords = {
  direction: 'ltr',
  noScript: {
    title: 'Este chat necesita JavaScript',
    advice: `Está desactivado en tu navegador, o la página que contiene el chat no deja que se ejecute. Quien la mantiene puede permitirlo con ${SANDBOX}.`,
  },
  notLoaded: (host) => ({
    title: 'No se ha podido cargar el chat',
    advice: `Su código no ha llegado desde ${host}. Puede que lo impidan la red, un bloqueador de contenido o la página que contiene el chat.`,
  }),
  heldUp: (host) =>
    `Todavía no hay conexión con ${host}. Puede que la impidan la red, un bloqueador de contenido o la página que contiene el chat. Se sigue intentando.`,
  tryAgain: 'Reintentar',
  openAlone: 'Abrir por separado',
  noRoom: {
    title: 'Esta dirección no es una sala',
    advice: `Un marco no conoce la página que lo contiene. Indica una sala: ${ADDRESS}.`,
  },
  badName: {
    title: 'No puede existir esa sala',
    advice: 'El nombre tiene caracteres que ninguna sala puede tener. Pregunta a quien puso el chat aquí.',
  },
  badConfig: {
    title: 'Este chat no se puede mostrar aquí',
    advice:
      'Su dirección no está completa o ha sido modificada. Quien puso el chat aquí puede pedir otra a quien lo administra.',
  },
  oldConfig: {
    title: 'La dirección de este chat ha caducado',
    advice: 'Quien puso el chat aquí puede pedir otra a quien lo administra.',
  },
  access: {
    ask: 'Tu navegador no comparte tu sesión con chats dentro de otras páginas.',
    button: 'Continuar con tu cuenta',
    refused:
      'Tu navegador no lo ha permitido. Puedes abrir el chat por separado o permitir sus cookies en esta página.',
  },
  status: 'Estado',
  statuses: {
    online: 'En línea',
    away: 'Ausente',
    dnd: 'No molestar',
    offline: 'Sin conexión',
    unknown: 'Desconocido',
  },
};

const fr: PageWords = {
  direction: 'ltr',
  noScript: {
    title: 'Ce chat a besoin de JavaScript',
    advice: `Il est désactivé dans votre navigateur, ou la page qui contient le chat ne le laisse pas s’exécuter. Son auteur peut l’autoriser avec ${SANDBOX}.`,
  },
  notLoaded: (host) => ({
    title: 'Le chat n’a pas pu être chargé',
    advice: `Son code n’est pas arrivé depuis ${host}. Le réseau, un bloqueur de contenu ou la page qui contient le chat en est peut-être la cause.`,
  }),
  heldUp: (host) =>
    `Il n’y a pas encore de connexion à ${host}. Le réseau, un bloqueur de contenu ou la page qui contient le chat en est peut-être la cause. Les tentatives continuent.`,
  tryAgain: 'Réessayer',
  openAlone: 'Ouvrir à part',
  noRoom: {
    title: 'Cette adresse n’est pas un salon',
    advice: `Un cadre ne connaît pas la page qui l’entoure. Nommez un salon : ${ADDRESS}.`,
  },
  badName: {
    title: 'Un tel salon ne peut pas exister',
    advice:
      'Le nom contient des caractères qu’aucun salon ne peut avoir. Demandez à la personne qui a placé le chat ici.',
  },
  badConfig: {
    title: 'Ce chat ne peut pas être affiché ici',
    advice:
      'Son adresse est incomplète ou a été modifiée. La personne qui a placé le chat ici peut en demander une autre à son exploitant.',
  },
  oldConfig: {
    title: 'L’adresse de ce chat a expiré',
    advice: 'La personne qui a placé le chat ici peut en demander une autre à son exploitant.',
  },
  access: {
    ask: 'Votre navigateur ne transmet pas votre connexion aux chats dans d’autres pages.',
    button: 'Continuer avec votre compte',
    refused:
      'Votre navigateur ne l’a pas permis. Vous pouvez ouvrir le chat à part, ou autoriser ses cookies sur cette page.',
  },
  status: 'Statut',
  statuses: {
    online: 'En ligne',
    away: 'Absent',
    dnd: 'Ne pas déranger',
    offline: 'Hors ligne',
    unknown: 'Inconnu',
  },
};

const pt: PageWords = {
  direction: 'ltr',
  noScript: {
    title: 'Este chat precisa de JavaScript',
    advice: `Está desativado no seu navegador, ou a página em volta do chat não deixa que seja executado. Quem a mantém pode permiti-lo com ${SANDBOX}.`,
  },
  notLoaded: (host) => ({
    title: 'Não foi possível carregar o chat',
    advice: `O código não chegou de ${host}. A rede, um bloqueador de conteúdo ou a página em volta do chat pode estar a impedi-lo.`,
  }),
  heldUp: (host) =>
    `Ainda não há ligação a ${host}. A rede, um bloqueador de conteúdo ou a página em volta do chat pode estar a impedi-la. As tentativas continuam.`,
  tryAgain: 'Tentar de novo',
  openAlone: 'Abrir à parte',
  noRoom: {
    title: 'Este endereço não é uma sala',
    advice: `Uma moldura não conhece a página em volta. Indique uma sala: ${ADDRESS}.`,
  },
  badName: {
    title: 'Não pode haver tal sala',
    advice: 'O nome tem caracteres que nenhuma sala pode ter. Pergunte a quem pôs o chat aqui.',
  },
  badConfig: {
    title: 'Este chat não pode ser mostrado aqui',
    advice:
      'O endereço está incompleto ou foi alterado. Quem pôs o chat aqui pode pedir outro a quem o mantém.',
  },
  oldConfig: {
    title: 'O endereço deste chat expirou',
    advice: 'Quem pôs o chat aqui pode pedir outro a quem o mantém.',
  },
  access: {
    ask: 'O seu navegador não partilha a sua sessão com chats dentro de outras páginas.',
    button: 'Continuar com a sua conta',
    refused:
      'O seu navegador não o permitiu. Pode abrir o chat à parte ou permitir os seus cookies nesta página.',
  },
  status: 'Estado',
  statuses: {
    online: 'Online',
    away: 'Ausente',
    dnd: 'Não incomodar',
    offline: 'Offline',
    unknown: 'Desconhecido',
  },
};

const ar: PageWords = {
  direction: 'rtl',
  noScript: {
    title: 'تحتاج هذه الدردشة إلى JavaScript',
    advice: `هو معطّل في متصفحك، أو أن الصفحة المحيطة بالدردشة لا تسمح بتشغيله. يمكن لصاحبها السماح به باستخدام ${SANDBOX}.`,
  },
  notLoaded: (host) => ({
    title: 'تعذّر تحميل الدردشة',
    advice: `لم تصل شيفرتها من ${host}. ربما تمنعها الشبكة أو أداة حجب المحتوى أو الصفحة المحيطة بالدردشة.`,
  }),
  heldUp: (host) =>
    `لا يوجد اتصال بـ ${host} بعد. ربما تمنعه الشبكة أو أداة حجب المحتوى أو الصفحة المحيطة بالدردشة. تستمر المحاولة.`,
  tryAgain: 'أعد المحاولة',
  openAlone: 'فتحها على حدة',
  noRoom: {
    title: 'هذا العنوان ليس غرفة',
    advice: `لا يعرف الإطار الصفحة المحيطة به. اذكر اسم غرفة: ${ADDRESS}.`,
  },
  badName: {
    title: 'لا يمكن أن توجد غرفة كهذه',
    advice: 'في الاسم محارف لا يمكن أن تكون في اسم أي غرفة. اسأل من وضع الدردشة هنا.',
  },
  badConfig: {
    title: 'لا يمكن عرض هذه الدردشة هنا',
    advice: 'عنوانها غير مكتمل أو جرى تغييره. يمكن لمن وضع الدردشة هنا أن يطلب عنوانًا جديدًا ممن يديرها.',
  },
  oldConfig: {
    title: 'انتهت صلاحية عنوان هذه الدردشة',
    advice: 'يمكن لمن وضع الدردشة هنا أن يطلب عنوانًا جديدًا ممن يديرها.',
  },
  access: {
    ask: 'لا يمرّر متصفحك تسجيل دخولك إلى الدردشات داخل صفحات أخرى.',
    button: 'المتابعة بحسابك',
    refused: 'لم يسمح متصفحك بذلك. يمكنك فتح الدردشة على حدة أو السماح بملفات ارتباطها في هذه الصفحة.',
  },
  status: 'الحالة',
  statuses: {
    online: 'متصل',
    away: 'بعيد',
    dnd: 'عدم الإزعاج',
    offline: 'غير متصل',
    unknown: 'غير معروف',
  },
};

const ja: PageWords = {
  direction: 'ltr',
  noScript: {
    title: 'このチャットには JavaScript が必要です',
    advice: `ブラウザーで無効になっているか、チャットを囲むページが実行を許可していません。ページの作成者は ${SANDBOX} で許可できます。`,
  },
  notLoaded: (host) => ({
    title: 'チャットを読み込めませんでした',
    advice: `${host} からコードが届きませんでした。ネットワーク、コンテンツブロッカー、またはチャットを囲むページが妨げている可能性があります。`,
  }),
  heldUp: (host) =>
    `まだ ${host} に接続できていません。ネットワーク、コンテンツブロッカー、またはチャットを囲むページが妨げている可能性があります。接続を試み続けています。`,
  tryAgain: '再試行',
  openAlone: '単独で開く',
  noRoom: {
    title: 'このアドレスはルームではありません',
    advice: `フレームは周囲のページを知りません。ルーム名を指定してください: ${ADDRESS}`,
  },
  badName: {
    title: 'そのようなルームはありえません',
    advice: '名前に、ルームでは使えない文字が含まれています。チャットを設置した人に問い合わせてください。',
  },
  badConfig: {
    title: 'このチャットはここでは表示できません',
    advice:
      'アドレスが不完全か、変更されています。チャットを設置した人は、運営者から新しいアドレスを受け取れます。',
  },
  oldConfig: {
    title: 'このチャットのアドレスは期限切れです',
    advice: 'チャットを設置した人は、運営者から新しいアドレスを受け取れます。',
  },
  access: {
    ask: 'ブラウザーは、他のページ内のチャットにサインイン情報を渡していません。',
    button: '自分のアカウントで続ける',
    refused:
      'ブラウザーが許可しませんでした。チャットを単独で開くか、このページでの Cookie を許可してください。',
  },
  status: 'ステータス',
  statuses: {
    online: 'オンライン',
    away: '離席中',
    dnd: '取り込み中',
    offline: 'オフライン',
    unknown: '不明',
  },
};

/** The words by primary language (BCP 47), English first. */
export const PAGE_WORDS: ReadonlyMap<string, PageWords> = new Map([
  ['en', en],
  ['de', de],
  ['es', es],
  ['fr', fr],
  ['pt', pt],
  ['ar', ar],
  ['ja', ja],
]);
