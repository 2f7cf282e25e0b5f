/** A form that does one thing: everything works without a script, and comes back to where it stood. */
import type { ComponentChildren } from 'preact';
import type { Frame } from '../contract.ts';

interface FormProps {
  /** The action's name. */
  does: string;
  frame: Pick<Frame, 'who' | 'here'>;
  /** Said with it and not shown. */
  with?: Readonly<Record<string, string | number | null | readonly string[]>>;
  class?: string;
  /** For boxes and buttons that stand elsewhere on the page. */
  id?: string;
  children: ComponentChildren;
}

export function Form({ does, frame, with: hidden = {}, class: name, id, children }: FormProps) {
  const pairs = Object.entries(hidden).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((one) => one !== null)
      .map((one) => [key, String(one)] as const),
  );
  return (
    <form method="post" action={`/do/${does}`} class={name} id={id}>
      <input type="hidden" name="csrf" value={frame.who.session?.csrf ?? ''} />
      <input type="hidden" name="back" value={frame.here} />
      {pairs.map(([key, value]) => (
        <input key={`${key}=${value}`} type="hidden" name={key} value={value} />
      ))}
      {children}
    </form>
  );
}

interface ButtonFormProps extends Omit<FormProps, 'children'> {
  children: ComponentChildren;
  /** `main`: the one thing to do · `plain`: another choice · `danger`: cannot be taken back. */
  look?: 'main' | 'plain' | 'danger';
  /** Told to whoever does not see what it stands beside: `Send again: Jane Doe`. */
  label?: string;
}

/** One button. */
export function ButtonForm({ look = 'plain', label, children, ...form }: ButtonFormProps) {
  return (
    <Form {...form} class={`one ${form.class ?? ''}`.trim()}>
      <button type="submit" class={look} {...(label === undefined ? {} : { 'aria-label': label })}>
        {children}
      </button>
    </Form>
  );
}
