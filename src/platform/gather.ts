/**
 * Brings requests that come at the same moment to one statement: while some are under way, the next
 * ones wait and then go together. Alone, a request goes at once; nothing waits for a timer. Under
 * load a round trip is shared by many, as with the group commit of a database.
 */
export interface Gathering {
  /** Statements under way at the same time. */
  readonly atOnce: number;
  /** Requests in one statement at most. */
  readonly most: number;
}

/** `run` answers in the order of the items. When it fails, each of them is asked `alone`. */
export function gather<Item, Answer>(
  run: (items: readonly Item[]) => Promise<readonly Answer[]>,
  alone: (item: Item) => Promise<Answer>,
  { atOnce, most }: Gathering,
): (item: Item) => Promise<Answer> {
  const waiting: Waiting<Item, Answer>[] = [];
  let underWay = 0;

  const next = (): void => {
    while (underWay < atOnce && waiting.length > 0) {
      const some = waiting.splice(0, most);
      underWay++;
      void together(some).finally(() => {
        underWay--;
        next();
      });
    }
  };

  const together = async (some: readonly Waiting<Item, Answer>[]): Promise<void> => {
    const [first] = some;
    if (first && some.length === 1) return settle(first, alone(first.item));
    try {
      const answers = await run(some.map((one) => one.item));
      some.forEach((one, at) => {
        const answer = answers[at];
        if (answer === undefined) one.reject(new Error('a gathered request had no answer'));
        else one.resolve(answer);
      });
    } catch {
      await Promise.all(some.map((one) => settle(one, alone(one.item))));
    }
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      next();
    });
}

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

async function settle<Item, Answer>(
  { resolve, reject }: Waiting<Item, Answer>,
  answer: Promise<Answer>,
): Promise<void> {
  try {
    resolve(await answer);
  } catch (error) {
    reject(error);
  }
}
