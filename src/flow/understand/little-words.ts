/**
 * The small words around an answer, by language: politeness that changes nothing, joining words,
 * and the words that turn an answer round. They belong to the logic of matching, so they stand here
 * and not among the sentences. A word that could itself be somebody's answer must never be a filler.
 */

export interface LittleWords {
  /** Around an answer and without meaning for it: "I pick", "please", "number". */
  readonly fillers: readonly string[];
  /** Turn it round or put it in doubt: after one of these nothing is matched. */
  readonly negations: readonly string[];
  readonly or: readonly string[];
  /** Between several answers: "and", "then". */
  readonly and: readonly string[];
  readonly all: readonly string[];
  readonly both: readonly string[];
  readonly none: readonly string[];
  readonly last: readonly string[];
  readonly yes: readonly string[];
  readonly no: readonly string[];
  /** Follow a number and change nothing: "12 years". */
  readonly units: readonly string[];
  /** Between a place and the size of a scale: "4 out of 5". */
  readonly outOf: readonly string[];
}

const list = (words: string): readonly string[] => words.split(' ');
const phrases = (words: string): readonly string[] => words.split(', ');

const en: LittleWords = {
  fillers: list(
    'please pls plz pleease thanks thank you thx ta cheers option number num nr answer choice ' +
      'choose pick picking picked chose vote voting want wanna like id ill im i is its it was the an a ' +
      'my mine me would will go for with to be think thought say said probably defo definitely def um erm ' +
      'er uh hmm ok okay so well just that this mate bro sis lol haha xx x',
  ),
  negations: list(
    'not dont doesnt didnt isnt arent wasnt wont cant cannot never neither nor no none nothing nah nope ' +
      'without except but anything apart hate hates against unsure idk dunno instead than worst ' +
      'least less if',
  ),
  or: list('or either between'),
  and: list('and n then after also plus first with followed by'),
  all: phrases(
    'all, all of them, all of it, everything, every one, all them, the lot, all of the above, everything please',
  ),
  both: phrases('both, both of them, both of those'),
  none: phrases(
    'none, none of them, none of these, none of those, neither, nothing, nothing at all, none of the above',
  ),
  last: phrases(
    'last, last one, the last, the last one, bottom one, the bottom one, final one, the final one',
  ),
  yes: list(
    'yes y yeah yep yup yea ye yh yeh ya aye yas yess sure definitely defo course absolutely 👍 ✅ ✔',
  ),
  no: list('no n nope nah naw na nay 👎 ❌'),
  units: list(
    'year years yr yrs old yo y time times hour hours hr hrs minute minutes min mins day days week weeks month ' +
      'months pound pounds quid p pence people mile miles km percent % £ about around roughly ish or so age aged',
  ),
  outOf: phrases('out of, of, outta'),
};

const cy: LittleWords = {
  fillers: list(
    'plis os gwelwch yn dda diolch rhif opsiwn dewis yr y un i fi dwi isio eisiau hoffwn ydy yw',
  ),
  negations: list('ddim dim nid na nac heb ond ddimyn byth'),
  or: list('neu'),
  and: list('a ac wedyn yna hefyd'),
  all: phrases('pob un, popeth, i gyd, y cyfan, pob un ohonyn nhw'),
  both: phrases('y ddau, y ddwy, dau'),
  none: phrases('dim un, dim, dim byd, run ohonyn nhw'),
  last: phrases('olaf, yr olaf, yr un olaf'),
  yes: list('ie ia ydw oes ydy iawn do gallwch cei cewch'),
  no: list('na nac nage nagoes naddo'),
  units: list(
    'oed mlwydd blwyddyn blynedd mlynedd flwydd awr oriau munud munudau diwrnod dydd diwrnodau wythnos mis gwaith',
  ),
  outOf: phrases('allan o, o'),
};

const pl: LittleWords = {
  fillers: list(
    'prosze poprosze dzieki dziekuje numer nr opcja opcje opcja odpowiedz wybieram wybor chce chcialbym chcialabym mysle ze jest to moze ten ta te ja',
  ),
  negations: list('nie ani zaden zadna zadne zadnego nic bez oprocz nigdy raczej niz'),
  or: list('lub albo czy'),
  and: list('i oraz a potem nastepnie tez'),
  all: phrases('wszystko, wszystkie, wszystkie te, kazdy, kazda'),
  both: phrases('oba, obie, oboje, obydwa'),
  none: phrases('zaden, zadna, zadne, zadne z nich, nic'),
  last: phrases('ostatni, ostatnia, ostatnie, ten ostatni, ta ostatnia, to ostatnie'),
  yes: list('tak jasne pewnie owszem t'),
  no: list('nie n'),
  units: list(
    'lat lata rok roku latek godzin godziny godzine godz minut minuty dni dzien tygodni tygodnie miesiecy razy raz zl osob',
  ),
  outOf: phrases('na, z'),
};

const ur: LittleWords = {
  fillers: list(
    'براہ مہربانی شکریہ پلیز نمبر میں مجھے چاہیے چاہئے ہے والا والی جی mujhe chahiye hai wala wali number please mera meri',
  ),
  negations: list('نہیں نہ مت کوئی سوائے بغیر nahi nahin na mat koi siwaye'),
  or: list('یا ya'),
  and: list('اور پھر aur phir'),
  all: phrases('سب, سبھی, سب کچھ, تمام, sab, sabhi'),
  both: phrases('دونوں, dono'),
  none: phrases('کوئی نہیں, کوئی بھی نہیں, کچھ نہیں, koi nahi, kuch nahi'),
  last: phrases('آخری, آخری والا, aakhri, akhri, akhri wala'),
  yes: list('ہاں جی ہاںجی haan han haa ji jee جیہاں'),
  no: list('نہیں نہ nahi nahin nai'),
  units: list('سال برس گھنٹے گھنٹہ منٹ دن ہفتے مہینے بار saal ghante din'),
  outOf: phrases('میں سے, mein se'),
};

/** Languages without a row of their own understand what is in the system's word lists, no more. */
export const LITTLE_WORDS: Readonly<Record<string, LittleWords>> = { en, cy, pl, ur };
