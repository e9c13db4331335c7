/**
 * How people say in English that the texts should end, that this is the wrong number, or that they
 * do not know who writes. Data only. A word that makes "stop" an answer ("buses") or a cry for help
 * ("hurting") must never be among what may stand beside it.
 */
import type { WishGrammar } from './grammar.ts';

/** Who it is that should be left in peace: a parent may answer for a child. */
const US = ['me|us', '{my} {phone}', '{my} {child}', 'here'];
const TEXTS = [
  '{texts}',
  '{the} {texts}',
  'all {the} {texts}',
  'any|no more {texts}',
  'more {texts}',
];
const STUFF = ['{stuff}', '{the} {stuff}', 'all {the} {stuff}', 'any more {stuff}', 'more {stuff}'];
const each = (before: string, ones: readonly string[], after = ''): readonly string[] =>
  ones.map((one) => `${before} ${one} ${after}`);

/** "I don't want", once "do not" is "dont" and "wanna" is "want to". */
const SENT = TEXTS.flatMap((texts) => [texts, `to get|receive|have ${texts}`]);

const ENDING = [
  'stop',
  ...each('stop (getting|receiving|having|with)', TEXTS),
  'unsubscribe|unsub (me) (from)',
  'unsubscribe|unsub (me) from this|these|here|it|all|everything|you',
  'unsubscribe|unsub (me) from {the} {texts}|{list}',
  'unsubscribe|unsub {my} {phone}',
  'opt (me|us) out',
  'opt (me|us) out of this|these|it|all|everything',
  'opt (me|us) out of {the} {texts}|{list}',
  'get off|out (of) {the} {list}',
  'be taken|removed off|from {the} {list}',
];

export const english: WishGrammar = {
  classes: {
    stop: 'stop stopall quit cease',
    texting: 'texting messaging contacting',
    bothering: 'bothering annoying pestering spamming harassing hassling asking bugging',
    text: 'text message contact sms',
    texts: 'texts text messages message sms',
    stuff: 'texts text messages message sms stuff things spam crap rubbish shit anything links',
    the: 'the these this that those your any all',
    my: 'my our this the',
    phone: 'phone number mobile mob num no',
    child: 'son daughter child kid kids children lad girl boy',
    list: 'list lists database',
    annoying:
      'annoying boring irritating spam rubbish stupid creepy shit harassment pointless silly',
    busy: 'busy tired bored driving working asleep sleeping annoyed ill done',
  },
  stop: [
    '{stop} (all) (it|this|that|these|those|all|everything)',
    '{stop} {texting}|{bothering}',
    '{stop} sending (me|us) (this|these|it)',
    ...each('{stop} {bothering}', US),
    '{stop} asking (me|us) ({the}) questions',
    'no more questions',
    ...each('{stop} (sending|with)', TEXTS),
    ...each('{stop} (sending)', TEXTS, 'to me|us'),
    ...each('{stop} (sending)', TEXTS, 'to {my} {phone}'),
    ...each('stop sending', STUFF),
    'text|reply|send|say stop',
    ...each('end|cancel', TEXTS),
    ...ENDING,
    ...each('want to', ENDING),
    ...each('i want|wish|would (like) to', ENDING),
    ...each('can|could|may i|we', ENDING),
    ...each('how do|can|to (i|we)', ENDING.slice(1)),
    'i want out',
    'i opt out',
    'sign|count me out',
    'take me|us off (this)',
    'remove me|us (off)',
    'lose|delete|remove|erase|forget my|this (phone|mobile) number|num',
    'take my|this (phone|mobile) number off',
    'leave me|us alone|be',
    'leave my|our son|daughter|child alone',
    'go away',
    'get lost',
    'fuck|f|piss|bugger|sod|naff|eff off',
    ...each('no', ['{texts}', 'more (of) {texts}', 'more (of) {the} {texts}'], '(from) (you|this)'),
    ...each('(i) dont want|need', SENT),
    ...each('i no longer want|need|wish', SENT),
    '(i) dont want to be texted|contacted|messaged|involved',
    '(i) dont want to be part of this',
    '(i) dont want to be in|on {the} {list}',
    '(i) dont want to take part (in) (this)',
  ],
  demands: [
    ...each('{stop} {texting}', US),
    ...each('{stop} sending me|us', STUFF),
    'unsubscribe|unsub me|us',
    'take|get|remove me|us off|from {the} {list}',
    'take|get|remove me|us off|from {the} mailing list',
    'remove|delete|take my|this (phone|mobile) number off|from {the} {list}',
  ],
  refusals: [
    ...each('dont|never {text}', US),
    ...each('dont|never send me|us', [...STUFF, 'this|these|it']),
    '(i) dont want to be texted|contacted|messaged',
  ],
  beside: [
    'i say|said|asked|told (you) (to)',
    'i have asked|told|said (you) (to)',
    'i want|need you to',
    'i would like you to',
    'can|could|will|would|wont you',
    'why wont|dont|cant|do you',
    'you need to',
    'again|anymore|ever|forever|right|yeah|enough|nope',
    'any more',
    'ever again',
    'right away',
    'straight away',
    'thank you',
    'no thanks',
    'no thank you',
    'from you',
    'bye|goodbye',
    'i didnt|never sign|signed (up) (for) (this)',
    'i didnt|never ask|asked for this|these',
    'i am (so|very|too|not) {busy}',
    '(i) (am) not interested',
    'i am at|in work|school|college|class|lesson|lessons|bed',
    'it|this|that is (so|very|too|getting) {annoying}',
    'you are (so|very|too|being) {annoying}',
    'you are annoying|bothering|disturbing me|us',
    'i have had enough',
    'had enough',
    'i mean it',
    'i dont care',
    'i dont know you|who (this|you) (is|are)',
    'i dont want this|it|them|that|these|any|more',
    'any|all of this|it|these',
  ],
  'wrong-number': [
    '(no) wrong {phone}|person',
    '(i) (think) (you) have|got (got|texted|messaged) the|a wrong {phone}|person',
    '(i) (think) (you) texted|messaged the|a wrong {phone}|person',
    '(i) (think) it|this|that is the|a wrong {phone}|person',
    'not my number',
  ],
  'perhaps-wrong-number': [
    'not my phone',
    'it|this|that is not my phone|number',
    'it|this|that is a|my new number',
    'i have (got) a new number',
    'new number',
  ],
  'who-is-this': [
    'who is|are this|you|that|it|dis (texting|messaging) (me)',
    'who is texting|messaging (me|this)',
    'who dis|this',
    'new phone|number who dis|this',
    'new phone|number who is this',
    'who texted|messaged|sent (me|this|that|it)',
    'who sent me this|that',
    'who is this from',
    'who gave you {my} number',
    'how|where did you get {my} number',
    'is this|it (a) scam|spam|real|legit|joke|prank|bot|robot',
    'are you (a) scam|real|legit|bot|robot|human|machine',
    'why are you texting|messaging me',
  ],
};

