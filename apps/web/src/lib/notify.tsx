import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';

export function notifyDone(message: string): void {
  notifications.show({ message, color: 'pine', autoClose: 4000 });
}

export function notifyError(message: string): void {
  notifications.show({ message, color: 'signal', autoClose: 8000 });
}

/** Long enough to read, notice the mistake and reach the button. */
const UNDO_MS = 10_000;

/** A message with one button that takes the action back. */
export function notifyUndo(message: string, undoLabel: string, undo: () => void): void {
  const id = notifications.show({
    color: 'pine',
    autoClose: UNDO_MS,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          {undoLabel}
        </Button>
      </Group>
    ),
  });
}
