/**
 * How people ask for the texts to end, beyond the listed phrases: which words ask for it, and which
 * words may stand around them. Data only. A word that turns "stop" into an answer ("buses") or a
 * cry for help ("hurting") must never be among the words that may stand around.
 */

export interface StopGrammar {
  /** Any of these asks for it by itself. */
  readonly asks: readonly string[];
  /** A message is no stop where one of these comes before what asks for it: "don't stop". */
  readonly denies: readonly string[];
  /** "No more", "don't": asks for it only together with `messaging` and one of `towardsUs`. */
  readonly refuses: readonly string[];
  readonly messaging: readonly string[];
  readonly towardsUs: readonly string[];
  /** May stand around: politeness, "me", "again". Nothing else may. */
  readonly around: readonly string[];
  /** Whole messages, once the politeness at either end is gone. */
  readonly phrases: readonly string[];
}

const list = (words: string): readonly string[] => words.split(' ');
const phrases = (words: string): readonly string[] => words.split(', ');

const en: StopGrammar = {
  asks: phrases(
    'stop, stopall, stopping, unsubscribe, unsub, optout, opt out, st0p, stpo, sotp, stp',
  ),
  denies: list('dont not never cant cannot wont didnt doesnt without'),
  refuses: phrases('dont, do not, never, no more, not, stop'),
  messaging: list(
    'text texts texting txt txts txting message messages messaging msg msgs msging sms contact contacting ' +
      'send sending bother bothering ask asking spam spamming',
  ),
  towardsUs: list('me us again anymore want need'),
  around: list(
    'please pls plz pleas pleaase now thanks thank you u thx ta ok okay just can could would will want ' +
      'wanna to like asked said hey hi hello omg ffs right away immediately already again ever anymore any more ' +
      'no not do dont all this these those the it that me us my phone number from get getting receive of your ur need questions',
  ),
  phrases: phrases(
    'leave me alone, leave me be, remove me, remove me from your list, remove me from this list, remove my number, ' +
      'take me off, take me off your list, take me off this list, take me off the list, get me off this list, ' +
      'opt me out, sign me out, i want out, i want to opt out, i opt out, go away, lose my number, delete my number, fuck off, f off, piss off',
  ),
};

const cy: StopGrammar = {
  asks: list('stop stopio stopia stopiwch'),
  denies: list('ddim dim nid peidiwch paid peidio'),
  refuses: phrases('peidiwch, paid, peidio, dim mwy'),
  messaging: list(
    'tecstio thecstio decstio tecst tecsts decsts negeseuon neges anfon gyrru negesu cysylltu chysylltu',
  ),
  towardsUs: list('fi mi i ataf ata negeseuon decsts tecsts'),
  around: list(
    'os gwelwch yn dda plis nawr rwan diolch a ag y yr r fi mi i ata ataf eto o mwy wnewch chi allwch gyda efo ma hyn',
  ),
  phrases: phrases(
    'gadewch lonydd i fi, gad lonydd i fi, gadael llonydd i fi, tynnwch fi oddi ar y rhestr',
  ),
};

const pl: StopGrammar = {
  asks: list('stop przestan przestancie zatrzymaj zatrzymajcie wypisz wypiszcie rezygnuje'),
  denies: list('nie'),
  refuses: list('nie'),
  messaging: list(
    'pisz piszcie pisac pisania wysylaj wysylajcie wysylac przysylaj przysylajcie wiadomosci wiadomosc sms smsy smsow ' +
      'smsa kontaktuj kontaktujcie kontaktowac',
  ),
  towardsUs: list('mnie mi wiecej juz chce'),
  around: list(
    'prosze juz teraz mi mnie do ze mna sie wiecej nigdy tych te to czy mozecie mozesz chce zeby zebyscie dziekuje dzieki z listy',
  ),
  phrases: phrases(
    'daj mi spokoj, dajcie mi spokoj, dajcie spokoj, usun moj numer, usuncie moj numer, spadaj, spadajcie',
  ),
};

const ur: StopGrammar = {
  asks: phrases(
    'stop, اسٹاپ, سٹاپ, روکو, روکیں, رکو, رک جاؤ, بند کرو, بند کریں, بند کر دو, بند کر دیں, بند کردو, بند کردیں, roko, ruko, ' +
      'ruk jao, band karo, band kro, band karein, band karen, band kar do, band kardo',
  ),
  denies: list('مت نہ نہیں mat na nahi'),
  refuses: list('مت نہ mat na nahi نہیں'),
  messaging: phrases(
    'میسج, میسجز, پیغام, پیغامات, ٹیکسٹ, message, messages, msg, msgs, text, texts, sms, بھیجنا, بھیجو, بھیجیں, بھیجنے, bhejo, bhejna, bhejein',
  ),
  towardsUs: list(
    'مجھے mujhe بھیجو بھیجیں bhejo bhejein کرو کریں karo kro karein چاہیے چاہئے chahiye',
  ),
  around: list(
    'براہ مہربانی پلیز please pls مجھے mujhe یہ ye yeh اب ab سب sab اور aur کو ko کرو کریں کرنا karo kro karein karna مزید چاہیے چاہئے chahiye ہیں hain شکریہ shukriya',
  ),
  phrases: phrases('مجھے اکیلا چھوڑ دو, mujhe akela chor do, peecha chhoro, jaan chhoro'),
};

export const STOP_GRAMMARS: readonly StopGrammar[] = [en, cy, pl, ur];
