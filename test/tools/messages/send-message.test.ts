import { expect } from 'vitest';
import { fetchFromEmulator, testTool } from '../../support/tool-test.ts';

testTool('send_message', {
  works: {
    async args(pair) {
      const { conversations } = await fetchFromEmulator(pair, '/conversations?per_page=1');
      return { conversation_id: (conversations as { id: number }[])[0]?.id, content: 'We open at 9.' };
    },
    sends: args => ({
      method: 'POST',
      url: '/messages',
      body: { conversation_id: args.conversation_id, content_type: 'Text', content: 'We open at 9.' },
    }),
    reads(result) {
      expect(result).toMatchObject({ status: 'success', message_id: expect.any(Number) });
      expect(result.note, 'accepted is not delivered').toContain('list_messages');
    },
  },
  refuses: [
    {
      why: 'template markup that the customer would read',
      args: { conversation_id: 1, content: 'Hello @[](client_first_name)' },
      problems: [/^content: .*template markup/m],
    },
    {
      why: 'the placeholders of a saved template',
      args: { conversation_id: 1, content: 'Hello {{client_first_name}}, call {{ phone_number }}' },
      problems: [/^content: has placeholders .*\{\{client_first_name\}\} \{\{phone_number\}\}/m],
    },
    {
      why: 'a call without arguments',
      args: {},
      problems: [/^conversation_id: /m, /^content: is required/m],
    },
  ],
});
