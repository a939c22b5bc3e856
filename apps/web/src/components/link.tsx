import { Anchor, Button, type AnchorProps, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

type Rest<P> = P & Omit<ComponentPropsWithRef<'a'>, keyof P>;

/** Mantine's look on the router's typed links. */
export const TextLink = createLink((props: Rest<AnchorProps>) => <Anchor {...props} />);
export const ButtonLink = createLink((props: Rest<ButtonProps>) => <Button component="a" {...props} />);
