import { Navigate, Outlet, useLocation } from 'react-router';
import { ErrorState } from '../components/ErrorState.tsx';
import { PageSkeleton } from '../components/PageSkeleton.tsx';
import { useFollowCases } from '../features/cases/api/useFollowCases.ts';
import { useMe } from '../lib/me.ts';

/** Pages for signed-in people; others go to the sign-in and come back to where they were. */
export function RequireSession() {
  const { data, error, isPending, refetch } = useMe();
  const { pathname, search } = useLocation();
  if (isPending) return <PageSkeleton />;
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <Navigate to={`/sign-in?${new URLSearchParams({ next: pathname + search })}`} replace />;
  return <SignedIn />;
}

function SignedIn() {
  useFollowCases();
  return <Outlet />;
}
