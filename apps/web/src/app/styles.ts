/** Mantine's styles, only those of the components in use; the order is Mantine's own. */
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './global.css';
