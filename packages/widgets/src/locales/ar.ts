import type { Translation } from './translation.js';

/** One, two, three to ten, and more have forms of their own; so do the hundreds, which end like one or a few. */
function counted(
  count: number,
  formatted: string,
  [one, two, few, many]: readonly [string, string, string, string],
) {
  if (count === 1) return one;
  if (count === 2) return two;
  const rest = count % 100;
  return `${formatted} ${rest >= 3 && rest <= 10 ? few : many}`;
}

/** Arabic. */
export const translation: Translation = {
  room: {
    language: 'ar',
    thisPage: 'هذه الصفحة',
    messages: (room) => `الرسائل في ${room}`,
    composer: (room) => `رسالة إلى ${room}`,
    placeholder: 'اكتب رسالة',
    send: 'إرسال',
    noVoice: 'يمكنك القراءة هنا. يمكن للمشرف أن يسمح لك بالكتابة.',
    voice: 'يمكنك الكتابة هنا الآن.',
    nameRefused: (wanted, kept) => `الاسم ${wanted} مستخدم أو غير مسموح به هنا. ما زال اسمك ${kept}.`,
    subjectIs: (subject) => `الموضوع: ${subject}`,
    people: (count) => `${count} هنا`,
    whoIsHere: 'من هنا',
    close: 'إغلاق',
    you: 'أنت',
    moderator: 'مشرف',
    visitor: 'للقراءة فقط',
    andMore: (count) => `و${count} غيرهم`,
    connecting: 'جارٍ الاتصال',
    reconnecting: 'جارٍ إعادة الاتصال',
    offline: 'أنت غير متصل. ستُرسل الرسائل عند عودتك.',
    offlineToRead: 'أنت غير متصل.',
    online: 'متصل',
    empty: 'لم يكتب أحد بعد. ألقِ التحية وانظر من هنا.',
    emptyToRead: 'لم يكتب أحد بعد.',
    newMessages: (count, formatted) =>
      counted(count, formatted, ['رسالة جديدة', 'رسالتان جديدتان', 'رسائل جديدة', 'رسالة جديدة']),
    toNewest: 'إلى أحدث رسالة',
    withMentions: (newMessages, count, formatted) =>
      `${newMessages}، ${counted(count, formatted, ['واحدة تذكرك', 'اثنتان تذكرانك', 'منها تذكرك', 'منها تذكرك'])}`,
    mentioned: (nick, text) => `ذكرك ${nick}: ${text}`,
    mentionsYou: 'تذكرك',
    mentionName: (nick) => `ذكر ${nick}`,
    names: 'الأسماء',
    namesOffered: (count, formatted) =>
      `${counted(count, formatted, ['اسم واحد', 'اسمان', 'أسماء', 'اسمًا'])}. الأسهم للاختيار، وEnter للتأكيد.`,
    said: (nick, text) => `${nick}: ${text}`,
    rowLabel: (nick, time, text) => `${nick}، ${time}: ${text}`,
    loadOlder: 'عرض الرسائل السابقة',
    loadingOlder: 'جارٍ تحميل الرسائل السابقة',
    sending: 'بانتظار الإرسال',
    notSent: 'لم تُرسل',
    retry: 'إعادة الإرسال',
    discard: 'حذف',
    tryAgain: 'أعد المحاولة',
    joinAgain: 'الدخول مجددًا',
    useHere: 'استخدامها هنا',
    yourName: 'اسمك',
    nameHint: 'اختر اسمًا يراه الآخرون.',
    useName: 'استخدام هذا الاسم',
    today: 'اليوم',
    yesterday: 'أمس',
    badName: 'لا يمكن استخدام هذا الاسم هنا.',
    notLoaded: 'تعذّر التحميل. أعد المحاولة بعد قليل.',
    unexplained: { title: 'لست في الغرفة.', advice: 'أعد المحاولة بعد قليل.' },
    explanations: async () => (await import('./ar-rare.js')).explanations,
    talk: async () => (await import('./ar-rare.js')).talk,
  },
  box: {
    box: (label) => `دردشة ${label}`,
    open: (label) => `فتح دردشة ${label}`,
    openUnread: (label, count, formatted) =>
      `فتح دردشة ${label}، ${counted(count, formatted, ['رسالة غير مقروءة', 'رسالتان غير مقروءتان', 'رسائل غير مقروءة', 'رسالة غير مقروءة'])}`,
    thisPage: 'هذه الصفحة',
    minimise: 'تصغير',
    close: 'إغلاق الدردشة',
    loading: 'جارٍ فتح الدردشة',
    notLoaded: 'لم تُحمّل. أعد المحاولة',
  },
};
