import type { RuleSet } from '../finding.ts';

/** Forced marriage, female genital mutilation and threats in the name of honour. */
export const honourBased: RuleSet = {
  kind: 'honour-based',
  red: [
    '{us}|she|i .. taken|sent|taking|sending|take|flown|going .. (to) {abroad} .. {marry}',
    '{they} .. taking|sending|take|send|sent me|us|her .. {abroad} .. {marry}|cut|circumcised',
    'going to be|get married|cut|circumcised .. {abroad}|tomorrow|week|summer',
    '{loved-one}|they .. lock|locked|keep|keeping me .. {marry}',
    '{loved-one}|they .. kill me .. gay|lesbian|trans|boyfriend|honour|shame|pregnant|find out|islam',
  ],
  amber: [
    'forced|forcing|force|making|make|made|makes|pressuring|pressured|pushing|arranging|arranged|want|wants|wanting me|her|us|him|my|sister|friend|to|into (sister|friend) (to|into) (get|getting|be|have|a|an) {marry}',
    'being|am|is|getting forced|made|pressured (to|into) (get|a|be) {marry}',
    'forced into|to (a|get) {marry}',
    '{someone}|they .. forcing|making|make|want|wants .. marry|married|marriage my|a|an|to|his|because',
    'forced marriage (is) (happening) .. to|my me|friend|sister|cousin|family',
    'marry|married|marrying|engaged .. cousin|stranger|old|someone .. do not|against|want|made|forced',
    'do not|never want .. to marry|be married|get married .. my|him|they|parents|family|mum|dad',
    '{us}|she .. sent|taken|taking|flown|went abroad|home|away|pakistan|india|bangladesh|somalia .. {marry}',
    '{they} .. going|want|wants|say|says|have|need .. cut|circumcise|circumcised me|my|her|us|sister|like',
    '{i}|sister|she|me .. have|has|going|need|got to (be|get) cut|circumcised|sunna .. go|{abroad}|girl|like|clean|when|grandma|nan',
    'be|get|been|was|were|got cut .. {abroad}|somalia|girl|nan',
    '{us} .. be|get|been|was circumcised',
    'fgm .. (on|to) me|my|sister|friend|us|her|done',
    'had|have|done|did|do|doing fgm .. me|to|on|when|my',
    'kill|disown|hurt|beat me .. (they|he|she|if|because) .. find|finds|found|knew|know|gay|boyfriend|dating|lesbian|trans|pregnant|talking',
    '{loved-one}|they .. kill|disown|hurt|beat me (if|because|for|.) .. gay|boyfriend|out|lesbian|find|talking|trans',
    'follow|follows|watch|watches|following|watching me everywhere .. beat|hit|boys|brothers|hurt|family|because|brother',
    'beat|beats|hit|hits me .. for|because .. talking|boys|boyfriend|scarf|hijab|western|praying|pray',
    'shame|dishonour|dishonoured|honour on|the|my|our .. family .. kill|hurt|beat|marry|punish|me',
    'conversion therapy|exorcism .. me|parents|forced',
  ],
};
