/** As in english.ts, in Urdu, in its own script and in Latin letters. Data only. */
import type { WishGrammar } from './grammar.ts';

export const urdu: WishGrammar = {
  classes: {
    میسج: 'میسج میسجز پیغام پیغامات ٹیکسٹ ایس message messages text texts sms paigham',
    مت: 'مت نہ mat na',
    کرو: 'کرو کریں کرنا کرے karo kro karein karen krein kren karna',
    بھیجو: 'بھیجو بھیجیں بھیجنا بھیجے bhejo bhejein bhejen bhejna',
    دو: 'دو دیں دے do dein den dain dena',
    مجھے: 'مجھے mujhe mujhay muje',
    یہ: 'یہ ye yeh اب ab سب sab',
    چاہیے: 'چاہیے چاہئے چاہئیں چاہییں chahiye chahie chaiye chahiyen',
  },
  stop: [
    'اسٹاپ|سٹاپ|روکو|روکیں|رکو|roko|ruko|rokein',
    'رک|ruk جاؤ|جائیں|جاو|jao|jaen|jayen|jain',
    'روک|rok {دو}',
    '({مجھے}) ({یہ}) {میسج} بند|band {کرو}',
    '({یہ}) بند|band {کرو}',
    '({یہ}) بند|band کر|kar|kr {دو}',
    '({یہ}) {میسج} بند|band کر|kar|kr {دو}',
    '{میسج} روکو|روکیں|roko',
    '({یہ}) بند|band کردو|کردیں|kardo|kardein',
    '({مجھے}) ({یہ}) {میسج} {مت} {بھیجو}|{کرو}',
    '{مجھے} (کو) {مت} {بھیجو}',
    '({مجھے}) ({یہ}) (مزید|mazeed|aur|اور) {میسج} نہیں|nahi|nahin|nai {چاہیے} (ہیں)',
    '({مجھے}) تنگ|tang {مت} {کرو}',
    'میرا|mera نمبر|number ہٹا|مٹا|نکال|hata|mita|nikal {دو}',
    'مجھے|mujhe (list) (سے|se) نکال|nikal|hata|ہٹا {دو}',
    '({مجھے}) اکیلا|akela چھوڑ|chor|chhor {دو}',
    '(میری|meri|mera) جان|jaan|jan|peecha|پیچھا چھوڑو|چھوڑیں|chhoro|choro|chodo',
    '(میری|meri|mera) جان|jaan|jan|peecha|پیچھا چھوڑ|chhor|chor {دو}',
  ],
  beside: [
    'براہ کرم|مہربانی',
    'barah karam|meharbani',
    'پلیز|شکریہ|shukriya|bhai|yaar|بھائی|یار',
    'مہربانی|meharbani (کر) (کے)',
    '{مجھے}|{یہ}',
  ],
  'wrong-number': [
    '(یہ|ye|yeh) غلط|galat|ghalat|رانگ|wrong نمبر|number (ہے|hai|پر|par)',
    'آپ کے پاس غلط نمبر ہے',
    'aap ke paas galat|ghalat|wrong number hai',
  ],
  'who-is-this': [
    'یہ|آپ|تم|ye|yeh|aap|ap|tum (لوگ|log) کون|kaun|kon (ہے|ہو|ہیں|hai|ho|hain)',
    'کون|kaun|kon ہے|ہو|ہیں|hai|ho|hain (یہ|آپ|bhai|ye)',
    'کون|kaun|kon بول|میسج|bol|message رہا|کر|raha|kar (رہا) (ہے|ہو|hai|ho) (ہے)',
    'میرا|mera نمبر|number کہاں|kahan سے|se ملا|mila',
  ],
};
