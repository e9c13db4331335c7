/** A golden conversation in somebody's own chat on Teams: typed there, or pressed on the card. */
import type { CheckedCard } from '../teams/card-rules.ts';
import { asRead, flat, type Shown } from '../teams/card-view.ts';
import { teamsPerson } from '../teams/person.ts';
import type { Program } from './program.ts';
import { asLines, FIELD, type Talk } from './talk.ts';

export function onTeams({ teams }: Program, name: string): Talk {
  const person = teamsPerson(teams, name);
  let card: CheckedCard | undefined;
  const shown = (what: Shown): string => {
    if (what.status !== 200 && what.status !== 202)
      throw new Error(`Teams is answered ${what.status}`);
    card = what.cards.at(-1) ?? card;
    return read(what);
  };
  return {
    address: () => person.address,
    say: async (text) => shown(await person.say(text)),
    tap: async (labels) => {
      const fields = card && picked(card, labels);
      const [label = ''] = labels;
      return shown(
        fields === undefined ? await person.press(label) : await person.press('Send', { fields }),
      );
    },
  };
}

function read({ cards, text }: Shown): string {
  if (cards.length === 0) return asLines({ words: [text], options: [], keys: [] });
  const elements = cards.flatMap(({ body }) => flat(body));
  const pressed = elements.flatMap((one) => (one.type === 'ActionSet' ? one.actions : []));
  const buttons = pressed.flatMap((action) => (action.type === 'Action.Execute' ? action : []));
  return asLines({
    words: elements.flatMap((one) =>
      one.type === 'RichTextBlock' ? asRead(one.inlines.map((run) => run.text).join('')) : [],
    ),
    options: elements.flatMap((one) => {
      if (one.type === 'Input.ChoiceSet') return one.choices.map(({ title }) => title);
      if (one.type === 'Input.Text' || one.type === 'Input.Number') return [FIELD];
      if (one.type !== 'ActionSet') return [];
      return buttons
        .filter(({ data }) => data['do'] === 'choose' || data['do'] === 'say')
        .filter((button) => one.actions.includes(button))
        .map(({ title }) => title);
    }),
    keys: buttons.flatMap(({ data, title }) => {
      const { do: what, command } = data;
      return what === 'command' && typeof command === 'string' ? [{ command, label: title }] : [];
    }),
  });
}

/** Filled into the lists of the card; undefined where it is no list that shows them. */
function picked(
  card: CheckedCard,
  labels: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const lists = flat(card.body).flatMap((one) => (one.type === 'Input.ChoiceSet' ? one : []));
  const values = labels.flatMap(
    (label) => lists[0]?.choices.find(({ title }) => title === label)?.value ?? [],
  );
  const [first] = lists;
  if (first === undefined || values.length !== labels.length) return undefined;
  return lists.length === 1
    ? { [first.id]: values.join(',') }
    : Object.fromEntries(values.map((value, place) => [lists[place]?.id ?? '', value]));
}
