export function ProtocolsPage() {
  return null;
}
