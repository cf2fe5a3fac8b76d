/** A private certificate authority, made by openssl, for the tests of verify-full. */
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './process.ts';
import { provide } from './provision.ts';
import { createFolder, writeServerFile } from './run-folder.ts';

export interface Certificate {
  certFile: string;
  keyFile: string;
}

export interface Authority {
  /** The certificate that clients must trust, as a file that everybody may read. */
  caFile: string;
  /** The same as text. */
  ca: string;
  /**
   * A server's certificate.
   * @param hosts names (`DNS:localhost`) and addresses (`IP:127.0.0.1`) it is valid for
   */
  issue(name: string, hosts: string[]): Promise<Certificate>;
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** Makes a new authority. Each knows nothing of the others: a client with another's file must fail. */
export async function createAuthority(): Promise<Authority> {
  const programs = await provide('openssl');
  const folder = createFolder('authority');
  const openssl = (...args: string[]) => run(programs('openssl'), args, { folder });
  const caFile = join(folder, 'ca.pem');
  const caKey = join(folder, 'ca.key');
  await openssl(
    'req',
    '-x509',
    ...KEY,
    '-days',
    '2',
    '-subj',
    '/CN=test bed',
    '-keyout',
    caKey,
    '-out',
    caFile,
  );
  // Clients of another user read the authority; keys stay closed.
  chmodSync(folder, 0o755);
  chmodSync(caFile, 0o644);

  return {
    caFile,
    ca: readFileSync(caFile, 'utf8'),
    async issue(name, hosts) {
      const path = (ending: string) => join(folder, `${name}.${ending}`);
      const certificate = { certFile: path('pem'), keyFile: path('key') };
      writeServerFile(
        path('ext'),
        `subjectAltName=${hosts.join(',')}\nextendedKeyUsage=serverAuth,clientAuth\n`,
      );
      await openssl(
        'req',
        ...KEY,
        '-subj',
        `/CN=${name}`,
        '-keyout',
        certificate.keyFile,
        '-out',
        path('csr'),
      );
      const signer = ['-CA', caFile, '-CAkey', caKey, '-CAcreateserial', '-days', '2'];
      await openssl(
        'x509',
        '-req',
        '-in',
        path('csr'),
        ...signer,
        '-extfile',
        path('ext'),
        '-out',
        certificate.certFile,
      );
      return certificate;
    },
  };
}
