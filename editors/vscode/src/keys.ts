// The keys of a Thai keyboard, so that a key that is named by its Latin letter works under both layouts.

// Kedmanee (TIS 820), without shift; `2` and `3` are left out: their signs are `/` and `-`.
const LATIN = "1456789" + "0-=" + "qwertyuiop[]" + "asdfghjkl;'" + "zxcvbnm,./";
const THAI = "ๅภถุึคต" + "จขช" + "ๆไำพะัีรนยบล" + "ฟหกดเ้่าสวง" + "ผปแอิืทมใฝ";

const BY_THAI = new Map(Array.from(THAI, (letter, at) => [letter, LATIN.charAt(at)]));

/** The Latin letter of the key that types this text; the text itself where it is on no Thai key. */
export function key(typed: string): string {
  return BY_THAI.get(typed) ?? typed;
}
