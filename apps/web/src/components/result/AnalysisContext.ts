import { createContext } from 'react';

/** Id of the stored analysis that is shown; null while a ranking is live and not stored. */
export const AnalysisContext = createContext<string | null>(null);
