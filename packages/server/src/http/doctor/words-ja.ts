import type { DoctorWords } from './words.js';

export const ja: DoctorWords = {
  title: '埋め込みの確認',
  about: 'チャットを置くフレームにこのアドレスを入れると、周囲のページが何を許可しているかが分かります。',
  states: { waiting: '確認中', good: '動作', limited: '制限あり', bad: 'ブロック', skipped: '未確認' },
  noScript:
    'スクリプトがブロックされているため、チャットは使えません。フレームの sandbox に allow-scripts を加えるか、JavaScript を有効にしてください。',
  noCode:
    "このページのスクリプトが届きません。チャットも届きません。途中で Content-Security-Policy が加えられているか、ファイルが遮断されています。チャットサーバー自身のヘッダー（script-src 'self'）だけにしてください。",
  summary: {
    waiting: 'ここで何が動くかを確認しています',
    good: 'ここではすべて動作します。',
    limited: 'チャットは動作しますが、制限があります。',
    bad: 'チャットを妨げているものがあります。変更点は下に示します。',
  },
  copy: 'レポートをコピー',
  copied: 'コピーしました',
  copyByHand: 'クリップボードがブロックされています。手でコピーするためのレポートです。',
  again: 'もう一度確認',
  click: 'これらも確認',
  clickAbout: '最後の三つは、ボタンを押した後でのみブラウザーが許可します。',
  checks: {
    frame: ['フレームの中', 'このページは単独で開かれています。確認したいページのフレームで開いてください。'],
    ancestors: [
      'このページはチャットを埋め込める',
      'サーバーの設定 embed.ancestors にそのオリジンを加えるか、meerkat embed でアドレスに署名してください。',
    ],
    secure: [
      '安全な接続',
      'ページとチャットを https で配信してください。そうでないと暗号と Cookie が使えません。',
    ],
    origin: [
      '独自のオリジン',
      'フレームの sandbox に allow-same-origin を加えてください。ないと何も保存されず、サインインもできません。',
    ],
    forms: ['フォーム', 'ゲストが名前を入力できるよう、フレームの sandbox に allow-forms を加えてください。'],
    storage: [
      'ストレージ',
      'ブラウザーが他サイトのフレームのストレージをブロックしています。訪問のたびに最初からになります。ページのトークンが役立ちます。',
    ],
    cookies: [
      'チャットサーバーの Cookie',
      'ブラウザーが他サイトの Cookie をブロックしています。ページのトークンでサインインするか、同じサイトにチャットを置いてください。',
    ],
    partitioned: [
      'このページ専用の Cookie',
      '分割 Cookie が届きません。https と最新のブラウザーが必要です。再読み込み時はページのトークンでサインインします。',
    ],
    websocket: [
      'WebSocket',
      'WebSocket で接続できません。プロキシで /xmpp-websocket を通し、設定 origins を確認してください。',
    ],
    bosh: [
      'WebSocket の代わりの HTTP',
      '/http-bind への POST が失敗します。プロキシで通し、設定 origins を確認してください。',
    ],
    csp: [
      'コンテンツポリシー',
      'プロキシなど途中の何かが Content-Security-Policy を加え、ここに示すものを遮断しています。チャットサーバー自身のヘッダーだけにするか、そちらでも許可してください。',
    ],
    policy: ['フレームの権限', 'フレームに allow="clipboard-write; storage-access" を加えてください。'],
    referrer: [
      'ページが自分の場所を伝える',
      'リファラーが送られていません。チャットは動きますが、サーバーはどのページか分かりません。referrerpolicy="origin" で十分です。',
    ],
    loader: [
      'ページのローダー',
      '高さ、ソフトキーボード、未読数のために、フレームに data-meerkat を付け、/embed/frame.js を読み込んでください。',
    ],
    tokens: [
      'このページはサインインする人を伝えられる',
      '訪問者をトークンでサインインさせるなら、設定 embed.tokenOrigins にそのオリジンを加えてください。',
    ],
    access: [
      '要求による Cookie へのアクセス',
      'ブラウザーかフレームが拒否しています。sandbox に allow-storage-access-by-user-activation を加えてください。',
    ],
    clipboard: [
      'クリップボード',
      'テキストをコピーできるよう、フレームに allow="clipboard-write" を加えてください。',
    ],
    popups: [
      '新しいウィンドウのリンク',
      'フレームの sandbox に allow-popups を加えてください。ないとメッセージのリンクが開きません。',
    ],
  },
};
