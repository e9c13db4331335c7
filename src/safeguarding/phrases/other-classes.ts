/** Classes of words in languages other than English, named for the language they belong to. */
import { byCommas } from './by-commas.ts';

export const otherClasses: Readonly<Record<string, readonly string[]>> = byCommas({
  'pl-person': `
    tata, ojciec, mama, matka, ojczym, macocha, brat, siostra, wujek, ciocia, dziadek, babcia,
    chłopak, chlopak, kuzyn, on, ona, nauczyciel, opiekun, mąż, rodzice, ktoś, partner, tatuś,
    stary, starzy, oni`,
  'pl-hits': `
    bije, biją, bija, bił, bil, pobił, pobil, uderza, uderzył, uderzyl, uderzyła, kopie, kopią,
    dusi, dusił, krzywdzi, krzywdzą, leje, katuje, szarpie, popycha, bijana, bici, zbił, zbil`,
  'ur-person': `
    ابو, ابا, امی, بھائی, چچا, ماموں, والد, والدہ, شوہر, ماں, باپ, سوتیلا, وہ, استاد, انکل, خالہ,
    کزن, دادا, abbu, abu, abba, ammi, ami, papa, mama, bhai, bhaiya, chacha, chachu, mamu, mamoo,
    mamou, baap, maa, walid, shohar, woh, wo, uncle, daddy, dad, mummy, cousin, taya, khalu,
    ustad, molvi, dada, behan, pitaji`,
  'ur-hits': `
    marte, maarte, marta, maarta, marti, maarti, mara, maara, peette, peetta, pitta, pitte, pit,
    mardi, marda, marde, maarda, maarde, maardi, mar, maar, kutda, kutde, thappad, marday`,
});
