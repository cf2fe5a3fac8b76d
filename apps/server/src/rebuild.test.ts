import { rebuildSuite } from '../test/rebuild-suite.ts';

rebuildSuite('sqlite', () => ({}));
