import { useMutation } from '@tanstack/react-query'
import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import { Button } from 'antd'
import { useEffect, useId, useRef, useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { hasCode, problemOf, upload } from '../../../api/index.ts'
import { FaultBox, Icon } from '../../../ui/index.ts'
import { LARGEST_FILE_BYTES, refusalOf, type FileRefusal } from './chosen-file.ts'
import { formatBytes } from './file-size.ts'
import { Said } from './Said.tsx'
import { useUnreadableWording } from './unreadable.ts'

/** Why an upload ended that somebody broke off. */
class StoppedError extends Error {
  override readonly name = 'StoppedError'
}

interface Sent {
  sent: number
  total: number
}

/** Sends the file and opens the page of its import; `stop` breaks off. */
function useUpload() {
  const navigate = useNavigate()
  const [sent, setSent] = useState<Sent>({ sent: 0, total: 0 })
  const controller = useRef<AbortController>(null)
  const sending = useMutation({
    mutationFn: (file: File) => {
      const body = new FormData()
      body.append('file', file)
      controller.current = new AbortController()
      setSent({ sent: 0, total: file.size })
      return upload(importEndpoints.upload, body, {
        signal: controller.current.signal,
        onProgress: (done, total) => setSent({ sent: done, total }),
      })
    },
    onSuccess: (made) => navigate(`/household-imports/${made.id}`, { replace: true }),
  })
  // Leaving the page within the application breaks the upload off as well, instead of navigating later.
  useEffect(() => () => controller.current?.abort(), [])
  return { sending, sent, stop: () => controller.current?.abort(new StoppedError()) }
}

/** The browser asks before the window is closed on a file that is on its way. */
function useStayWhile(isSending: boolean) {
  useEffect(() => {
    if (!isSending) return
    const onBeforeUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', onBeforeUnload)
    return () => window.removeEventListener('beforeunload', onBeforeUnload)
  }, [isSending])
}

function SendingBox({ file, sent, onStop }: { file: File; sent: Sent; onStop: () => void }) {
  const { t } = useTranslation('import-list')
  const percent = sent.total === 0 ? 0 : Math.floor((sent.sent / sent.total) * 100)
  return (
    <div className="tj-import-sending">
      <p>
        <strong>{t('new.uploading', { name: file.name })}</strong>
      </p>
      <progress
        className="tj-import-bar"
        max={100}
        value={percent}
        aria-label={t('new.uploading', { name: file.name })}
      />
      <p className="tj-muted tj-number">
        {percent >= 100
          ? t('new.arrived')
          : t('new.sent', { sent: formatBytes(sent.sent), total: formatBytes(sent.total) })}
      </p>
      <p className="tj-muted">{t('new.stay')}</p>
      <Button onClick={onStop}>{t('new.stop')}</Button>
    </div>
  )
}

function RefusalBox({ refusal, size }: { refusal: FileRefusal; size: number }) {
  const { t } = useTranslation('import-list')
  const unreadable = useUnreadableWording()
  if (refusal.reason === 'tooLarge') {
    const title = t('new.tooLarge', { size: formatBytes(size), limit: formatBytes(LARGEST_FILE_BYTES) })
    return <Said tone="danger" title={title} text={t('new.tooLargeTodo')} />
  }
  const { name, todo } = unreadable(refusal.kind)
  return <Said tone="danger" title={name} text={todo} />
}

/** Why the server did not take the file; why it could not read it, in its own words. */
function UploadFault({ error }: { error: unknown }) {
  const { t } = useTranslation('import-list')
  const unreadable = useUnreadableWording()
  if (error instanceof StoppedError) return <Said tone="plain" title={t('new.stopped')} />
  if (hasCode(error, 'workbook_unreadable')) {
    const detail = problemOf(error)?.detail
    const { name, todo, place } = unreadable(detail?.['kind'], detail)
    return <Said tone="danger" title={name} text={[place ?? '', todo]} />
  }
  return <FaultBox error={error} />
}

const ACCEPTED = '.xlsx,.csv'

function DropZone({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const { t } = useTranslation('import-list')
  const id = useId()
  const [isOver, setOver] = useState(false)
  const over = (isIt: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setOver(isIt)
  }
  return (
    // Dropping is a second way for the mouse; the field inside is there for every other way.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={isOver ? 'tj-import-drop tj-import-drop-over' : 'tj-import-drop'}
      data-testid="drop"
      onDragOver={over(true)}
      onDragLeave={over(false)}
      onDrop={(event) => {
        over(false)(event)
        onFiles([...event.dataTransfer.files])
      }}
    >
      <Icon name="upload" size={32} />
      <p className="tj-import-drop-text">{t('new.drop')}</p>
      <label htmlFor={id} className="tj-import-choose">
        {t('new.choose')}
      </label>
      <input
        id={id}
        className="tj-import-file"
        type="file"
        accept={ACCEPTED}
        aria-label={t('new.field')}
        aria-describedby={`${id}-limits`}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          // The same file, corrected, must be choosable again.
          event.target.value = ''
        }}
      />
      <p id={`${id}-limits`} className="tj-muted">
        {t('new.limits', { size: formatBytes(LARGEST_FILE_BYTES) })}
      </p>
    </div>
  )
}

/** Takes a file by button, keyboard or drop, sends it, and says what is wrong with one that cannot be taken. */
export function UploadBox() {
  const { t } = useTranslation('import-list')
  const { sending, sent, stop } = useUpload()
  const [refused, setRefused] = useState<{ file: File; refusal: FileRefusal } | 'several'>()
  useStayWhile(sending.isPending)
  const take = (files: readonly File[]) => {
    const [file] = files
    if (file === undefined || sending.isPending) return
    sending.reset()
    if (files.length > 1) return setRefused('several')
    const refusal = refusalOf(file)
    setRefused(refusal === undefined ? undefined : { file, refusal })
    if (refusal === undefined) sending.mutate(file)
  }
  return (
    <section className="tj-card tj-import-upload" aria-label={t('new.title')}>
      {refused === 'several' ? (
        <Said tone="danger" title={t('new.several')} text={t('new.severalTodo')} />
      ) : null}
      {refused !== undefined && refused !== 'several' ? (
        <RefusalBox refusal={refused.refusal} size={refused.file.size} />
      ) : null}
      {sending.error === null ? null : <UploadFault error={sending.error} />}
      {sending.isPending ? (
        <SendingBox file={sending.variables} sent={sent} onStop={stop} />
      ) : (
        <DropZone onFiles={take} />
      )}
    </section>
  )
}
