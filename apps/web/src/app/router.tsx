import { createBrowserRouter } from 'react-router';
import { ErrorPage } from './ErrorPage.tsx';
import { NotFoundPage } from './NotFoundPage.tsx';
import { RequireSession } from './RequireSession.tsx';
import { Shell } from './shell/Shell.tsx';

/** Pages load on demand; what needs a session sits under RequireSession. */
export const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <ErrorPage />,
    hydrateFallbackElement: <span />,
    children: [
      {
        errorElement: <ErrorPage />,
        children: [
          {
            path: '/',
            lazy: async () => ({
              Component: (await import('./LandingRoute.tsx')).LandingRoute,
            }),
          },
          {
            path: '/sign-in',
            lazy: async () => ({
              Component: (await import('../features/auth/pages/SignInPage.tsx')).SignInPage,
            }),
          },
          {
            path: '/sign-up',
            lazy: async () => ({
              Component: (await import('../features/auth/pages/SignUpPage.tsx')).SignUpPage,
            }),
          },
          {
            path: '/reset',
            lazy: async () => ({
              Component: (await import('../features/auth/pages/ResetPage.tsx')).ResetPage,
            }),
          },
          {
            path: '/about',
            lazy: async () => ({
              Component: (await import('../features/about/pages/AboutPage.tsx')).AboutPage,
            }),
          },
          {
            path: '/quality',
            lazy: async () => ({
              Component: (await import('../features/quality/pages/QualityPage.tsx')).QualityPage,
            }),
          },
          {
            path: '/conditions',
            lazy: async () => ({
              Component: (await import('../features/conditions/pages/ConditionsPage.tsx')).ConditionsPage,
            }),
          },
          {
            path: '/conditions/:id',
            lazy: async () => ({
              Component: (await import('../features/conditions/pages/ConditionPage.tsx')).ConditionPage,
            }),
          },
          {
            element: <RequireSession />,
            children: [
              {
                path: '/cases',
                lazy: async () => ({
                  Component: (await import('../features/cases/pages/HistoryPage.tsx')).HistoryPage,
                }),
              },
              {
                path: '/cases/new',
                lazy: async () => ({
                  Component: (await import('../features/workbench/pages/NewCasePage.tsx')).NewCasePage,
                }),
              },
              {
                path: '/cases/:id',
                lazy: async () => ({
                  Component: (await import('../features/cases/pages/CasePage.tsx')).CasePage,
                }),
              },
              {
                path: '/cases/:id/edit',
                lazy: async () => ({
                  Component: (await import('../features/workbench/pages/EditCasePage.tsx')).EditCasePage,
                }),
              },
              {
                path: '/protocols',
                lazy: async () => ({
                  Component: (await import('../features/protocols/pages/ProtocolsPage.tsx')).ProtocolsPage,
                }),
              },
              {
                path: '/profile',
                lazy: async () => ({
                  Component: (await import('../features/profile/pages/ProfilePage.tsx')).ProfilePage,
                }),
              },
              {
                path: '/clinic',
                lazy: async () => ({
                  Component: (await import('../features/profile/pages/ClinicPage.tsx')).ClinicPage,
                }),
              },
              {
                path: '/admin',
                lazy: async () => ({
                  Component: (await import('../features/admin/pages/AdminPage.tsx')).AdminPage,
                }),
              },
            ],
          },
          { path: '*', element: <NotFoundPage /> },
        ],
      },
    ],
  },
]);
