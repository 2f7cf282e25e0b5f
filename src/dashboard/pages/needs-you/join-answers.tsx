/** One person, or two: the same question where a record waits for it, and where none does. */
import type { Frame } from '../../contract.ts';
import { ButtonForm } from '../../parts/form.tsx';

interface Props {
  tenantId: string;
  /** Whom the buttons are about, for who hears them read. */
  whom: string;
  frame: Frame;
}

export function JoinAnswers({ tenantId, whom, frame }: Props) {
  const { needsYou } = frame.words;
  const button = (same: 'yes' | 'no', text: string) => (
    <ButtonForm
      does="needs_join"
      frame={frame}
      with={{ tenantId, same }}
      look={same === 'yes' ? 'main' : 'plain'}
      label={needsYou.forAbout(text, whom)}
    >
      {text}
    </ButtonForm>
  );
  return (
    <>
      {button('yes', needsYou.samePerson)}
      {button('no', needsYou.twoPeople)}
    </>
  );
}
