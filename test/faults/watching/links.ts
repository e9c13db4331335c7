/**
 * Tries to tie released answers to people: joins the transactions of everything that hangs on a
 * person, dead rows in the files with it, to those of the responses.
 */
import type { Pool } from 'pg';
import type { Link } from '../invariants/seen.ts';

const PERSONAL = [
  'conv.person',
  'conv.conversation',
  'conv.participation',
  'conv.invitation',
  'conv.seen',
  'contact.address',
  'contact.suppression',
  'delivery.outbox',
];

export async function linksToPeople(pool: Pool): Promise<readonly Link[]> {
  const { rows } = await pool.query<{ of: string; links: string }>(
    `with stored as (
       select xmin::text as xid from resp.response union select xmin::text from resp.free_text
     ),
     tuples as (
       select t.of, item.t_xmin::text as made, item.t_xmax::text as ended
       from unnest($1::text[]) as t (of),
            generate_series(0, pg_relation_size(t.of) / 8192 - 1) as page,
            heap_page_items(get_raw_page(t.of, page::int)) as item
       where item.t_data is not null
     )
     select of, count(*) as links from tuples
     where made in (select xid from stored) or ended in (select xid from stored) group by of`,
    [PERSONAL],
  );
  return rows.map(({ of, links }) => ({ of, rows: Number(links) }));
}
