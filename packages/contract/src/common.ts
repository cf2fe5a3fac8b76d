/** Shapes that every feature's contract is built from. */
import { z } from 'zod';

/** Text that a database and a PDF can hold: no NUL, no lone surrogates (RFC 8259 allows both, we do not). */
export const text = (max: number, min = 0) =>
  z
    .string()
    .min(min)
    .max(max)
    .refine((value) => !value.includes('\u0000'), { message: 'must not contain NUL characters' })
    .refine((value) => value.isWellFormed(), { message: 'must not contain lone surrogates' });

/** Text in which something other than white space is required. */
export const filledText = (max: number) =>
  text(max).refine((value) => value.trim() !== '', { message: 'must not be empty' });

export const id = z.uuid();

/** ISO 8601, UTC, milliseconds. */
export const time = z.iso.datetime({ precision: 3 });

export const idParams = z.strictObject({ id });

/** Keyset paging: newest first, the cursor is opaque. */
export const page = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: id.optional(),
};

/** A date (its whole UTC day) or an instant, for list filters. */
export const dateOrTime = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

export const list = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** RFC 9457 problem details, the body of every answer that is not a success. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  requestId: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;

export const person = z.object({ id, fullName: z.string() }).meta({ id: 'Person' });