/** Before "stop texting me" they make it somebody else's doing, or what should not be. */
export const NOT_TO_US: ReadonlySet<string> = new Set(
  (
    'they he she it we i who people everyone everybody nobody noone someone somebody friends mates boys girls ' +
    'guys kids teachers parents strangers bullies men mum dad brother sister ex ' +
    'should must need needs to can cant could will wont would wouldnt didnt doesnt does did dont never not ' +
    'without say says said saying told tell asked ask make makes made making get gets let help if when until unless ' +
    'wish hope because that'
  ).split(' '),
);

/** Anywhere before it: "tell my ex to", "make my brother". */
export const ABOUT_OTHERS: ReadonlySet<string> = new Set(
  'tell told ask asked make makes made get gets let help if when until unless wish hope they he she him her them people'.split(
    ' ',
  ),
);

/** After it they make it an answer about when: "while driving", "when I'm at school". */
export const ONLY_THEN: ReadonlySet<string> = new Set(
  'while whilst when if unless until'.split(' '),
);
/** "Don't text me at night" is about when too. */
export const ONLY_SO: ReadonlySet<string> = new Set(
  'while whilst when if unless until at in on during before after about late early too from'.split(
    ' ',
  ),
);

/** Words that change nothing, wherever they stand: politeness, swearing, kisses. */
export const FILLING =
  'please pls plz plis pleas just now hey hi hello yo ok okay ta thanks thx ty thankyou cheers sorry soz ' +
  'ffs omg omfg lol lmao haha x xx xxx xxxx xd d bro bruv mate m8 man dude pal stupid fucking effing bloody ' +
  'frigging freaking actually really seriously literally immediately asap kindly oi so and but well then';
