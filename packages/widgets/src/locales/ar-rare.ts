import type { Explanations } from './en.js';
import { talk as english, type TalkStrings } from './en-talk.js';

const because = (sentence: string, reason: string | undefined) =>
  reason ? `${sentence}: ${reason}` : `${sentence}.`;
const again = 'أعد المحاولة بعد قليل.';
const other = 'اختر اسمًا آخر.';
const ask = 'اسأل الموقع عن الغرفة الصحيحة.';

/** Why nothing goes on, in Arabic. */
export const explanations: Explanations = {
  noRoom: { title: 'ليس لهذه الدردشة غرفة.', advice: 'على الصفحة أن تسمّي غرفة: room="lobby".' },
  closed: { title: 'لقد سجّلت الخروج.', advice: 'ادخل مجددًا لمتابعة الدردشة.' },
  proving: { title: 'يصل ضيوف كثيرون الآن.', advice: 'يثبت متصفحك أنه ليس روبوتًا. يستغرق ذلك بضع ثوانٍ.' },
  refusals: {
    'not-authorized': { title: 'لم تسجّل الدخول.', advice: 'سجّل الدخول في هذا الموقع ثم أعد المحاولة.' },
    forbidden: { title: 'هذه الدردشة ليست متاحة لهذا الموقع.', advice: 'يمكن لمن يديرها أن يسمح بذلك.' },
    insecure: { title: 'هذا الاتصال ليس آمنًا بما يكفي لتسجيل الدخول.', advice: 'افتح الصفحة عبر https.' },
    replaced: {
      title: 'هذه الدردشة مفتوحة في نافذة أخرى.',
      advice: 'يمكنك المتابعة هناك أو استخدامها هنا.',
    },
    unreachable: {
      title: 'تعذّر العثور على خادم الدردشة.',
      advice: 'تحقّق من العنوان أو أعد المحاولة بعد قليل.',
    },
    crowded: {
      title: 'يوجد ضيوف كثيرون هنا الآن.',
      advice: 'ستدخل حالما يتوفر مكان.',
    },
    proof: {
      title: 'يصل ضيوف كثيرون الآن.',
      advice: 'أثبت أنك لست آلة لتدخل.',
    },
    unsupported: {
      title: 'ينقص خادم الدردشة هذا شيء تحتاج إليه الصفحة.',
      advice: 'يمكن لمن يديره أن يحدّثه.',
    },
  },
  roomRefusals: {
    banned: { title: 'أنت محظور من هذه الغرفة.', advice: 'يمكن للمشرف أن يسمح لك بالدخول من جديد.' },
    destroyed: { title: 'أُغلقت هذه الغرفة.', advice: 'لم يعد هنا ما يُقرأ.' },
    full: { title: 'الغرفة ممتلئة.', advice: 'أعد المحاولة بعد أن يغادر أحدهم.' },
    kicked: { title: 'أُخرجت من الغرفة.', advice: 'يمكنك الدخول مجددًا.' },
    'members-only': {
      title: 'هذه الغرفة للأعضاء.',
      advice: 'سجّل الدخول، أو اطلب من المشرف أن يضيفك.',
    },
    'nick-conflict': { title: 'هنا من يحمل هذا الاسم.', advice: other },
    'nick-refused': { title: 'لا يمكن استخدام هذا الاسم هنا.', advice: other },
    'nick-reserved': { title: 'هذا الاسم محجوز لمن يديرون هذا المكان.', advice: other },
    'not-allowed': { title: 'لا يمكن فتح هذه الغرفة.', advice: ask },
    'not-found': { title: 'لا توجد غرفة كهذه.', advice: ask },
    password: { title: 'تحتاج هذه الغرفة إلى كلمة مرور.', advice: 'اطلب من المشرف أن يضيفك عضوًا.' },
    unknown: { title: 'لم تسمح لك الغرفة بالدخول.', advice: again },
  },
  site: {
    signIn: { title: 'سجّل الدخول للدردشة.', advice: 'هذه الغرفة لمن سجّلوا الدخول في هذا الموقع.' },
    down: { title: 'لا يذكر هذا الموقع من أنت الآن.', advice: 'سيُسأل مرة أخرى. يمكنك أيضًا أن تحاول بنفسك.' },
    refused: {
      title: 'لا تقبل الدردشة تسجيل دخولك في هذا الموقع.',
      advice: 'أعد المحاولة بعد قليل. إن بقي الأمر كذلك فأخبر من يدير الموقع.',
    },
    action: 'تسجيل الدخول',
  },
  removedBy: (nick) => `أخرجك ${nick} من الغرفة.`,
};

/** What is said of people in Arabic. */
export const talk: TalkStrings = {
  ...english,
  typing: (first, second, more) => {
    if (more) return 'عدة أشخاص يكتبون';
    return second === undefined ? `${first} يكتب` : `${first} و${second} يكتبان`;
  },
  removed: (nick, by, reason) =>
    because(by ? `أخرج ${by} ${nick} من الغرفة` : `أُخرج ${nick} من الغرفة`, reason),
  banned: (nick, by, reason) => because(by ? `حظر ${by} ${nick}` : `حُظر ${nick}`, reason),
  rowMenu: 'إجراءات هذه الرسالة',
  personMenu: (nick) => `إجراءات ${nick}`,
  copyText: 'نسخ النص',
  copied: 'نُسخ',
  notCopied: 'تعذّر نسخ النص.',
  remove: 'إخراج من الغرفة',
  ban: 'حظر',
  mute: 'كتم',
  unmute: 'إلغاء الكتم',
  removeTitle: (nick) => `إخراج ${nick}؟`,
  removeHint: 'تمكن العودة بعد ذلك.',
  banTitle: (nick) => `حظر ${nick}؟`,
  banHint: 'لا تمكن العودة حتى يسمح بها مشرف.',
  reason: 'السبب، ويراه الجميع',
  cancel: 'إلغاء',
  denied: 'لا يحق لك ذلك هنا.',
  failed: `لم ينجح ذلك. ${again}`,
  sent: 'أُرسلت',
  delivered: 'تم التسليم',
  person: {
    here: 'متصل الآن',
    away: 'غائب',
    empty: (name) => `ألقِ التحية على ${name}.`,
    awayNote: (name) => `${name} غير متاح الآن، وسيرى رسالتك عند عودته.`,
    notAllowed: {
      title: 'لا يمكنك الكتابة إلى هذا الشخص.',
      advice: 'سجّل الدخول إلى هذا الموقع ثم أعد المحاولة.',
    },
    unknown: { title: 'لا يوجد أحد بهذا الاسم.', advice: 'اطلب الاسم الصحيح من الموقع.' },
  },
};
