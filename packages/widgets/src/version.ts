/** The version of these elements: two copies on one page compare it. Kept equal to package.json by a test. */
export const VERSION = '0.1.0';
