/** The AI peer as a process of its own: prints its address as one line of JSON, and ends when its input closes. */
import { startAiPeer } from './ai-peer.ts';

const peer = await startAiPeer({ port: Number(process.argv[2] ?? 0) });
const { url, geminiUrl, openAiUrl, key } = peer;
process.stdout.write(`${JSON.stringify({ url, geminiUrl, openAiUrl, key })}\n`);
process.stdin.on('end', () => peer.stop()).resume();
process.once('SIGTERM', () => {
  process.stdin.destroy();
  peer.stop();
});
