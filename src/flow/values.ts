/** What flows are made of below steps: texts by language, kinds of question, and answers. */

/** A text in each language of the flow; the flow's first language is the fallback. */
export type Localised = Readonly<Record<string, string>>;

export type QuestionKind =
  | 'yes_no'
  | 'choose_one'
  | 'choose_many'
  | 'rank'
  | 'scale'
  | 'number'
  | 'text'
  | 'place';

/** yes_no: boolean; choose_one, text, place: string; scale, number: number; choose_many, rank: ids. */
export type AnswerValue = boolean | number | string | readonly string[];
export type Answers = Readonly<Record<string, AnswerValue>>;
