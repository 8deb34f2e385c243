import latinMore from '@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2?url';
import latin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import emoji from '@fontsource-variable/noto-emoji/files/noto-emoji-9-wght-normal.woff2?url';
import arabic from '@fontsource-variable/noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2?url';
import hebrew from '@fontsource-variable/noto-sans-hebrew/files/noto-sans-hebrew-hebrew-wght-normal.woff2?url';
import japanese1 from '@fontsource-variable/noto-sans-jp/files/noto-sans-jp-102-wght-normal.woff2?url';
import japanese2 from '@fontsource-variable/noto-sans-jp/files/noto-sans-jp-116-wght-normal.woff2?url';
import japanese3 from '@fontsource-variable/noto-sans-jp/files/noto-sans-jp-119-wght-normal.woff2?url';

/** The font of every story. A machine's own fonts would make each machine's pictures different. */
export const STORY_FONT = 'Story Sans';

// The first of them is asked for the height of a line. Ranges are wider than the files: what is in none is found out by
// the test that no story shows a glyph of the machine's.
const FACES: readonly (readonly [file: string, range: string])[] = [
  [
    latin,
    'U+0-FF, U+131, U+152-153, U+2BB-2DC, U+300-301, U+303-304, U+308-309, U+323, U+2000-200A, U+2010-206F, U+20AC, U+2122, U+2190-21FF, U+2212',
  ],
  [latinMore, 'U+100-130, U+132-151, U+154-2BA, U+1E00-1E9F, U+20A0-20AB, U+20AD-20C0, U+2C60-2C7F'],
  [arabic, 'U+600-6FF, U+750-77F, U+FB50-FDFF, U+FE70-FEFC'],
  [hebrew, 'U+590-5FF, U+FB1D-FB4F'],
  [japanese1, 'U+6797'],
  [japanese2, 'U+5C0F'],
  [japanese3, 'U+3041-30FF'],
  [emoji, 'U+1F600-1F64F'],
];

/** Settles once every glyph that a story may show is there: a story that is laid out before would move afterwards. */
export const fontsLoaded: Promise<unknown> = Promise.all(
  FACES.map(([file, unicodeRange]) => {
    const face = new FontFace(STORY_FONT, `url(${JSON.stringify(file)})`, {
      weight: '100 900',
      unicodeRange,
    });
    document.fonts.add(face);
    return face.load();
  }),
);
