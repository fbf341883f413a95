import { Button, FileButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconPhotoUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { PICTURE_BYTES_MAX, PICTURE_MEGABYTES_MAX } from '../../src/platform/picture-limits.ts';
import { ApiError, askWithFile } from '../api.ts';
import { FormFault } from '../kit/index.ts';
import { useWords } from '../words.ts';
import { keptImage, type KeptImage } from './answers.ts';
import classes from './control.module.css';

interface Props {
  label: string;
  image: KeptImage | null;
  changed: (image: KeptImage) => void;
}

/** An image as proof: sent as it is, and kept as it is. */
export function ImageField({ label, image, changed }: Props): ReactNode {
  const t = useWords();
  const sending = useMutation({
    mutationFn: async (file: File) => {
      // Said before megabytes are sent for nothing.
      if (file.size > PICTURE_BYTES_MAX)
        throw new ApiError({
          status: 413,
          code: 'image-too-large',
          field: 'image',
          message: t('control.image.too-large', { megabytes: String(PICTURE_MEGABYTES_MAX) }),
        });
      return askWithFile(
        `/api/claims/images?${new URLSearchParams({ name: file.name }).toString()}`,
        keptImage,
        file,
      );
    },
    onSuccess: changed,
  });
  return (
    <div className={classes['image-field']}>
      <span className={classes['label']}>{label}</span>
      <FileButton accept="image/*" onChange={(file) => (file === null ? undefined : sending.mutate(file))}>
        {(button) => (
          <Button
            {...button}
            variant="light"
            loading={sending.isPending}
            leftSection={<IconPhotoUp size={16} aria-hidden />}
          >
            {t(image === null ? 'control.image.choose' : 'control.image.other')}
          </Button>
        )}
      </FileButton>
      {image === null ? null : (
        <small className={classes['help']}>
          {image.fileName} · {t('control.image.kept')}
          {image.takenAt === null
            ? ''
            : ` · ${t('control.image.taken', { at: image.takenAt.replace('T', ' ') })}`}
        </small>
      )}
      <FormFault error={sending.error} />
    </div>
  );
}
