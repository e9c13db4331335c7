/** A function that a trigger of this suite calls, in SQL; what it gives back matters only before a row. */
export function triggerFunction(name: string, body: string, declared = ''): string {
  return `
  create function ${name}() returns trigger language plpgsql as $$
  ${declared === '' ? '' : `declare ${declared};`}
  begin
    ${body}
  end
  $$;`;
}
