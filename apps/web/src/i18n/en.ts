/** Every word of the interface, in English. Another language is another object of this shape. */
import { auth } from './en/auth.ts';
import { cases } from './en/cases.ts';
import { common } from './en/common.ts';
import { landing } from './en/landing.ts';
import { profile } from './en/profile.ts';
import { protocols } from './en/protocols.ts';
import { result } from './en/result.ts';
import { workbench } from './en/workbench.ts';

export const en = { ...common, landing, auth, workbench, result, cases, protocols, profile };
