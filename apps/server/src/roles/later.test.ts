import { laterBuildSuite } from '../../test/later-suite.ts';

laterBuildSuite('SQLite', async () => ({}));
