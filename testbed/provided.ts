/** What a test run in the form of a cluster hands to its test files. */
declare module 'vitest' {
  interface ProvidedContext {
    /** Settings of an instance of a cluster; absent where the embedded parts are tested. */
    servers?: Record<string, string>;
  }
}

export {};
