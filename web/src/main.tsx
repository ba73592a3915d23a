import 'antd/dist/reset.css'
import './ui/ui.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { createQueryClient } from './api/index.ts'
import { startI18n } from './platform/i18n/i18n.ts'
import { forgetSession } from './platform/sign-in/session.tsx'
import { createRouter } from './routes.tsx'
import { ColourSchemeProvider } from './ui/ColourScheme.tsx'
import { NoticesProvider } from './ui/Notices.tsx'
import { Theme } from './ui/Theme.tsx'

async function start() {
  const root = document.getElementById('root')
  if (root === null) throw new Error('index.html has no #root')
  const queries = createQueryClient(() => forgetSession(queries))
  await startI18n()
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <ColourSchemeProvider>
          <Theme>
            <NoticesProvider>
              <RouterProvider router={createRouter()} />
            </NoticesProvider>
          </Theme>
        </ColourSchemeProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
}

void start()
