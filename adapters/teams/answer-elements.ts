/**
 * The fields and buttons that answer one question on a card. Each carries the step and revision that
 * it was offered with, so that an old one is known; no label is ever cut.
 */
import type { Prompt, PromptInput, PromptOption } from '../../src/flow/prompt.ts';
import {
  buttons,
  type Element,
  type ForOldTeams,
  fitsInARow,
  type Json,
  words,
} from './card-json.ts';
import type { Say } from './teams-options.ts';

export interface Carried {
  /** What every button carries beside its own: the shared card that it stands in. */
  readonly more: { readonly [name: string]: Json | undefined };
  readonly forOldTeams: ForOldTeams;
}

export function answerElements(
  { input, target, language }: Prompt,
  say: Say,
  { more, forOldTeams }: Carried,
): readonly Element[] {
  const aim = target === undefined ? {} : { step: target.step, revision: target.revision };
  const send = (kind: 'picked' | 'number' | 'text'): readonly Element[] =>
    buttons(
      [
        {
          label: say('label_send', language),
          data: { ...more, do: 'fill', kind, ...aim },
          takesInputs: true,
          isMain: true,
        },
      ],
      forOldTeams,
    );
  const label = say('teams_your_answer', language);
  switch (input.kind) {
    case 'none':
      return [];
    case 'one': {
      if (!areButtons(input))
        return [
          choiceSet('answer', label, input.options, { expanded: isShort(input.options) }),
          ...send('picked'),
        ];
      const taps = input.options.map((option) => ({
        label: option.label,
        // Without a target nothing tells a stale tap: then the words count, as if they were typed.
        data:
          target === undefined
            ? { ...more, do: 'say', text: option.label }
            : { ...more, do: 'choose', ...aim, option: option.id },
        isMain: input.options.length === 1,
      }));
      const inRows = fitsInARow(taps) || taps.every((tap) => tap.label.length <= SHORTEST_LABEL);
      return [
        ...ends(input),
        ...(input.layout === 'row' && inRows
          ? buttons(taps, forOldTeams)
          : taps.flatMap((tap) => buttons([tap], forOldTeams))),
      ];
    }
    case 'many': {
      const places = Math.min(input.max, input.options.length);
      return [
        ...(input.ordered
          ? [
              ...words(say('teams_rank', language, { max: String(places) }), 'quiet'),
              ...Array.from({ length: places }, (_, place) =>
                choiceSet(`rank${place + 1}`, `${place + 1}`, input.options, { expanded: false }),
              ),
            ]
          : [
              choiceSet(
                'answer',
                input.max < input.options.length
                  ? say('teams_choose_up_to', language, { max: String(input.max) })
                  : label,
                input.options,
                { expanded: true, several: true },
              ),
            ]),
        ...send('picked'),
      ];
    }
    case 'number':
      return [
        {
          type: 'Input.Number',
          id: 'number',
          label,
          ...(input.min === undefined ? {} : { min: input.min }),
          ...(input.max === undefined ? {} : { max: input.max }),
        },
        ...send('number'),
      ];
    case 'text':
      return [
        { type: 'Input.Text', id: 'text', label, isMultiline: true, maxLength: input.maxLength },
        ...send('text'),
      ];
  }
}

type OneInput = Extract<PromptInput, { readonly kind: 'one' }>;

/** More, or longer ones, would be cut off: a list shows them whole. */
const MOST_BUTTONS = 12;
const LONGEST_LABEL = 40;
const MOST_IN_SIGHT = 14;
/** As long as a number on a scale: a button with it has room beside others of its kind. */
const SHORTEST_LABEL = 3;

function areButtons({ options }: OneInput): boolean {
  return (
    options.length <= MOST_BUTTONS && options.every(({ label }) => label.length <= LONGEST_LABEL)
  );
}

function isShort(options: readonly PromptOption[]): boolean {
  return options.length <= MOST_IN_SIGHT;
}

function ends({ ends: both, options }: OneInput): readonly Element[] {
  const [first, last] = [options.at(0)?.label, options.at(-1)?.label];
  return both === undefined ? [] : words(`${first}: ${both.low} … ${last}: ${both.high}`, 'quiet');
}

function choiceSet(
  id: string,
  label: string,
  options: readonly PromptOption[],
  { expanded, several = false }: { readonly expanded: boolean; readonly several?: boolean },
): Element {
  return {
    type: 'Input.ChoiceSet',
    id,
    label,
    wrap: true,
    style: expanded ? 'expanded' : 'compact',
    ...(several ? { isMultiSelect: true } : {}),
    choices: options.map((option) => ({ title: option.label, value: option.id })),
  };
}
