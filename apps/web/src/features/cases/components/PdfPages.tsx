import { Loader, Text } from '@mantine/core';
import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy, version } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Attachments.module.css';

GlobalWorkerOptions.workerSrc = workerUrl;

/** The build copies what some documents need: fonts, character maps, decoders. */
const ASSETS = `/assets/pdfjs-${version}/`;
/** A canvas of more pixels than this fails on phones. */
const MAX_PIXELS = 12_000_000;

type Props = { url: string };

/** A PDF drawn by ourselves: phones show none inside a page, and nothing in the file can act. */
export function PdfPages({ url }: Props) {
  const { t } = useTranslation();
  const [document, setDocument] = useState<PDFDocumentProxy | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const task = getDocument({
      url,
      // WebAssembly would need a wider content security policy; the decoders exist in plain script too.
      useWasm: false,
      wasmUrl: `${ASSETS}wasm/`,
      cMapUrl: `${ASSETS}cmaps/`,
      standardFontDataUrl: `${ASSETS}standard_fonts/`,
      enableXfa: false,
    });
    let gone = false;
    task.promise.then(
      (loaded) => !gone && setDocument(loaded),
      () => !gone && setFailed(true),
    );
    return () => {
      gone = true;
      void task.destroy();
    };
  }, [url]);
  if (failed) return <Text size="sm">{t('cases.files.notShown')}</Text>;
  if (!document) return <Loader />;
  return Array.from({ length: document.numPages }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pages never change places
    <PdfPage key={index} document={document} number={index + 1} />
  ));
}

async function draw(document: PDFDocumentProxy, number: number, canvas: HTMLCanvasElement): Promise<void> {
  const page = await document.getPage(number);
  const natural = page.getViewport({ scale: 1 });
  const wanted = (canvas.clientWidth * Math.min(window.devicePixelRatio, 2)) / natural.width;
  const largest = Math.sqrt(MAX_PIXELS / (natural.width * natural.height));
  const viewport = page.getViewport({ scale: Math.min(wanted, largest) });
  canvas.width = viewport.width;
  canvas.height = viewport.height;
  await page.render({ canvas, viewport }).promise;
}

/** Drawn when it is about to be seen: a report may have a hundred pages. */
function PdfPage({ document, number }: { document: PDFDocumentProxy; number: number }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [state, setState] = useState<'waiting' | 'drawn' | 'failed'>('waiting');
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        draw(document, number, element).then(
          () => setState('drawn'),
          () => setState('failed'),
        );
      },
      { rootMargin: '50%' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [document, number]);
  const label = t('cases.files.page', { page: number, pages: document.numPages });
  if (state === 'failed') return <Text size="sm">{t('cases.files.notShown')}</Text>;
  return (
    <canvas
      ref={canvas}
      className={classes.page}
      width={595}
      height={842}
      role="img"
      aria-label={label}
      aria-busy={state === 'waiting'}
    />
  );
}
