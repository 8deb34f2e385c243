import type { Explanations } from './en.js';
import { talk as english, type TalkStrings } from './en-talk.js';

const because = (sentence: string, reason: string | undefined) =>
  reason ? `${sentence}。理由: ${reason}` : `${sentence}。`;
const again = '少し待ってからもう一度お試しください。';
const other = '別の名前を選んでください。';
const ask = '正しいルームをサイトに確認してください。';

/** Why nothing goes on, in Japanese. */
export const explanations: Explanations = {
  noRoom: {
    title: 'このチャットにはルームがありません。',
    advice: 'ページで指定する必要があります: room="lobby"',
  },
  closed: { title: 'サインアウトしました。', advice: '続けるには再入室してください。' },
  proving: {
    title: '現在、多くのゲストが訪れています。',
    advice: 'ロボットではないことをブラウザーが証明しています。数秒かかります。',
  },
  refusals: {
    'not-authorized': {
      title: 'サインインしていません。',
      advice: 'このサイトにサインインしてから、もう一度お試しください。',
    },
    forbidden: {
      title: 'このチャットはこのサイトでは利用できません。',
      advice: '運営者が許可できます。',
    },
    insecure: {
      title: 'この接続はサインインするには安全ではありません。',
      advice: 'ページを https で開いてください。',
    },
    replaced: {
      title: 'このチャットは別のウィンドウで開いています。',
      advice: 'そちらで続けるか、ここで使うことができます。',
    },
    unreachable: {
      title: 'チャットサーバーが見つかりません。',
      advice: 'アドレスを確認するか、少し待ってからもう一度お試しください。',
    },
    crowded: {
      title: '現在、ゲストが多くなっています。',
      advice: '空きができしだい入室します。',
    },
    proof: {
      title: '現在、多くのゲストが訪れています。',
      advice: '入室するには、機械ではないことを示してください。',
    },
    unsupported: {
      title: 'このチャットサーバーには、ページに必要な機能がありません。',
      advice: '運営者が更新できます。',
    },
  },
  roomRefusals: {
    banned: { title: 'このルームへの入室を禁止されています。', advice: 'モデレーターが解除できます。' },
    destroyed: { title: 'このルームは閉鎖されました。', advice: 'ここで読めるものはもうありません。' },
    full: { title: 'ルームは満員です。', advice: '誰かが退室してからもう一度お試しください。' },
    kicked: { title: 'ルームから退室させられました。', advice: '再入室できます。' },
    'members-only': {
      title: 'このルームはメンバー専用です。',
      advice: 'サインインするか、モデレーターに追加を依頼してください。',
    },
    'nick-conflict': { title: 'その名前はすでに使われています。', advice: other },
    'nick-refused': { title: 'その名前はここでは使えません。', advice: other },
    'nick-reserved': { title: 'その名前は運営者のために確保されています。', advice: other },
    'not-allowed': { title: 'このルームは開けません。', advice: ask },
    'not-found': { title: 'そのルームはありません。', advice: ask },
    password: {
      title: 'このルームにはパスワードが必要です。',
      advice: 'メンバーへの追加をモデレーターに依頼してください。',
    },
    unknown: { title: 'ルームに入れませんでした。', advice: again },
  },
  site: {
    signIn: {
      title: 'チャットするにはサインインしてください。',
      advice: 'このルームは、このサイトにサインインしている人のためのものです。',
    },
    down: {
      title: 'このサイトから、あなたが誰かの返事がありません。',
      advice: 'もう一度問い合わせます。ご自分で試すこともできます。',
    },
    refused: {
      title: 'チャットがこのサイトでのサインインを受け付けません。',
      advice: 'しばらくしてからもう一度お試しください。続く場合はサイトの運営者に知らせてください。',
    },
    action: 'サインイン',
  },
  removedBy: (nick) => `${nick} さんがあなたを退室させました。`,
};

/** What is said of people in Japanese. */
export const talk: TalkStrings = {
  ...english,
  typing: (first, second, more) => {
    if (more) return '複数の人が入力中';
    return second === undefined ? `${first} さんが入力中` : `${first} さんと ${second} さんが入力中`;
  },
  removed: (nick, by, reason) =>
    because(by ? `${by} さんが ${nick} さんを退室させました` : `${nick} さんが退室させられました`, reason),
  banned: (nick, by, reason) =>
    because(
      by ? `${by} さんが ${nick} さんの入室を禁止しました` : `${nick} さんの入室が禁止されました`,
      reason,
    ),
  rowMenu: 'このメッセージの操作',
  personMenu: (nick) => `${nick} さんの操作`,
  copyText: 'テキストをコピー',
  copied: 'コピーしました',
  notCopied: 'テキストをコピーできませんでした。',
  remove: 'ルームから退室させる',
  ban: '入室を禁止',
  mute: 'ミュート',
  unmute: 'ミュートを解除',
  removeTitle: (nick) => `${nick} さんを退室させますか？`,
  removeHint: '再入室できます。',
  banTitle: (nick) => `${nick} さんの入室を禁止しますか？`,
  banHint: 'モデレーターが許可するまで再入室できません。',
  reason: '理由（全員に表示されます）',
  cancel: 'キャンセル',
  denied: 'ここではその操作はできません。',
  failed: `うまくいきませんでした。${again}`,
  sent: '送信済み',
  delivered: '配信済み',
  person: {
    here: 'オンライン',
    away: '不在',
    empty: (name) => `${name} さんに声をかけてみましょう。`,
    awayNote: (name) => `${name} さんは不在です。戻ったときにメッセージを読みます。`,
    notAllowed: {
      title: 'この人には書き込めません。',
      advice: 'このサイトにログインしてから、もう一度お試しください。',
    },
    unknown: { title: 'その名前の人はいません。', advice: '正しい名前をサイトに確認してください。' },
  },
};
