/** As in english.ts, in Welsh. Data only. */
import type { WishGrammar } from './grammar.ts';

export const welsh: WishGrammar = {
  classes: {
    peidiwch: 'peidiwch paid peidio',
    tecstio: 'tecstio thecstio nhecstio decstio negesu cysylltu chysylltu poeni phoeni mhoeni',
    negeseuon: 'negeseuon neges decstiau tecstiau decsts tecsts negeseuau',
    'i-mi': 'fi i mi ni ataf ata atai',
    rhowch: 'rhowch rho rhoi',
    eisiau: 'eisiau isio ishe moyn',
  },
  stop: [
    'stopio|stopia|stopiwch|stop (hyn)',
    'stopio|stopia|stopiwch (a) {tecstio} (fi|ni|i)',
    'stopio|stopia|stopiwch (ag) anfon|gyrru {negeseuon} (ata|ataf|i) (i|mi)',
    '{peidiwch} (a|ag) (fy|fi|m) {tecstio} (i|fi|ni|gyda) (fi|mi)',
    '{peidiwch} (a|ag) anfon|gyrru (mwy|rhagor) (o) {negeseuon} (ata|ataf|i) (i|mi)',
    'dim mwy|rhagor o {negeseuon}',
    'dim mwy|rhagor',
    'gadewch|gad|gadael (i) lonydd|llonydd i {i-mi}',
    '{rhowch} lonydd|llonydd i {i-mi}',
    '{rhowch} (y|r) gorau iddi|iddo|i (hyn)',
    'rhor gorau iddi|iddo',
    'tynnwch|tynna|tynnu fi (oddi|o) (ar|y) (y|r) rhestr',
    'tynnwch|tynna|tynnu|dilewch|dileu fy|y rhif (i) (ffon)',
    '(dw|dwi) (i) ddim {eisiau} (mwy|rhagor) (o) {negeseuon}',
    '(dw|dwi) (i) {eisiau} stopio',
    'wnewch|allwch|newch|gallwch chi stopio|beidio',
  ],
  refusals: ['{peidiwch} (a|ag) (fy|fi) {tecstio} (i|fi)'],
  beside: [
    'os gwelwch yn dda',
    'diolch',
    'nawr|rwan|eto|plis|wir',
    'wnewch|allwch|newch|gallwch chi',
    'sori',
    'sgwn i',
  ],
  'wrong-number': [
    '(y|r) rhif|person anghywir|rong',
    '(mae) (gyda|gen|gan) (chi|ti) (y|r) rhif anghywir',
    '(dyma|hwn) (yw|ydi|ydy) (y|r) rhif anghywir',
  ],
  'who-is-this': [
    'pwy sy|syn (na|yma|n) (tecstio|anfon)',
    'pwy yw|ydi|ydy|di|dych|ydych hwn|hon|hyn|chi|ti',
    'pwy wyt|ti (ti)',
    'pwy sydd (wedi) (anfon) (hwn|hyn|na|yma)',
    '(ai) sgam yw|ydi|ydy hwn|hyn',
    'o|ble ble gawsoch chi fy rhif',
  ],
};
